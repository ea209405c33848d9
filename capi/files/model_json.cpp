#include "capi/files/model_json.hpp"

#include <optional>
#include <variant>

#include "capi/files/conditioning_json.hpp"
#include "capi/files/constraint_json.hpp"
#include "capi/files/domain_json.hpp"
#include "capi/files/network_json.hpp"
#include "capi/files/part_json.hpp"
#include "capi/handles.hpp"
#include "capi/parts.hpp"
#include "finn/model/model.hpp"

namespace finn::capi {
namespace {

constexpr Name kPrecisions[] = {{"float64", FINN_FLOAT64}, {"float32", FINN_FLOAT32}};

}  // namespace

std::string description_of(const finn_model& model, bool may_lack_name) {
  const net::ModelSettings settings =
      std::visit([](const auto& m) { return net::settings_of(m); }, *model.model);
  const Owned<finn_network> network(network_of(settings));
  const Owned<finn_constraint> constraint(constraint_of(settings));
  const Owned<finn_conditioning> conditioning(conditioning_of(settings));
  JsonWriter json;
  json.object([&] {
    json.key("precision").string(name_of(kPrecisions, finn_model_precision(&model)));
    json.key("network");
    write_network(json, *network);
    json.key("domain");
    write_place(json, {settings.box, settings.domain}, may_lack_name);
    json.key("constraint");
    write_constraint(json, *constraint);
    json.key("conditioning");
    write_conditioning(json, conditioning.get());
  });
  return json.take();
}

Description read_description(const char* document, std::string_view text,
                             std::span<const finn_domain* const> known) {
  std::optional<finn_precision> precision;
  std::optional<Place> place;
  Owned<finn_network> network;
  Owned<finn_constraint> constraint;
  Owned<finn_conditioning> conditioning;
  JsonReader json(document, text);
  json.object([&](std::string_view key) {
    if (key == "precision") {
      precision = read_name<finn_precision>(json, kPrecisions, "float64 or float32");
    } else if (key == "network") {
      network = read_network(json, document);
    } else if (key == "domain") {
      place = read_place(json, document, known);
    } else if (key == "constraint") {
      constraint = read_constraint(json, document);
    } else if (key == "conditioning") {
      if (!json.null_if_next()) conditioning = read_conditioning(json, document);
    } else {
      json.fail_unknown(key, "precision, network, domain, constraint and conditioning");
    }
  });
  json.end();
  json.require_member(precision.has_value(), "precision");
  json.require_member(network != nullptr, "network");
  json.require_member(place.has_value(), "domain");
  json.require_member(constraint != nullptr, "constraint");
  const finn_domain domain{finn_domain::kMagic, place->box, place->domain};
  return as_format(document, [&]() -> Description {
    return {checked_settings(network.get(), &domain, constraint.get(), conditioning.get()),
            *precision};
  });
}

}  // namespace finn::capi
