#include "finn/queries/mass.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace finn::net {
namespace {

TEST(Mass, hasRatiosWhereNeitherIsANumberByItself) {
  const Mass part{0.5, -2000, 0}, whole{2, -1999, 0};
  EXPECT_DOUBLE_EQ(ratio(part, whole), 0.25 * std::exp(-1.0));
  EXPECT_DOUBLE_EQ(part.log(), std::log(0.5) - 2000);
  EXPECT_EQ(Mass{}.log(), -std::numeric_limits<double>::infinity());
}

TEST(Mass, passesTheErrorsOfBothPartsOnToTheirRatio) {
  const Mass part{1, 0, 1e-6}, whole{4, 0, 4e-6};
  EXPECT_NEAR(ratio_error(part, whole), 0.25e-6 + 0.25e-6, 1e-18);
  EXPECT_EQ(ratio_error({0, 0, 1e-9}, {1, 0, 0}), 1e-9);
}

TEST(MassQuery, knowsWhichVariablesStandAtPoints) {
  MassQuery query;
  query.points = 0b101;
  EXPECT_TRUE(query.is_point(0) && query.is_point(2));
  EXPECT_FALSE(query.is_point(1) || query.is_point(63));
}

}  // namespace
}  // namespace finn::net
