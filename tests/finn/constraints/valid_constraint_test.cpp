#include "finn/constraints/valid_constraint.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::kInfinity;

// Two outputs with targets of their own.
Constraint shifted(Bound bound = Bound::equal, Transition transition = Transition::clip) {
  Constraint constraint;
  constraint.kind = ConstraintKind::shift;
  constraint.bound = bound;
  constraint.transition = transition;
  constraint.target = {2, 3};
  if (bound == Bound::between) constraint.lower_target = {-1, 0};
  return constraint;
}

Constraint scaled(Bound bound = Bound::equal, Transition transition = Transition::clip) {
  Constraint constraint = shifted(bound, transition);
  constraint.kind = ConstraintKind::scale;
  return constraint;
}

// The integral and the mean over the domain in one of two variables.
Constraint linear() {
  Constraint constraint;
  constraint.kind = ConstraintKind::projection;
  for (const int power : {0, 1}) {
    LinearConstraint one;
    one.box.variables = 2;
    one.box.lower.fill(-kInfinity);
    one.box.upper.fill(kInfinity);
    one.powers = {power, 0};
    one.values = {1, 2};
    constraint.linear.push_back(one);
  }
  return constraint;
}

Constraint per_row(Constraint constraint) {
  constraint.target.clear();
  return constraint;
}

void expect_refused(Constraint constraint, const std::function<void(Constraint&)>& change,
                    const std::string& words, core::Status status = core::Status::ERROR_ARGUMENT,
                    bool from_row = false) {
  EXPECT_NO_THROW(require_valid(constraint, 2, from_row));
  change(constraint);
  test::expect_refused([&] { require_valid(constraint, 2, from_row); }, words, status);
}

TEST(ValidConstraint, isEveryOneThatTheHeaderCanMake) {
  for (const Transition transition : {Transition::clip, Transition::smooth, Transition::learned}) {
    for (const Bound bound : {Bound::equal, Bound::at_most, Bound::at_least, Bound::between}) {
      if (bound == Bound::equal && transition == Transition::smooth) continue;
      EXPECT_NO_THROW(require_valid(shifted(bound, transition), 2, false));
      EXPECT_NO_THROW(require_valid(scaled(bound, transition), 2, false));
      if (bound == Bound::between || transition == Transition::learned) continue;
      EXPECT_NO_THROW(require_valid(per_row(shifted(bound, transition)), 2, true));
    }
  }
  Constraint none;
  none.kind = ConstraintKind::none;
  EXPECT_NO_THROW(require_valid(none, 2, false));
  EXPECT_NO_THROW(require_valid(linear(), 2, false));
}

TEST(ValidConstraint, hasOneFiniteTargetForEachOutput) {
  expect_refused(
      shifted(), [](auto& c) { c.target = {1}; }, "target: 1 numbers given, 2",
      core::Status::ERROR_SIZE);
  expect_refused(
      shifted(), [](auto& c) { c.target[1] = std::nan(""); }, "target: nan given for output 1",
      core::Status::ERROR_NOT_FINITE);
  expect_refused(
      shifted(Bound::at_least), [](auto& c) { c.target[0] = kInfinity; },
      "lower: inf given for output 0", core::Status::ERROR_NOT_FINITE);
  expect_refused(
      shifted(Bound::between), [](auto& c) { c.lower_target.clear(); }, "lower: 0 numbers given",
      core::Status::ERROR_SIZE);
  expect_refused(
      shifted(),
      [](auto& c) {
        c.lower_target = {0, 0};
      },
      "lower: 2 numbers given, 0", core::Status::ERROR_SIZE);
  test::expect_refused([] { require_valid(shifted(), 0, false); }, "outputs: 0 given");
}

TEST(ValidConstraint, hasALowerBoundBelowTheUpperOne) {
  expect_refused(
      shifted(Bound::between), [](auto& c) { c.lower_target[1] = 3; },
      "lower, upper: [3, 3] given for output 1");
  expect_refused(
      shifted(Bound::between),
      [](auto& c) {
        c.lower_target[0] = -1.5e308;
        c.target[0] = 1.5e308;
      },
      "lower, upper");
}

TEST(ValidConstraint, hasATargetAboveZeroWhereALearnedIntegralIsAMultipleOfIt) {
  expect_refused(
      scaled(Bound::equal, Transition::learned), [](auto& c) { c.target[1] = 0; },
      "start: 0 given for output 1");
  expect_refused(
      scaled(Bound::at_most, Transition::learned), [](auto& c) { c.target[0] = -1; },
      "upper: -1 given for output 0");
  Constraint shift = shifted(Bound::equal, Transition::learned);
  shift.target = {0, -1};
  EXPECT_NO_THROW(require_valid(shift, 2, false));
}

TEST(ValidConstraint, hasATransitionThatGoesWithItsBound) {
  expect_refused(
      shifted(), [](auto& c) { c.transition = Transition::smooth; },
      "FINN_TRANSITION_SMOOTH given with FINN_BOUND_EQUAL");
  expect_refused(
      per_row(shifted()), [](auto& c) { c.transition = Transition::learned; }, "transition",
      core::Status::ERROR_ARGUMENT, true);
  expect_refused(
      per_row(shifted(Bound::at_most)), [](auto& c) { c.bound = Bound::between; }, "bound: 3 given",
      core::Status::ERROR_ARGUMENT, true);
  expect_refused(
      per_row(shifted()), [](auto& c) { c.kind = ConstraintKind::none; }, "method",
      core::Status::ERROR_ARGUMENT, true);
  expect_refused(
      per_row(shifted()),
      [](auto& c) {
        c.target = {1, 1};
      },
      "target", core::Status::ERROR_SIZE, true);
  expect_refused(
      linear(), [](auto& c) { c.bound = Bound::at_most; }, "bound");
}

TEST(ValidConstraint, hasOptionsOnlyWhereTheyMeanSomething) {
  expect_refused(
      scaled(), [](auto& c) { c.uniform_share = 1; }, "uniform_share: 1 given");
  expect_refused(
      scaled(), [](auto& c) { c.uniform_share = -0.1; }, "uniform_share");
  expect_refused(
      scaled(), [](auto& c) { c.uniform_share = std::nan(""); }, "uniform_share",
      core::Status::ERROR_NOT_FINITE);
  expect_refused(
      shifted(), [](auto& c) { c.uniform_share = 0.1; }, "FINN_METHOD_SCALE");
  expect_refused(
      shifted(Bound::at_most, Transition::smooth), [](auto& c) { c.transition_width = 0; },
      "transition_width: 0 given");
  for (const Constraint& without :
       {shifted(), scaled(Bound::at_most, Transition::smooth), shifted(Bound::at_most),
        shifted(Bound::between, Transition::smooth)}) {
    expect_refused(
        without, [](auto& c) { c.transition_width = 2; }, "transition_width: 2 given");
  }
}

TEST(ValidConstraint, hasEnumeratorsThatAreThere) {
  expect_refused(
      shifted(), [](auto& c) { c.kind = static_cast<ConstraintKind>(4); }, "method");
  expect_refused(
      shifted(), [](auto& c) { c.bound = static_cast<Bound>(-1); }, "bound");
  expect_refused(
      shifted(), [](auto& c) { c.transition = static_cast<Transition>(3); }, "transition");
}

TEST(ValidConstraint, hasIntegralsOverBoxesAndOfPowersThatThereAre) {
  expect_refused(
      linear(), [](auto& c) { c.linear.clear(); }, "count: 0 given, 1 .. 64");
  expect_refused(
      linear(), [](auto& c) { c.linear.resize(65, c.linear[0]); }, "count: 65");
  expect_refused(
      shifted(), [](auto& c) { c.linear = linear().linear; }, "count: 2 given, 0 .. 0");
  expect_refused(
      linear(), [](auto& c) { c.linear[1].box.variables = 9; }, "variables: 9 given");
  expect_refused(
      linear(), [](auto& c) { c.linear[1].box.variables = 3; }, "variables: 3 given",
      core::Status::ERROR_SIZE);
  expect_refused(
      linear(), [](auto& c) { c.linear[1].box.lower[1] = std::nan(""); },
      "of variable 1 given for integral 1", core::Status::ERROR_NOT_FINITE);
  expect_refused(
      linear(), [](auto& c) { c.linear[0].box.lower[0] = kInfinity; }, "lower, upper");
  expect_refused(
      linear(), [](auto& c) { c.linear[0].box.upper[0] = -kInfinity; }, "lower, upper");
  expect_refused(
      linear(), [](auto& c) { c.linear[0].powers[1] = 9; }, "powers: 9 given");
  expect_refused(
      linear(), [](auto& c) { c.linear[0].powers[2] = 1; }, "powers: 1 given, 0 .. 0");
  expect_refused(
      linear(), [](auto& c) { c.linear[1].values.push_back(0); }, "value: 3 numbers",
      core::Status::ERROR_SIZE);
  expect_refused(
      linear(), [](auto& c) { c.linear[1].values[0] = kInfinity; }, "value: inf",
      core::Status::ERROR_NOT_FINITE);
  expect_refused(
      linear(),
      [](auto& c) {
        for (auto& one : c.linear) one.box.variables = 4;
        c.linear[0].powers = {1, 1, 1, 1};
      },
      "powers: above 0 in 4 variables of integral 0");
}

}  // namespace
}  // namespace finn::net
