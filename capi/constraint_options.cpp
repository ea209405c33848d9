#include "capi/constraint_options.hpp"

#include <cmath>

#include "capi/check.hpp"

namespace finn::capi {
namespace {

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

bool is_positive(const finn_model_options& options) {
  return options.positivity != FINN_POSITIVITY_NONE;
}

bool takes_bound(net::ConstraintKind kind) {
  return kind == net::ConstraintKind::scale || kind == net::ConstraintKind::shift;
}

// What has no meaning with the other options is refused rather than ignored.
void require_meaning(bool given, bool has_meaning, const char* name, const char* expected) {
  if (!given || has_meaning) return;
  fail(Status::ERROR_ARGUMENT, "%s: given without %s, which alone has a use for it", name,
       expected);
}

void set_bound(const finn_model_options& options, net::Constraint& constraint) {
  constexpr const char* kinds = "FINN_CONSTRAINT_SCALE or FINN_CONSTRAINT_SHIFT";
  require_range(options.bound, FINN_BOUND_EQUAL, FINN_BOUND_BETWEEN, "bound");
  require_range(options.approach, FINN_APPROACH_HARD, FINN_APPROACH_LEARNED, "approach");
  const bool takes = takes_bound(constraint.kind);
  require_meaning(options.bound != FINN_BOUND_EQUAL, takes, "bound", kinds);
  require_meaning(options.approach != FINN_APPROACH_HARD, takes, "approach", kinds);
  constraint.bound = static_cast<net::Bound>(options.bound);
  constraint.approach = static_cast<net::Approach>(options.approach);
  if (constraint.approach != net::Approach::smooth) return;
  if (constraint.bound == net::Bound::equal) {
    fail(Status::ERROR_ARGUMENT,
         "approach: FINN_APPROACH_SMOOTH given with FINN_BOUND_EQUAL, HARD or LEARNED expected");
  }
  if (constraint.kind == net::ConstraintKind::scale && !is_positive(options)) {
    fail(Status::ERROR_ARGUMENT,
         "approach: FINN_APPROACH_SMOOTH given with FINN_CONSTRAINT_SCALE, which needs positivity; "
         "without it use FINN_CONSTRAINT_SHIFT");
  }
}

// Whether J = epsilon has to be above 0: f >= 0 asks for it, and a J that is epsilon times a
// positive function of tau.
bool needs_positive_epsilon(const finn_model_options& options, const net::Constraint& constraint) {
  if (constraint.kind != net::ConstraintKind::scale) return false;
  const bool multiplies =
      constraint.bound == net::Bound::equal || constraint.bound == net::Bound::at_most;
  return is_positive(options) || (constraint.approach == net::Approach::learned && multiplies);
}

void set_epsilon(const finn_model_options& options, net::Constraint& constraint) {
  const bool above_zero = needs_positive_epsilon(options, constraint);
  for (int j = 0; j < options.outputs; ++j) {
    const double epsilon = options.epsilon == nullptr ? 1.0 : options.epsilon[j];
    require_number(epsilon, !above_zero || epsilon > 0, "epsilon",
                   is_positive(options) ? "under positivity a value above 0"
                                        : "with SCALE and LEARNED a value above 0");
    constraint.epsilon.push_back(epsilon);
  }
}

void set_lower_epsilon(const finn_model_options& options, net::Constraint& constraint) {
  const bool between = constraint.bound == net::Bound::between;
  require_meaning(options.lower_epsilon != nullptr, between, "lower_epsilon", "FINN_BOUND_BETWEEN");
  if (!between) return;
  require(options.lower_epsilon, "lower_epsilon");
  const bool from_zero = constraint.kind == net::ConstraintKind::scale && is_positive(options);
  for (int j = 0; j < options.outputs; ++j) {
    const double lower = options.lower_epsilon[j];
    const double upper = constraint.epsilon[static_cast<std::size_t>(j)];
    require_number(lower, !from_zero || lower >= 0, "lower_epsilon",
                   "under positivity a value of 0 or more");
    if (!(lower < upper) || !std::isfinite(upper - lower)) {
      fail(Status::ERROR_ARGUMENT,
           "lower_epsilon: %g given for output %d, less than its epsilon, %g, expected", lower, j,
           upper);
    }
    constraint.lower_epsilon.push_back(lower);
  }
}

void set_softness(const finn_model_options& options, net::Constraint& constraint) {
  const bool has_meaning = constraint.kind == net::ConstraintKind::shift &&
                           constraint.approach == net::Approach::smooth &&
                           constraint.bound != net::Bound::between;
  require_number(options.softness, options.softness >= 0, "softness", "0 or more");
  require_meaning(options.softness != 0, has_meaning, "softness",
                  "SHIFT, SMOOTH and AT_MOST or AT_LEAST");
  if (options.softness > 0) constraint.softness = options.softness;
}

void set_floor(const finn_model_options& options, net::Constraint& constraint) {
  require_number(options.floor, options.floor >= 0 && options.floor < 1, "floor",
                 "a share in [0, 1)");
  if (options.floor > 0 && constraint.kind != net::ConstraintKind::scale) {
    fail(Status::ERROR_ARGUMENT, "floor: %g given without FINN_CONSTRAINT_SCALE", options.floor);
  }
  constraint.floor = options.floor;
}

}  // namespace

net::Constraint checked_constraint(const finn_model_options& options, const net::Box&) {
  net::Constraint constraint;
  constraint.kind = checked_kind(options);
  set_bound(options, constraint);
  set_epsilon(options, constraint);
  set_lower_epsilon(options, constraint);
  set_softness(options, constraint);
  set_floor(options, constraint);
  return constraint;
}

}  // namespace finn::capi
