#include "finn/constraint.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

constexpr double kVolume = 4;

OutputMap map_of(ConstraintKind kind, double floor, double integral, double estimate = 1e-16) {
  OutputMap map;
  Constraint constraint;
  constraint.kind = kind;
  constraint.epsilon = {2.0};
  constraint.floor = floor;
  update_output_map(constraint, {{integral, std::fabs(integral), estimate}}, kVolume, map);
  return map;
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

TEST_P(EveryConstraint, givesTheIntegralEpsilon) {
  const auto [kind, floor] = GetParam();
  const OutputMap map = map_of(kind, floor, 0.7);
  EXPECT_NEAR(map.scale[0] * 0.7 + map.shift[0] * kVolume, 2.0, 1e-15);
}

TEST_P(EveryConstraint, hasTheSlopesOfItsScaleAndShift) {
  const auto [kind, floor] = GetParam();
  const double h = 1e-6;
  const OutputMap above = map_of(kind, floor, 0.7 + h);
  const OutputMap below = map_of(kind, floor, 0.7 - h);
  const OutputMap map = map_of(kind, floor, 0.7);
  EXPECT_NEAR(map.scale_slope[0], (above.scale[0] - below.scale[0]) / (2 * h), 1e-8);
  EXPECT_NEAR(map.shift_slope[0], (above.shift[0] - below.shift[0]) / (2 * h), 1e-8);
}

INSTANTIATE_TEST_SUITE_P(Constraint, EveryConstraint,
                         testing::Values(std::pair{ConstraintKind::scale, 0.0},
                                         std::pair{ConstraintKind::scale, 0.25},
                                         std::pair{ConstraintKind::shift, 0.0}));

TEST(Constraint, leavesTheNetworkAloneWhenThereIsNone) {
  const OutputMap map = map_of(ConstraintKind::none, 0, std::nan(""));
  EXPECT_EQ(map.scale[0], 1);
  EXPECT_EQ(map.shift[0], 0);
}

TEST(Constraint, refusesToScaleAnIntegralLostInRounding) {
  EXPECT_EQ(failure_of(ConstraintKind::scale, 0), core::Status::ERROR_INTEGRAL);
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

}  // namespace
}  // namespace finn::net
