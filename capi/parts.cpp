#include "capi/parts.hpp"

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/handles.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "ops/positivity.hpp"

namespace finn::capi {
namespace {

// J = 1 for each output, by SCALE for a positive network and by SHIFT otherwise.
net::Constraint usual_constraint(const net::NetworkShape& shape) {
  net::Constraint constraint;
  constraint.kind = shape.positivity == ops::Positivity::none ? net::ConstraintKind::shift
                                                              : net::ConstraintKind::scale;
  constraint.target.assign(static_cast<std::size_t>(shape.outputs), 1.0);
  return constraint;
}

void set_constraint(const finn_constraint* constraint, net::ModelSettings& settings) {
  if (constraint == nullptr) {
    settings.constraint = usual_constraint(settings.network);
    return;
  }
  require_handle(constraint, "constraint");
  if (constraint->outputs != 0 && constraint->outputs != settings.network.outputs) {
    fail(Status::ERROR_SIZE, "constraint: one for %d outputs given, the %d of the network expected",
         constraint->outputs, settings.network.outputs);
  }
  settings.constraint = constraint->constraint;
  settings.network.conditioning.target_from_row = constraint->target_from_row;
}

void set_conditioning(const finn_conditioning* conditioning, net::ModelSettings& settings) {
  if (conditioning == nullptr) return;
  require_handle(conditioning, "conditioning");
  const bool target_from_row = settings.network.conditioning.target_from_row;
  settings.network.conditioning = conditioning->shape;
  settings.network.conditioning.target_from_row = target_from_row;
  settings.conditions = conditioning->range;
}

net::ModelSettings settings_of(const finn_model& model) {
  return std::visit([](const auto& m) { return net::settings_of(m); }, *model.model);
}

// Makes a handle of what make(settings of the model) returns.
template <class Part, class Make>
finn_status part_of(const finn_model* model, Part** part, const char* name, finn_error* error,
                    Make&& make) {
  return call(error, [&] {
    require(part, name);
    *part = nullptr;
    require_handle(model, "model");
    *part = make(settings_of(*model));
  });
}

}  // namespace

net::ModelSettings checked_settings(const finn_network* network, const finn_domain* domain,
                                    const finn_constraint* constraint,
                                    const finn_conditioning* conditioning) {
  require_handle(network, "network");
  require_handle(domain, "domain");
  net::ModelSettings settings;
  settings.network = network->shape;
  settings.standard_coordinates = network->standard_coordinates;
  settings.box = domain->box;
  settings.domain = domain->domain;
  set_constraint(constraint, settings);
  set_conditioning(conditioning, settings);
  net::require_valid(settings);
  return settings;
}

finn_network* network_of(const net::ModelSettings& settings) {
  net::NetworkShape shape = settings.network;
  shape.conditioning = {};
  return new finn_network{finn_network::kMagic, std::move(shape), settings.standard_coordinates};
}

finn_constraint* constraint_of(const net::ModelSettings& settings) {
  const bool takes_any = settings.constraint.kind == net::ConstraintKind::none;
  return new finn_constraint{finn_constraint::kMagic, takes_any ? 0 : settings.network.outputs,
                             settings.network.conditioning.target_from_row, settings.constraint};
}

finn_conditioning* conditioning_of(const net::ModelSettings& settings) {
  net::ConditioningShape shape = settings.network.conditioning;
  if (shape.kind == net::ConditioningKind::none) return nullptr;
  shape.target_from_row = false;
  return new finn_conditioning{finn_conditioning::kMagic, std::move(shape), settings.conditions};
}

}  // namespace finn::capi

extern "C" {

finn_status finn_model_network(const finn_model* model, finn_network** network, finn_error* error) {
  return finn::capi::part_of(model, network, "network", error, finn::capi::network_of);
}

finn_status finn_model_domain(const finn_model* model, finn_domain** domain, finn_error* error) {
  return finn::capi::part_of(model, domain, "domain", error, [](const auto& settings) {
    return new finn_domain{finn_domain::kMagic, settings.box, settings.domain};
  });
}

finn_status finn_model_constraint(const finn_model* model, finn_constraint** constraint,
                                  finn_error* error) {
  return finn::capi::part_of(model, constraint, "constraint", error, finn::capi::constraint_of);
}

finn_status finn_model_conditioning(const finn_model* model, finn_conditioning** conditioning,
                                    finn_error* error) {
  return finn::capi::part_of(model, conditioning, "conditioning", error,
                             finn::capi::conditioning_of);
}

}  // extern "C"
