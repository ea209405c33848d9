#include "capi/model_options.hpp"

#include <cmath>
#include <cstddef>
#include <cstring>

#include "capi/check.hpp"
#include "capi/handles.hpp"

namespace finn::capi {
namespace {

constexpr int kDefaultWidths[] = {32, 32};
constexpr int kMaxLayers = 64;
constexpr int kMaxWidth = 1 << 16;

net::Box checked_box(const finn_model_options& options) {
  require(options.lower, "lower");
  require(options.upper, "upper");
  net::Box box;
  box.variables = options.variables;
  for (int i = 0; i < options.variables; ++i) {
    const double lower = options.lower[i];
    const double upper = options.upper[i];
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
      fail(Status::ERROR_NOT_FINITE,
           "lower, upper: limits [%g, %g] of variable %d given, finite "
           "ones expected",
           lower, upper, i);
    }
    if (!(lower < upper) || !std::isfinite(upper - lower)) {
      fail(Status::ERROR_ARGUMENT,
           "lower, upper: limits [%g, %g] of variable %d given, lower < "
           "upper expected",
           lower, upper, i);
    }
    box.lower[static_cast<std::size_t>(i)] = lower;
    box.upper[static_cast<std::size_t>(i)] = upper;
  }
  const double volume = box.volume();
  if (!(volume > 0) || !std::isfinite(volume)) {
    fail(Status::ERROR_ARGUMENT, "lower, upper: a domain of volume %g given", volume);
  }
  return box;
}

// The domain of the options, or null; it takes the place of the limits.
net::DomainPointer checked_domain(const finn_model_options& options) {
  if (options.domain == nullptr) return nullptr;
  require_handle(options.domain, "domain");
  const net::DomainPointer& domain = options.domain->domain;
  require_range(options.variables, domain->variables(), domain->variables(), "variables");
  if (options.lower != nullptr || options.upper != nullptr) {
    fail(Status::ERROR_ARGUMENT, "lower, upper: given beside a domain, NULL expected");
  }
  return domain;
}

std::vector<int> checked_widths(const finn_model_options& options) {
  if (options.widths == nullptr) return {std::begin(kDefaultWidths), std::end(kDefaultWidths)};
  require_range(options.hidden_layers, 0, kMaxLayers, "hidden_layers");
  std::vector<int> widths(options.widths, options.widths + options.hidden_layers);
  for (const int width : widths) require_range(width, 1, kMaxWidth, "widths");
  return widths;
}

net::ActivationKind checked_activation(const finn_model_options& options) {
  require_range(options.activation, FINN_ACTIVATION_AUTO, FINN_ACTIVATION_TANH, "activation");
  const bool positive = options.positivity != FINN_POSITIVITY_NONE;
  if (positive && options.activation == FINN_ACTIVATION_TANH) {
    fail(Status::ERROR_ARGUMENT,
         "activation: tanh given with positivity; its second derivative "
         "changes sign, use FINN_ACTIVATION_SIGMA or FINN_POSITIVITY_NONE");
  }
  const bool sigma = options.activation == FINN_ACTIVATION_SIGMA ||
                     (options.activation == FINN_ACTIVATION_AUTO && positive);
  return sigma ? net::ActivationKind::sigma : net::ActivationKind::tanh;
}

net::ConstraintKind checked_kind(const finn_model_options& options) {
  require_range(options.constraint, FINN_CONSTRAINT_AUTO, FINN_CONSTRAINT_SHIFT, "constraint");
  switch (options.constraint) {
    case FINN_CONSTRAINT_NONE:
      return net::ConstraintKind::none;
    case FINN_CONSTRAINT_SCALE:
      return net::ConstraintKind::scale;
    case FINN_CONSTRAINT_SHIFT:
      return net::ConstraintKind::shift;
    default:
      return options.positivity == FINN_POSITIVITY_NONE ? net::ConstraintKind::shift
                                                        : net::ConstraintKind::scale;
  }
}

net::Constraint checked_constraint(const finn_model_options& options) {
  net::Constraint constraint{checked_kind(options), {}, options.floor};
  const bool scale = constraint.kind == net::ConstraintKind::scale;
  const bool positive = options.positivity != FINN_POSITIVITY_NONE;
  for (int j = 0; j < options.outputs; ++j) {
    const double epsilon = options.epsilon == nullptr ? 1.0 : options.epsilon[j];
    require_number(epsilon, !(scale && positive) || epsilon > 0, "epsilon",
                   "under positivity a value above 0");
    constraint.epsilon.push_back(epsilon);
  }
  require_number(options.floor, options.floor >= 0 && options.floor < 1, "floor",
                 "a share in [0, 1)");
  if (options.floor > 0 && !scale) {
    fail(Status::ERROR_ARGUMENT, "floor: %g given without FINN_CONSTRAINT_SCALE", options.floor);
  }
  return constraint;
}

}  // namespace

finn_model_options complete_options(const finn_model_options& given) {
  constexpr std::size_t without_domain = offsetof(finn_model_options, domain);
  finn_model_options options{};
  const bool old = given.struct_size == without_domain;
  if (!old) require_struct_size(given.struct_size, sizeof options);
  std::memcpy(&options, &given, old ? without_domain : sizeof options);
  return options;
}

net::ModelSettings checked_settings(const finn_model_options& options) {
  require_range(options.variables, 1, FINN_MAX_VARIABLES, "variables");
  require_range(options.outputs, 1, kMaxWidth, "outputs");
  require_range(options.precision, FINN_FLOAT64, FINN_FLOAT32, "precision");
  require_range(options.positivity, FINN_POSITIVITY_NONE, FINN_POSITIVITY_EXP, "positivity");
  require_range(options.last_layer, FINN_LAST_LAYER_LINEAR, FINN_LAST_LAYER_SIGMA, "last_layer");
  require_range(options.coordinates, FINN_COORDINATES_STANDARD, FINN_COORDINATES_RAW,
                "coordinates");
  require_range(options.reserved, 0, 0, "reserved");
  net::ModelSettings settings;
  settings.domain = checked_domain(options);
  settings.box = settings.domain ? settings.domain->box() : checked_box(options);
  settings.constraint = checked_constraint(options);
  settings.standard_coordinates = options.coordinates == FINN_COORDINATES_STANDARD;
  settings.network.variables = options.variables;
  settings.network.outputs = options.outputs;
  settings.network.widths = checked_widths(options);
  settings.network.positivity = static_cast<ops::Positivity>(options.positivity);
  settings.network.activation = checked_activation(options);
  settings.network.last_activation = options.last_layer == FINN_LAST_LAYER_SIGMA;
  return settings;
}

}  // namespace finn::capi
