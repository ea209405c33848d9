#include "capi/conditioning_options.hpp"

#include "capi/check.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::capi {
namespace {

constexpr int kDefaultWidths[] = {32, 32};
constexpr int kMaxLayers = 64;
constexpr int kMaxWidth = 1 << 16;

// Fields that have no meaning without conditions.
void require_conditions(const finn_model_options& options) {
  const auto refuse = [](bool given, const char* name) {
    if (given) fail(Status::ERROR_ARGUMENT, "%s: given without conditions", name);
  };
  refuse(options.conditioning != FINN_CONDITIONING_AUTO, "conditioning");
  refuse(options.condition_lower != nullptr, "condition_lower");
  refuse(options.condition_upper != nullptr, "condition_upper");
  refuse(options.condition_widths != nullptr, "condition_widths");
}

net::ConditioningKind checked_kind(const finn_model_options& options) {
  require_range(options.conditioning, FINN_CONDITIONING_AUTO, FINN_CONDITIONING_INPUTS,
                "conditioning");
  switch (options.conditioning) {
    case FINN_CONDITIONING_HYPERNETWORK:
      return net::ConditioningKind::hypernetwork;
    case FINN_CONDITIONING_INPUTS:
      return net::ConditioningKind::inputs;
    default:
      return net::ConditioningKind::film;
  }
}

std::vector<int> checked_widths(const finn_model_options& options) {
  const bool is_linear = options.conditioning == FINN_CONDITIONING_INPUTS;
  if (options.condition_widths == nullptr) {
    if (is_linear) return {};
    return {std::begin(kDefaultWidths), std::end(kDefaultWidths)};
  }
  if (is_linear) {
    fail(Status::ERROR_ARGUMENT,
         "condition_widths: given with FINN_CONDITIONING_INPUTS, which has no hidden layers");
  }
  require_range(options.condition_layers, 0, kMaxLayers, "condition_layers");
  std::vector<int> widths(options.condition_widths,
                          options.condition_widths + options.condition_layers);
  for (const int width : widths) require_range(width, 1, kMaxWidth, "condition_widths");
  return widths;
}

net::ConditionRange checked_range(const finn_model_options& options) {
  const auto count = static_cast<std::size_t>(options.conditions);
  const double *lower = options.condition_lower, *upper = options.condition_upper;
  if ((lower == nullptr) != (upper == nullptr)) {
    fail(Status::ERROR_NULL, "condition_%s: NULL given, both limits or none expected",
         lower == nullptr ? "lower" : "upper");
  }
  if (lower == nullptr) {
    return {std::vector<double>(count, -1.0), std::vector<double>(count, 1.0)};
  }
  for (std::size_t i = 0; i < count; ++i) {
    require_number(lower[i], true, "condition_lower", "a number");
    require_number(upper[i], true, "condition_upper", "a number");
    if (lower[i] < upper[i] && std::isfinite(upper[i] - lower[i])) continue;
    fail(Status::ERROR_ARGUMENT,
         "condition_lower, condition_upper: limits [%g, %g] of condition %zu given, lower < upper "
         "expected",
         lower[i], upper[i], i);
  }
  return {{lower, lower + count}, {upper, upper + count}};
}

void set_sample_epsilon(const finn_model_options& options, net::Constraint& constraint) {
  if (options.epsilon != nullptr) {
    fail(Status::ERROR_ARGUMENT, "epsilon: given with sample_epsilon, NULL expected");
  }
  if (constraint.kind == net::ConstraintKind::none) {
    fail(Status::ERROR_ARGUMENT, "sample_epsilon: 1 given with FINN_CONSTRAINT_NONE");
  }
  if (constraint.bound == net::Bound::between) {
    fail(Status::ERROR_ARGUMENT, "sample_epsilon: 1 given with FINN_BOUND_BETWEEN");
  }
  constraint.target.clear();
}

// The constraints that a sample can have by itself.
void require_constraint(const net::Constraint& constraint) {
  if (constraint.kind == net::ConstraintKind::projection) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: FINN_CONSTRAINT_PROJECTION given with conditions or sample_epsilon");
  }
  if (constraint.transition == net::Transition::learned) {
    fail(Status::ERROR_ARGUMENT,
         "approach: FINN_APPROACH_LEARNED given with conditions or sample_epsilon");
  }
}

}  // namespace

void set_conditioning(const finn_model_options& options, net::ModelSettings& settings) {
  require_range(options.sample_epsilon, 0, 1, "sample_epsilon");
  require_range(options.conditions, 0, kMaxWidth, "conditions");
  require_range(options.condition_reserved, 0, 0, "condition_reserved");
  net::ConditioningShape& shape = settings.network.conditioning;
  shape.target_from_row = options.sample_epsilon == 1;
  shape.conditions = options.conditions;
  if (shape.normalises_per_sample()) require_constraint(settings.constraint);
  if (shape.target_from_row) set_sample_epsilon(options, settings.constraint);
  if (shape.conditions == 0) return require_conditions(options);
  shape.kind = checked_kind(options);
  shape.widths = checked_widths(options);
  settings.conditions = checked_range(options);
}

}  // namespace finn::capi
