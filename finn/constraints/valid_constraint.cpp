#include "finn/constraints/valid_constraint.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/check.hpp"
#include "core/error.hpp"
#include "core/option.hpp"
#include "core/subset.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/constraints/moments.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::require_enumerator;
using core::require_number;
using core::require_range;
using core::Status;

bool is_affine(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::scale || constraint.kind == ConstraintKind::shift;
}

void require_count(const std::vector<double>& values, std::size_t expected, const char* name) {
  if (values.size() == expected) return;
  fail(Status::ERROR_SIZE, "%s: %zu numbers given, %zu expected", name, values.size(), expected);
}

void require_finite(const std::vector<double>& values, const char* name) {
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (std::isfinite(values[j])) continue;
    fail(Status::ERROR_NOT_FINITE, "%s: %g given for output %zu", name, values[j], j);
  }
}

void require_transition(const Constraint& constraint, bool target_from_row) {
  require_enumerator(constraint.bound, Bound::between, "bound");
  require_enumerator(constraint.transition, Transition::learned, "transition");
  const bool is_plain =
      constraint.bound == Bound::equal && constraint.transition == Transition::clip;
  if (!is_affine(constraint) && !is_plain) {
    fail(Status::ERROR_ARGUMENT,
         "bound, transition: given for a constraint that is neither SCALE nor SHIFT");
  }
  if (constraint.bound == Bound::equal && constraint.transition == Transition::smooth) {
    fail(Status::ERROR_ARGUMENT,
         "transition: FINN_TRANSITION_SMOOTH given with FINN_BOUND_EQUAL, FINN_TRANSITION_CLIP "
         "expected");
  }
  if (!target_from_row) return;
  if (!is_affine(constraint)) {
    fail(Status::ERROR_ARGUMENT, "method: targets per row given, SCALE or SHIFT expected");
  }
  require_range(static_cast<int>(constraint.bound), 0, static_cast<int>(Bound::at_least), "bound");
  if (!constraint.learns_integral()) return;
  fail(Status::ERROR_ARGUMENT,
       "transition: FINN_TRANSITION_LEARNED given with targets per row, CLIP or SMOOTH expected");
}

// A learned J that is its target times a positive function of tau needs one above 0.
void require_factor(const Constraint& constraint) {
  const bool multiplies = constraint.bound == Bound::equal || constraint.bound == Bound::at_most;
  if (!constraint.scales() || !constraint.learns_integral() || !multiplies) return;
  for (std::size_t j = 0; j < constraint.target.size(); ++j) {
    if (constraint.target[j] > 0) continue;
    fail(Status::ERROR_ARGUMENT,
         "%s: %g given for output %zu, above 0 expected: with FINN_METHOD_SCALE a learned integral "
         "is a positive multiple of it",
         target_name(constraint), constraint.target[j], j);
  }
}

void require_lower_targets(const Constraint& constraint, std::size_t outputs) {
  const bool between = constraint.bound == Bound::between;
  require_count(constraint.lower_target, between ? outputs : 0, "lower");
  require_finite(constraint.lower_target, "lower");
  for (std::size_t j = 0; j < constraint.lower_target.size(); ++j) {
    const double lower = constraint.lower_target[j], upper = constraint.target[j];
    if (lower < upper && std::isfinite(upper - lower)) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: [%g, %g] given for output %zu, lower < upper expected", lower, upper, j);
  }
}

void require_targets(const Constraint& constraint, std::size_t outputs, bool target_from_row) {
  const char* name = target_name(constraint);
  // Constraints without targets may have some, which nothing reads.
  if (is_affine(constraint)) {
    require_count(constraint.target, target_from_row ? 0 : outputs, name);
  }
  require_finite(constraint.target, name);
  require_factor(constraint);
  require_lower_targets(constraint, outputs);
}

void require_options(const Constraint& constraint) {
#define FINN_REQUIRE_OPTION(path, name, row, applies_to, sentence) \
  core::require_valid((row).described(#name, applies_to, sentence), "", constraint.path);
  FINN_CONSTRAINT_OPTIONS(FINN_REQUIRE_OPTION)
#undef FINN_REQUIRE_OPTION
  if (constraint.uniform_share > 0 && !constraint.scales()) {
    fail(Status::ERROR_ARGUMENT, "uniform_share: %g given, which is for FINN_METHOD_SCALE alone",
         constraint.uniform_share);
  }
  const bool has_width =
      constraint.kind == ConstraintKind::shift && constraint.transition == Transition::smooth &&
      (constraint.bound == Bound::at_most || constraint.bound == Bound::at_least);
  if (has_width || constraint.transition_width == Constraint{}.transition_width) return;
  fail(Status::ERROR_ARGUMENT,
       "transition_width: %g given, which is for FINN_METHOD_SHIFT with FINN_TRANSITION_SMOOTH at "
       "one bound alone",
       constraint.transition_width);
}

void require_sub_box(const LinearConstraint& linear, std::size_t number) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < static_cast<std::size_t>(linear.box.variables); ++i) {
    const double lower = linear.box.lower[i], upper = linear.box.upper[i];
    if (std::isnan(lower) || std::isnan(upper)) {
      fail(Status::ERROR_NOT_FINITE,
           "lower, upper: [%g, %g] of variable %zu given for integral %zu", lower, upper, i,
           number);
    }
    if (lower < upper && lower < infinity && upper > -infinity) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: [%g, %g] of variable %zu given for integral %zu, lower < upper expected",
         lower, upper, i, number);
  }
}

void require_powers(const LinearConstraint& linear, std::size_t number) {
  int powered = 0;
  for (std::size_t i = 0; i < linear.powers.size(); ++i) {
    const bool is_variable = i < static_cast<std::size_t>(linear.box.variables);
    require_range(linear.powers[i], 0, is_variable ? kMaxDegree : 0, "powers");
    powered += linear.powers[i] > 0 ? 1 : 0;
  }
  if (powered <= kMaxPowered) return;
  fail(Status::ERROR_ARGUMENT,
       "powers: above 0 in %d variables of integral %zu, in at most %d expected", powered, number,
       kMaxPowered);
}

void require_linear(const Constraint& constraint, std::size_t outputs) {
  const bool is_linear = constraint.kind == ConstraintKind::projection;
  require_range(static_cast<std::int64_t>(constraint.linear.size()), is_linear ? 1 : 0,
                is_linear ? kMaxLinearConstraints : 0, "count");
  for (std::size_t k = 0; k < constraint.linear.size(); ++k) {
    const LinearConstraint& linear = constraint.linear[k];
    require_range(linear.box.variables, 1, core::kMaxVariables, "variables");
    if (linear.box.variables != constraint.linear.front().box.variables) {
      fail(Status::ERROR_SIZE, "variables: %d given for integral %zu, %d expected",
           linear.box.variables, k, constraint.linear.front().box.variables);
    }
    require_sub_box(linear, k);
    require_powers(linear, k);
    require_count(linear.values, outputs, "value");
    require_finite(linear.values, "value");
  }
}

}  // namespace

const char* target_name(const Constraint& constraint) {
  switch (constraint.bound) {
    case Bound::equal:
      return constraint.learns_integral() ? "start" : "target";
    case Bound::at_least:
      return "lower";
    default:
      return "upper";
  }
}

void require_valid(const Constraint& constraint, int outputs, bool target_from_row) {
  require_range(outputs, 1, kMaxWidth, "outputs");
  require_enumerator(constraint.kind, ConstraintKind::projection, "method");
  require_transition(constraint, target_from_row);
  const auto count = static_cast<std::size_t>(outputs);
  require_targets(constraint, count, target_from_row);
  require_options(constraint);
  require_linear(constraint, count);
}

}  // namespace finn::net
