#include "capi/constraint_options.hpp"

#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>

#include "capi/check.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/constraints/projection.hpp"

namespace finn::capi {
namespace {

net::ConstraintKind checked_kind(const finn_model_options& options) {
  require_range(options.constraint, FINN_CONSTRAINT_AUTO, FINN_CONSTRAINT_PROJECTION, "constraint");
  switch (options.constraint) {
    case FINN_CONSTRAINT_NONE:
      return net::ConstraintKind::none;
    case FINN_CONSTRAINT_SCALE:
      return net::ConstraintKind::scale;
    case FINN_CONSTRAINT_SHIFT:
      return net::ConstraintKind::shift;
    case FINN_CONSTRAINT_PROJECTION:
      return net::ConstraintKind::projection;
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
  fail(Status::ERROR_ARGUMENT, "%s: only valid with %s", name, expected);
}

void set_bound(const finn_model_options& options, net::Constraint& constraint) {
  constexpr const char* kinds = "FINN_CONSTRAINT_SCALE or FINN_CONSTRAINT_SHIFT";
  require_range(options.bound, FINN_BOUND_EQUAL, FINN_BOUND_BETWEEN, "bound");
  require_range(options.approach, FINN_APPROACH_HARD, FINN_APPROACH_LEARNED, "approach");
  const bool takes = takes_bound(constraint.kind);
  require_meaning(options.bound != FINN_BOUND_EQUAL, takes, "bound", kinds);
  require_meaning(options.approach != FINN_APPROACH_HARD, takes, "approach", kinds);
  constraint.bound = static_cast<net::Bound>(options.bound);
  constraint.transition = static_cast<net::Transition>(options.approach);
  if (constraint.transition != net::Transition::smooth) return;
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
  return is_positive(options) || (constraint.transition == net::Transition::learned && multiplies);
}

void set_epsilon(const finn_model_options& options, net::Constraint& constraint) {
  require_meaning(options.epsilon != nullptr, constraint.kind != net::ConstraintKind::projection,
                  "epsilon", "a constraint on the integral over the domain");
  const bool above_zero = needs_positive_epsilon(options, constraint);
  for (int j = 0; j < options.outputs; ++j) {
    const double epsilon = options.epsilon == nullptr ? 1.0 : options.epsilon[j];
    require_number(epsilon, !above_zero || epsilon > 0, "epsilon",
                   is_positive(options) ? "under positivity a value above 0"
                                        : "with SCALE and LEARNED a value above 0");
    constraint.target.push_back(epsilon);
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
    const double upper = constraint.target[static_cast<std::size_t>(j)];
    require_number(lower, !from_zero || lower >= 0, "lower_epsilon",
                   "under positivity a value of 0 or more");
    if (!(lower < upper) || !std::isfinite(upper - lower)) {
      fail(Status::ERROR_ARGUMENT,
           "lower_epsilon: %g given for output %d, less than its epsilon, %g, expected", lower, j,
           upper);
    }
    constraint.lower_target.push_back(lower);
  }
}

void set_softness(const finn_model_options& options, net::Constraint& constraint) {
  const bool has_meaning = constraint.kind == net::ConstraintKind::shift &&
                           constraint.transition == net::Transition::smooth &&
                           constraint.bound != net::Bound::between;
  require_number(options.softness, options.softness >= 0, "softness", "0 or more");
  require_meaning(options.softness != 0, has_meaning, "softness",
                  "SHIFT, SMOOTH and AT_MOST or AT_LEAST");
  if (options.softness > 0) constraint.transition_width = options.softness;
}

void set_floor(const finn_model_options& options, net::Constraint& constraint) {
  require_number(options.floor, options.floor >= 0 && options.floor < 1, "floor",
                 "a share in [0, 1)");
  if (options.floor > 0 && constraint.kind != net::ConstraintKind::scale) {
    fail(Status::ERROR_ARGUMENT, "floor: %g given without FINN_CONSTRAINT_SCALE", options.floor);
  }
  constraint.uniform_share = options.floor;
}

// The sub-box of linear constraint number k.
net::Box checked_sub_box(const finn_linear_constraint& given, int k, const net::Box& box) {
  net::Box sub_box = box;
  for (int i = 0; i < box.variables; ++i) {
    const auto axis = static_cast<std::size_t>(i);
    if (given.lower != nullptr) sub_box.lower[axis] = given.lower[i];
    if (given.upper != nullptr) sub_box.upper[axis] = given.upper[i];
    const double lower = sub_box.lower[axis];
    const double upper = sub_box.upper[axis];
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
      fail(Status::ERROR_NOT_FINITE, "linear_constraints[%d].lower, upper: [%g, %g] of variable %d",
           k, lower, upper, i);
    }
    if (lower < upper && lower >= box.lower[axis] && upper <= box.upper[axis]) continue;
    fail(Status::ERROR_ARGUMENT,
         "linear_constraints[%d].lower, upper: [%g, %g] of variable %d given, a part of the "
         "domain, [%g, %g], expected",
         k, lower, upper, i, box.lower[axis], box.upper[axis]);
  }
  return sub_box;
}

// What every finn_linear_constraint has had from the first header on.
constexpr std::size_t kFirstLinearConstraint =
    offsetof(finn_linear_constraint, value) + sizeof(finn_linear_constraint::value);

// Element k of an array that was compiled with this header or an earlier one: its elements lie
// struct_size apart, and fields that they do not have are 0.
finn_linear_constraint linear_constraint_of(const finn_linear_constraint* first, int k) {
  const std::uint64_t size = first->struct_size;
  if (size < kFirstLinearConstraint || size > sizeof *first) {
    fail(Status::ERROR_ARGUMENT,
         "linear_constraints[0].struct_size: %llu given, %zu .. %zu expected; use "
         "FINN_LINEAR_CONSTRAINT_INIT",
         static_cast<unsigned long long>(size), kFirstLinearConstraint, sizeof *first);
  }
  finn_linear_constraint constraint{};
  std::memcpy(&constraint,
              reinterpret_cast<const char*>(first) + static_cast<std::size_t>(k) * size, size);
  if (constraint.struct_size == size) return constraint;
  fail(Status::ERROR_ARGUMENT,
       "linear_constraints[%d].struct_size: %llu given, %llu expected, as in the first element", k,
       static_cast<unsigned long long>(constraint.struct_size),
       static_cast<unsigned long long>(size));
}

net::LinearConstraint checked_linear_constraint(const finn_linear_constraint& given, int k,
                                                const net::Box& box, int outputs) {
  net::LinearConstraint constraint{checked_sub_box(given, k, box), {}, {}};
  const std::string name = "linear_constraints[" + std::to_string(k) + "]";
  for (int i = 0; i < box.variables && given.powers != nullptr; ++i) {
    require_range(given.powers[i], 0, net::kMaxDegree, (name + ".powers").c_str());
    constraint.powers[static_cast<std::size_t>(i)] = given.powers[i];
  }
  require(given.value, (name + ".value").c_str());
  for (int j = 0; j < outputs; ++j) {
    require_number(given.value[j], true, (name + ".value").c_str(), "");
    constraint.values.push_back(given.value[j]);
  }
  return constraint;
}

void set_linear_constraints(const finn_model_options& options, const net::Box& box,
                            net::Constraint& constraint) {
  const bool projects = constraint.kind == net::ConstraintKind::projection;
  const bool given = options.linear_constraints != nullptr || options.linear_constraint_count != 0;
  require_meaning(given, projects, "linear_constraints", "FINN_CONSTRAINT_PROJECTION");
  if (!projects) return;
  require(options.linear_constraints, "linear_constraints");
  require_range(options.linear_constraint_count, 1, net::kMaxLinearConstraints,
                "linear_constraint_count");
  if (box.variables > FINN_MAX_VARIABLES) {
    fail(Status::ERROR_ARGUMENT,
         "constraint: FINN_CONSTRAINT_PROJECTION given for %d variables, at most %d expected",
         box.variables, FINN_MAX_VARIABLES);
  }
  for (int k = 0; k < options.linear_constraint_count; ++k) {
    constraint.linear.push_back(checked_linear_constraint(
        linear_constraint_of(options.linear_constraints, k), k, box, options.outputs));
  }
}

}  // namespace

net::Constraint checked_constraint(const finn_model_options& options, const net::Box& box) {
  net::Constraint constraint;
  constraint.kind = checked_kind(options);
  set_bound(options, constraint);
  set_epsilon(options, constraint);
  set_lower_epsilon(options, constraint);
  set_softness(options, constraint);
  set_floor(options, constraint);
  set_linear_constraints(options, box, constraint);
  return constraint;
}

}  // namespace finn::capi
