#include "finn/domains/box.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

TEST(Box, hasTheVolumeOfItsSides) {
  EXPECT_DOUBLE_EQ(test::box_of({-1, 0, 2}, {1, 3, 2.5}).volume(), 3.0);
}

TEST(Box, containsItsEdgesButNothingOutside) {
  const Box box = test::box_of({0, 0}, {1, 2});
  const double edge[] = {0, 2};
  const double outside[] = {0.5, 2.1};
  const double nan[] = {std::nan(""), 1};
  EXPECT_TRUE(box.contains(edge));
  EXPECT_FALSE(box.contains(outside));
  EXPECT_FALSE(box.contains(nan));
}

TEST(ValidBox, hasFiniteSidesAndAVolume) {
  EXPECT_NO_THROW(require_valid(test::box_of({-1, 0}, {1, 3})));
  const auto refused = [](const std::vector<double>& lower, const std::vector<double>& upper,
                          const char* words, core::Status status = core::Status::ERROR_ARGUMENT) {
    test::expect_refused([&] { require_valid(test::box_of(lower, upper)); }, words, status);
  };
  refused({0, 2}, {1, 2}, "limits [2, 2] of variable 1 given, lower < upper");
  refused({0, 3}, {1, 2}, "lower < upper");
  refused({0}, {HUGE_VAL}, "variable 0", core::Status::ERROR_NOT_FINITE);
  refused({std::nan("")}, {1}, "finite", core::Status::ERROR_NOT_FINITE);
  refused({-1.5e308}, {1.5e308}, "variable 0");
  refused({0, 0}, {1e-200, 1e-200}, "a domain of volume 0");
  refused({0, 0}, {1e200, 1e200}, "a domain of volume inf");
  refused({}, {}, "variables: 0 given");
}

TEST(Box, cornersTakeTheUpperLimitWhereTheBitIsSet) {
  const Box box = test::box_of({1, 2, 3}, {10, 20, 30});
  double x[3];
  box.corner(0b101, x);
  EXPECT_EQ(x[0], 10);
  EXPECT_EQ(x[1], 2);
  EXPECT_EQ(x[2], 30);
}

TEST(Coordinates, standardOnesHaveZeroMeanAndUnitVarianceOverTheBox) {
  const Box box = test::box_of({-3, 35}, {1, 105});
  const Coordinates coordinates = Coordinates::standard(box);
  for (std::size_t i = 0; i < 2; ++i) {
    const double low = coordinates.scale[i] * box.lower[i] + coordinates.offset[i];
    const double high = coordinates.scale[i] * box.upper[i] + coordinates.offset[i];
    EXPECT_NEAR(low, -std::sqrt(3.0), 1e-14);
    EXPECT_NEAR(high, std::sqrt(3.0), 1e-14);
  }
}

TEST(Coordinates, rawOnesLeaveThePointAsItIs) {
  const Coordinates coordinates = Coordinates::raw();
  EXPECT_EQ(coordinates.scale[3] * 0.7 + coordinates.offset[3], 0.7);
}

}  // namespace
}  // namespace finn::net
