// finn_constraint: what the integral of f has to be.
#include "finn/constraints/constraint.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "capi/translate.hpp"
#include "core/subset.hpp"
#include "finn/constraints/valid_constraint.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_enumerator;
using finn::capi::require_handle;
using finn::capi::require_range;
using finn::capi::Status;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> numbers(const double* values, int32_t outputs) {
  return {values, values + outputs};
}

// What all constraints on one integral have in common.
net::Constraint affine_constraint(finn_method method, int32_t outputs,
                                  const finn_constraint_options* given) {
  require_enumerator(method, FINN_METHOD_SHIFT, "method");
  require_range(outputs, 1, net::kMaxWidth, "outputs");
  const auto options = finn::capi::checked(given, "options");
  net::Constraint constraint;
  constraint.kind =
      method == FINN_METHOD_SCALE ? net::ConstraintKind::scale : net::ConstraintKind::shift;
#define FINN_TRANSLATE_OPTION(path, name, ...) finn::capi::translate(options.name, constraint.path);
  FINN_CONSTRAINT_OPTIONS(FINN_TRANSLATE_OPTION)
#undef FINN_TRANSLATE_OPTION
  return constraint;
}

net::Transition transition_of(finn_transition transition) {
  require_enumerator(transition, FINN_TRANSITION_LEARNED, "transition");
  return static_cast<net::Transition>(transition);
}

// Makes a handle of what make() returns.
template <class Make>
finn_status make_constraint(int32_t outputs, bool target_from_row, finn_constraint** constraint,
                            finn_error* error, Make&& make) {
  return call(error, [&] {
    require(constraint, "constraint");
    *constraint = nullptr;
    net::Constraint made = make();
    net::require_valid(made, outputs, target_from_row);
    *constraint =
        new finn_constraint{finn_constraint::kMagic, outputs, target_from_row, std::move(made)};
  });
}

// Both bounds or one of them.
void set_bounds(const double* lower, const double* upper, int32_t outputs,
                net::Constraint& constraint) {
  if (lower == nullptr && upper == nullptr) {
    fail(Status::ERROR_NULL, "lower, upper: NULL given for both, one bound or two expected");
  }
  constraint.target = numbers(upper != nullptr ? upper : lower, outputs);
  constraint.bound = upper == nullptr ? net::Bound::at_least : net::Bound::at_most;
  if (lower == nullptr || upper == nullptr) return;
  constraint.bound = net::Bound::between;
  constraint.lower_target = numbers(lower, outputs);
}

// One integral of finn_constraint_linear: its row of each array, of which all but value may be
// NULL.
net::LinearConstraint linear_constraint(int32_t variables, int32_t outputs, const double* lower,
                                        const double* upper, const int32_t* powers,
                                        const double* value) {
  net::LinearConstraint linear;
  linear.box.variables = variables;
  for (int32_t i = 0; i < variables; ++i) {
    const auto axis = static_cast<std::size_t>(i);
    linear.box.lower[axis] = lower == nullptr ? -kInfinity : lower[i];
    linear.box.upper[axis] = upper == nullptr ? kInfinity : upper[i];
    linear.powers[axis] = powers == nullptr ? 0 : powers[i];
  }
  linear.values = numbers(value, outputs);
  return linear;
}

// Row k of an array [rows][columns] that may be NULL.
template <class U>
const U* row_of(const U* array, int32_t k, int32_t columns) {
  return array == nullptr ? nullptr : array + std::ptrdiff_t{1} * k * columns;
}

void require_bounds(const finn_constraint& constraint) {
  const finn_constraint_form form = finn_constraint_get_form(&constraint);
  if (form != FINN_CONSTRAINT_PER_ROW && form != FINN_CONSTRAINT_LINEAR) return;
  fail(Status::ERROR_ARGUMENT, "constraint: %s given, which has no bounds of its own",
       form == FINN_CONSTRAINT_PER_ROW ? "one with targets per row"
                                       : "one of several integrals at once");
}

// The least and the largest J of one output.
std::pair<double, double> bounds_of(const net::Constraint& constraint, std::size_t output) {
  if (constraint.kind == net::ConstraintKind::none) return {-kInfinity, kInfinity};
  const double target = constraint.target[output];
  switch (constraint.bound) {
    case net::Bound::at_least:
      return {target, kInfinity};
    case net::Bound::at_most:
      return {-kInfinity, target};
    case net::Bound::between:
      return {constraint.lower_target[output], target};
    default:
      if (!constraint.learns_integral()) return {target, target};
      return {constraint.scales() ? 0 : -kInfinity, kInfinity};
  }
}

}  // namespace

extern "C" {

finn_status finn_constraint_none(finn_constraint** constraint, finn_error* error) {
  return call(error, [&] {
    require(constraint, "constraint");
    *constraint = nullptr;
    net::Constraint none;
    none.kind = net::ConstraintKind::none;
    *constraint = new finn_constraint{finn_constraint::kMagic, 0, false, std::move(none)};
  });
}

finn_status finn_constraint_equal(finn_method method, int32_t outputs, const double* target,
                                  const finn_constraint_options* options,
                                  finn_constraint** constraint, finn_error* error) {
  return make_constraint(outputs, false, constraint, error, [&] {
    net::Constraint made = affine_constraint(method, outputs, options);
    require(target, "target");
    made.target = numbers(target, outputs);
    return made;
  });
}

finn_status finn_constraint_bounded(finn_method method, int32_t outputs, const double* lower,
                                    const double* upper, finn_transition transition,
                                    const finn_constraint_options* options,
                                    finn_constraint** constraint, finn_error* error) {
  return make_constraint(outputs, false, constraint, error, [&] {
    net::Constraint made = affine_constraint(method, outputs, options);
    made.transition = transition_of(transition);
    set_bounds(lower, upper, outputs, made);
    return made;
  });
}

finn_status finn_constraint_learned(finn_method method, int32_t outputs, const double* start,
                                    const finn_constraint_options* options,
                                    finn_constraint** constraint, finn_error* error) {
  return make_constraint(outputs, false, constraint, error, [&] {
    net::Constraint made = affine_constraint(method, outputs, options);
    require(start, "start");
    made.transition = net::Transition::learned;
    made.target = numbers(start, outputs);
    return made;
  });
}

finn_status finn_constraint_per_row(finn_method method, finn_bound bound, int32_t outputs,
                                    finn_transition transition,
                                    const finn_constraint_options* options,
                                    finn_constraint** constraint, finn_error* error) {
  return make_constraint(outputs, true, constraint, error, [&] {
    net::Constraint made = affine_constraint(method, outputs, options);
    require_enumerator(bound, FINN_BOUND_AT_LEAST, "bound");
    made.bound = static_cast<net::Bound>(bound);
    made.transition = transition_of(transition);
    return made;
  });
}

finn_status finn_constraint_linear(int32_t variables, int32_t outputs, int32_t count,
                                   const double* lower, const double* upper, const int32_t* powers,
                                   const double* value, finn_constraint** constraint,
                                   finn_error* error) {
  return make_constraint(outputs, false, constraint, error, [&] {
    require_range(variables, 1, FINN_MAX_VARIABLES, "variables");
    require_range(outputs, 1, net::kMaxWidth, "outputs");
    require_range(count, 1, net::kMaxLinearConstraints, "count");
    require(value, "value");
    net::Constraint made;
    made.kind = net::ConstraintKind::projection;
    for (int32_t k = 0; k < count; ++k) {
      made.linear.push_back(linear_constraint(
          variables, outputs, row_of(lower, k, variables), row_of(upper, k, variables),
          row_of(powers, k, variables), row_of(value, k, outputs)));
    }
    return made;
  });
}

void finn_constraint_destroy(finn_constraint* constraint) { finn::capi::destroy(constraint); }

finn_constraint_form finn_constraint_get_form(const finn_constraint* constraint) {
  if (constraint == nullptr) return FINN_CONSTRAINT_NONE;
  const net::Constraint& made = constraint->constraint;
  if (made.kind == net::ConstraintKind::none) return FINN_CONSTRAINT_NONE;
  if (made.kind == net::ConstraintKind::projection) return FINN_CONSTRAINT_LINEAR;
  if (constraint->target_from_row) return FINN_CONSTRAINT_PER_ROW;
  if (made.bound != net::Bound::equal) return FINN_CONSTRAINT_BOUNDED;
  return made.learns_integral() ? FINN_CONSTRAINT_LEARNED : FINN_CONSTRAINT_EQUAL;
}

int32_t finn_constraint_outputs(const finn_constraint* constraint) {
  return constraint == nullptr ? 0 : constraint->outputs;
}

finn_status finn_constraint_bounds(const finn_constraint* constraint, double* lower, double* upper,
                                   int64_t length, finn_error* error) {
  return call(error, [&] {
    require_handle(constraint, "constraint");
    require(lower, "lower");
    require(upper, "upper");
    require_bounds(*constraint);
    finn::capi::require_length(length, constraint->outputs, "lower and of upper [outputs]");
    for (int64_t j = 0; j < length; ++j) {
      const auto bounds = bounds_of(constraint->constraint, static_cast<std::size_t>(j));
      std::tie(lower[j], upper[j]) = bounds;
    }
  });
}

}  // extern "C"
