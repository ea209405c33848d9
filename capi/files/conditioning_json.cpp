#include "capi/files/conditioning_json.hpp"

#include <optional>

#include "capi/files/options_json.hpp"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::capi {
namespace {

constexpr Name kConditionings[] = {{"film", FINN_CONDITIONING_FILM},
                                   {"hypernetwork", FINN_CONDITIONING_HYPERNETWORK},
                                   {"inputs", FINN_CONDITIONING_INPUTS}};

constexpr auto kMostConditions = static_cast<std::size_t>(net::kMaxWidth);

}  // namespace

void write_conditioning(JsonWriter& json, const finn_conditioning* conditioning) {
  if (conditioning == nullptr) return json.null();
  const finn_conditioning_form form = finn_conditioning_get_form(conditioning);
  json.object([&] {
    json.key("form").string(name_of(kConditionings, form));
    json.key("lower").numbers(conditioning->range.lower);
    json.key("upper").numbers(conditioning->range.upper);
    if (form == FINN_CONDITIONING_INPUTS) return;
    auto options = defaults<finn_conditioning_options>();
    finn_conditioning_get_options(conditioning, &options, nullptr);
    json.key("options");
    write_options(json, options);
  });
}

Owned<finn_conditioning> read_conditioning(JsonReader& json, const char* document) {
  std::optional<finn_conditioning_form> form;
  std::vector<double> lower, upper;
  auto options = defaults<finn_conditioning_options>();
  json.object([&](std::string_view key) {
    if (key == "form") {
      form =
          read_name<finn_conditioning_form>(json, kConditionings, "film, hypernetwork or inputs");
    } else if (key == "lower") {
      lower = json.numbers(kMostConditions);
    } else if (key == "upper") {
      upper = json.numbers(kMostConditions);
    } else if (key == "options") {
      options = read_options<finn_conditioning_options>(json);
    } else {
      json.fail_unknown(key, "form, lower, upper and options");
    }
  });
  json.require_member(form.has_value(), "form");
  require_length(json, upper.size(), lower.size(), "upper");
  const auto count = static_cast<std::int32_t>(lower.size());
  return made_by<finn_conditioning>(document, [&](finn_conditioning** made, finn_error* error) {
    switch (*form) {
      case FINN_CONDITIONING_FILM:
        return finn_conditioning_film(count, lower.data(), upper.data(), &options, made, error);
      case FINN_CONDITIONING_HYPERNETWORK:
        return finn_conditioning_hypernetwork(count, lower.data(), upper.data(), &options, made,
                                              error);
      default:
        return finn_conditioning_inputs(count, lower.data(), upper.data(), made, error);
    }
  });
}

}  // namespace finn::capi
