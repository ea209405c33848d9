#include "program/links.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "program/json.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const char* name_of(finn_link_form form) {
  switch (form) {
    case FINN_LINK_LINEAR:
      return "linear";
    case FINN_LINK_RESIDUAL:
      return "residual";
    case FINN_LINK_NETWORK:
      return "network";
    case FINN_LINK_STACKED:
      return "stacked";
  }
  return "unknown";
}

// is_first: nothing stands before the variable, no condition either.
const char* sentence_of(finn_link_form form, bool is_first) {
  switch (form) {
    case FINN_LINK_LINEAR:
      return is_first ? "the marginal of a mixture of normals with full covariances"
                      : "the conditional of a mixture of normals with full covariances";
    case FINN_LINK_RESIDUAL:
      return is_first ? "a mixture of normals of its own"
                      : "a mixture of normals around a linear regression";
    case FINN_LINK_NETWORK:
      return "a mixture of normals under a network of what stands before it";
    case FINN_LINK_STACKED:
      return "the forms that were tried side by side, each with a share";
  }
  return "a form that this program does not know";
}

// "linear -1.2, residual -1.3": the forms that were tried.
std::string means_of(const finn::Link& link) {
  std::vector<std::string> tried;
  const auto add = [&](finn_link_form form, double mean) {
    if (!std::isnan(mean)) tried.push_back(std::string(name_of(form)) + " " + short_text(mean, 5));
  };
  add(FINN_LINK_LINEAR, link.linear);
  add(FINN_LINK_RESIDUAL, link.residual);
  add(FINN_LINK_NETWORK, link.network);
  return joined(tried);
}

}  // namespace

std::string text_of_links(const finn::Chain& chain, std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < chain.links(); ++i) {
    const finn::Link link = chain.link(static_cast<std::int32_t>(i));
    text += names[i] + ": " + sentence_of(link.form, i + chain.conditions() == 0) +
            "; mean log f of rows held out: " + means_of(link) + "\n";
  }
  return text;
}

std::string json_of_links(const finn::Chain& chain, std::span<const std::string> names) {
  std::string all;
  for (std::size_t i = 0; i < chain.links(); ++i) {
    const finn::Link link = chain.link(static_cast<std::int32_t>(i));
    JsonObject object;
    object.string("variable", names[i]).string("form", name_of(link.form));
    object.number("linear", link.linear).number("residual", link.residual);
    object.number("network", link.network);
    all += (all.empty() ? "" : ", ") + object.text();
  }
  return "[" + all + "]";
}

}  // namespace program
