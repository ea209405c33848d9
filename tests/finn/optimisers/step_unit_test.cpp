#include "finn/optimisers/step_unit.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(StepUnit, isOneWhereNoneIsGiven) {
  EXPECT_EQ(moved<double>(3, 0.5, nullptr, 7), 2.5);
  double gradient[] = {1, 2};
  count_in_units<double>(nullptr, 2, gradient);
  EXPECT_EQ(gradient[1], 2);
}

TEST(StepUnit, multipliesMovesAndGradients) {
  const double units[] = {1, 4};
  EXPECT_EQ(moved<double>(3, 0.5, units, 1), 1);
  double gradient[] = {1, 2};
  count_in_units(units, 2, gradient);
  EXPECT_EQ(gradient[0], 1);
  EXPECT_EQ(gradient[1], 8);
}

}  // namespace
}  // namespace finn::net
