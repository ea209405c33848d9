#include "capi/files/network_json.hpp"

#include <optional>

#include "capi/files/options_json.hpp"
#include "capi/handles.hpp"
#include "capi/options.hpp"

namespace finn::capi {
namespace {

constexpr Name kNetworks[] = {{"mixture", FINN_NETWORK_MIXTURE}, {"mlp", FINN_NETWORK_MLP}};

}  // namespace

void write_network(JsonWriter& json, const finn_network& network) {
  const finn_network_form form = finn_network_get_form(&network);
  json.object([&] {
    json.key("form").string(name_of(kNetworks, form));
    json.key("variables").integer(network.shape.variables);
    json.key("outputs").integer(network.shape.outputs);
    json.key("options");
    if (form == FINN_NETWORK_MIXTURE) {
      auto options = defaults<finn_mixture_options>();
      finn_network_get_mixture(&network, &options, nullptr);
      write_options(json, options);
    } else {
      auto options = defaults<finn_mlp_options>();
      finn_network_get_mlp(&network, &options, nullptr);
      write_options(json, options);
    }
  });
}

// The form stands before the options, which are read by it.
Owned<finn_network> read_network(JsonReader& json, const char* document) {
  std::optional<finn_network_form> form;
  std::int32_t variables = 0, outputs = 0;
  auto mixture = defaults<finn_mixture_options>();
  auto mlp = defaults<finn_mlp_options>();
  json.object([&](std::string_view key) {
    if (key == "form") {
      form = read_name<finn_network_form>(json, kNetworks, "mixture or mlp");
    } else if (key == "variables") {
      variables = read_count(json);
    } else if (key == "outputs") {
      outputs = read_count(json);
    } else if (key == "options" && form == FINN_NETWORK_MIXTURE) {
      mixture = read_options<finn_mixture_options>(json);
    } else if (key == "options" && form == FINN_NETWORK_MLP) {
      mlp = read_options<finn_mlp_options>(json);
    } else {
      json.fail_unknown(key, "form, variables, outputs and then options");
    }
  });
  json.require_member(form.has_value(), "form");
  return made_by<finn_network>(document, [&](finn_network** network, finn_error* error) {
    return form == FINN_NETWORK_MIXTURE
               ? finn_network_mixture(variables, outputs, &mixture, network, error)
               : finn_network_mlp(variables, outputs, &mlp, network, error);
  });
}

}  // namespace finn::capi
