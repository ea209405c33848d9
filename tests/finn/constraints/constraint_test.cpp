#include "finn/constraints/constraint.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace finn::net {
namespace {

AffineMap map_of(ConstraintKind kind, double uniform_share, double integral,
                 double estimate = 1e-16) {
  Constraint constraint;
  constraint.kind = kind;
  constraint.target = {2.0};
  constraint.uniform_share = uniform_share;
  return affine_map(constraint, 0, {integral, std::fabs(integral), estimate}, 2.0);
}

core::Status failure_of(ConstraintKind kind, double integral, double estimate = 1e-16) {
  try {
    map_of(kind, 0, integral, estimate);
  } catch (const core::Error& error) {
    return error.status();
  }
  return core::Status::OK;
}

class EveryConstraint : public testing::TestWithParam<std::pair<ConstraintKind, double>> {};

TEST_P(EveryConstraint, givesTheIntegralItsTarget) {
  const auto [kind, uniform_share] = GetParam();
  const AffineMap map = map_of(kind, uniform_share, 0.7);
  EXPECT_NEAR(map.scale.value * 0.7 + map.shift.value, 2.0, 1e-15);
}

TEST_P(EveryConstraint, hasTheSlopesOfItsScaleAndShift) {
  const auto [kind, uniform_share] = GetParam();
  const double h = 1e-6;
  const AffineMap above = map_of(kind, uniform_share, 0.7 + h);
  const AffineMap below = map_of(kind, uniform_share, 0.7 - h);
  const AffineMap map = map_of(kind, uniform_share, 0.7);
  EXPECT_NEAR(map.scale.by_integral, (above.scale.value - below.scale.value) / (2 * h), 1e-8);
  EXPECT_NEAR(map.shift.by_integral, (above.shift.value - below.shift.value) / (2 * h), 1e-8);
}

INSTANTIATE_TEST_SUITE_P(Constraint, EveryConstraint,
                         testing::Values(std::pair{ConstraintKind::scale, 0.0},
                                         std::pair{ConstraintKind::scale, 0.25},
                                         std::pair{ConstraintKind::shift, 0.0}));

TEST(Constraint, leavesTheNetworkAloneWhenThereIsNone) {
  const AffineMap map = map_of(ConstraintKind::none, 0, std::nan(""));
  EXPECT_EQ(map.scale.value, 1);
  EXPECT_EQ(map.shift.value, 0);
}

TEST(Constraint, refusesToScaleAnIntegralWithFewerThanThreeDigits) {
  EXPECT_EQ(failure_of(ConstraintKind::scale, 0), core::Status::ERROR_INTEGRAL);
  EXPECT_EQ(failure_of(ConstraintKind::scale, 1, 1.01e-3), core::Status::ERROR_INTEGRAL);
  EXPECT_EQ(failure_of(ConstraintKind::scale, 1, 0.99e-3), core::Status::OK);
  EXPECT_EQ(failure_of(ConstraintKind::scale, 1e-10, 1e-9), core::Status::ERROR_INTEGRAL);
  EXPECT_EQ(failure_of(ConstraintKind::scale, 1e-10), core::Status::OK);
}

TEST(Constraint, refusesAnIntegralThatIsNotFinite) {
  for (const auto kind : {ConstraintKind::scale, ConstraintKind::shift}) {
    EXPECT_EQ(failure_of(kind, std::nan("")), core::Status::ERROR_INTEGRAL);
    EXPECT_EQ(failure_of(kind, INFINITY), core::Status::ERROR_INTEGRAL);
  }
}

TEST(Constraint, shiftsAnIntegralOfZeroWithoutTrouble) {
  EXPECT_EQ(failure_of(ConstraintKind::shift, 0), core::Status::OK);
}

TEST(Constraint, saysWhichIntegralCannotBeScaled) {
  Constraint constraint;
  constraint.target = {1, 1};
  try {
    affine_map(constraint, 1, {0.25, 4096, 0.125}, 1.0);
    FAIL() << "accepted";
  } catch (const core::Error& error) {
    const std::string message = error.what();
    for (const char* part : {"output 1", "0.25", "0.125", "4096"}) {
      EXPECT_NE(message.find(part), std::string::npos) << part << " not in: " << message;
    }
  }
}

// Every J that is not simply the target.
struct TargetCase {
  std::string name;
  Constraint constraint;
  double lowest, highest;  // of J

  bool learned() const { return constraint.transition == Transition::learned; }
  bool clips() const { return constraint.transition == Transition::clip; }
  bool positive() const { return constraint.kind == ConstraintKind::scale; }
};

std::vector<TargetCase> target_cases() {
  const char* kinds[] = {"none", "scale", "shift"};
  const char* bounds[] = {"equal", "at most", "at least", "between"};
  const char* transitions[] = {"clip", "smooth", "learned"};
  std::vector<TargetCase> cases;
  for (const auto kind : {ConstraintKind::scale, ConstraintKind::shift}) {
    for (const auto bound : {Bound::equal, Bound::at_most, Bound::at_least, Bound::between}) {
      for (const auto transition : {Transition::clip, Transition::smooth, Transition::learned}) {
        if (bound == Bound::equal && transition != Transition::learned) continue;
        const double most = bound == Bound::at_most || bound == Bound::between ? 2 : HUGE_VAL;
        double least = bound == Bound::between ? 0.5 : bound == Bound::at_least ? 2 : -HUGE_VAL;
        if (kind == ConstraintKind::scale) least = std::max(least, 0.0);
        cases.push_back({std::string(kinds[static_cast<int>(kind)]) + ", " +
                             bounds[static_cast<int>(bound)] + ", " +
                             transitions[static_cast<int>(transition)],
                         {kind, {2.0}, 0.25, bound, transition, {0.5}, 0.7, {}},
                         least,
                         most});
        if (kind == ConstraintKind::shift) cases.back().constraint.uniform_share = 0;
      }
    }
  }
  return cases;
}

// I and the other argument, tau or the target, on both sides of every kink, near and far.
std::vector<std::pair<double, double>> arguments_of(const TargetCase& c) {
  std::vector<std::pair<double, double>> pairs;
  for (const double integral : {-40.0, -3.0, -0.2, 0.1, 0.49, 0.51, 1.2, 1.99, 2.01, 3.0, 60.0}) {
    if (c.positive() && integral < 0) continue;
    if (!c.learned()) pairs.emplace_back(integral, 2.0);
    for (const double tau : {-20.0, -1.0, 0.0, 0.3, 5.0}) {
      if (c.learned()) pairs.emplace_back(integral, tau);
    }
  }
  return pairs;
}

AffineMap affine_of(const TargetCase& c, double integral, double argument) {
  return affine_map(c.constraint, 0, {integral, std::fabs(integral), 1e-16 * std::fabs(integral)},
                    argument);
}

class EveryTarget : public testing::TestWithParam<TargetCase> {};

TEST_P(EveryTarget, liesWithinItsBounds) {
  for (const auto& [integral, argument] : arguments_of(GetParam())) {
    const double J = integral_target(GetParam().constraint, 0, integral, argument).value;
    EXPECT_GE(J, GetParam().lowest - 1e-14) << integral << ", " << argument;
    EXPECT_LE(J, GetParam().highest + 1e-14) << integral << ", " << argument;
  }
}

TEST_P(EveryTarget, isTheIntegralThatItsMapGives) {
  for (const auto& [integral, argument] : arguments_of(GetParam())) {
    const double J = integral_target(GetParam().constraint, 0, integral, argument).value;
    const AffineMap map = affine_of(GetParam(), integral, argument);
    const double given = map.scale.value * integral + map.shift.value;
    EXPECT_NEAR(given, J, 1e-15 * (std::fabs(J) + std::fabs(integral)));
  }
}

// A slope by central differences, with the digits that they have: the bounds are of size 2.
void expect_slope(double slope, double above, double below, double step) {
  const double size = std::max(std::fabs(above), std::fabs(below));
  EXPECT_NEAR(slope, (above - below) / (2 * step),
              1e-6 * std::fabs(slope) + 1e-15 * (size + 4) / step);
}

TEST_P(EveryTarget, hasTheSlopesOfItselfAndOfItsMap) {
  const TargetCase& c = GetParam();
  for (const auto& [integral, argument] : arguments_of(c)) {
    SCOPED_TRACE(std::to_string(integral) + ", " + std::to_string(argument));
    const IntegralTarget target = integral_target(c.constraint, 0, integral, argument);
    const AffineMap map = affine_of(c, integral, argument);
    const double h = 1e-5 * std::fabs(integral);
    expect_slope(target.by_integral, integral_target(c.constraint, 0, integral + h, argument).value,
                 integral_target(c.constraint, 0, integral - h, argument).value, h);
    const AffineMap right = affine_of(c, integral + h, argument);
    const AffineMap left = affine_of(c, integral - h, argument);
    expect_slope(map.scale.by_integral, right.scale.value, left.scale.value, h);
    expect_slope(map.shift.by_integral, right.shift.value, left.shift.value, h);
    const double k = 1e-5;
    expect_slope(target.by_argument, integral_target(c.constraint, 0, integral, argument + k).value,
                 integral_target(c.constraint, 0, integral, argument - k).value, k);
    const AffineMap above = affine_of(c, integral, argument + k);
    const AffineMap below = affine_of(c, integral, argument - k);
    expect_slope(map.scale.by_argument, above.scale.value, below.scale.value, k);
    expect_slope(map.shift.by_argument, above.shift.value, below.shift.value, k);
  }
}

TEST_P(EveryTarget, growsWithItsArguments) {
  const TargetCase& c = GetParam();
  for (const auto& [integral, argument] : arguments_of(c)) {
    const IntegralTarget target = integral_target(c.constraint, 0, integral, argument);
    EXPECT_GE(target.by_integral, 0);
    EXPECT_GE(target.by_argument, 0);
    if (c.learned()) {
      EXPECT_GT(target.by_argument, 0);
    } else if (!c.clips()) {
      EXPECT_GT(target.by_integral, 0);
    }
  }
}

// Whatever cannot be represented is an error or an infinite slope; nothing is no number.
TEST_P(EveryTarget, isNoNaNHoweverFarOut) {
  const TargetCase& c = GetParam();
  for (const double size : {1e-300, 1e-200, 1e-30, 1e30, 1e200, 1e308}) {
    for (const double integral : {size, -size}) {
      if (c.positive() && integral < 0) continue;
      for (const double tau : {-1e308, -1e4, -700.0, 0.0, 700.0, 1e4, 1e308}) {
        SCOPED_TRACE(testing::PrintToString(std::pair(integral, tau)));
        const double argument = c.learned() ? tau : 2.0;
        const IntegralTarget J = integral_target(c.constraint, 0, integral, argument);
        EXPECT_FALSE(std::isnan(J.value) || std::isnan(J.by_integral) || std::isnan(J.by_argument));
        EXPECT_GE(J.value, c.lowest - 1e-14);
        EXPECT_LE(J.value, c.highest + 1e-14);
        try {
          const AffineMap map = affine_of(c, integral, argument);
          EXPECT_TRUE(std::isfinite(map.scale.value) && std::isfinite(map.shift.value));
          for (const IntegralTarget& part : {map.scale, map.shift}) {
            EXPECT_FALSE(std::isnan(part.by_integral) || std::isnan(part.by_argument));
          }
        } catch (const core::Error& error) {
          EXPECT_EQ(error.status(), core::Status::ERROR_INTEGRAL);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Constraint, EveryTarget, testing::ValuesIn(target_cases()),
                         [](const auto& one) {
                           std::string name = one.param.name;
                           std::erase_if(name,
                                         [](char letter) { return std::isalpha(letter) == 0; });
                           return name;
                         });

TEST(Constraint, roundsTheBoundOfAShiftOverItsWidth) {
  Constraint constraint{ConstraintKind::shift, {2.0}, 0,    Bound::at_most,
                        Transition::smooth,    {},    0.25, {}};
  EXPECT_DOUBLE_EQ(integral_target(constraint, 0, 2, 2).value, 2 - 0.25 * std::log(2));
  EXPECT_NEAR(integral_target(constraint, 0, -8, 2).value, -8, 1e-15);
}

TEST(Constraint, beginsALearnedIntegralAtTheTarget) {
  for (const auto kind : {ConstraintKind::scale, ConstraintKind::shift}) {
    const Constraint constraint{kind, {3.0}, 0, Bound::equal, Transition::learned, {}, 1, {}};
    EXPECT_EQ(integral_target(constraint, 0, 0.7, 0).value, 3);
  }
}

}  // namespace
}  // namespace finn::net
