#include "finn/model/density_unit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/domains/box.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// A box of this many sides of the given length.
Coordinates standard_of(int variables, double side) {
  const auto n = static_cast<std::size_t>(variables);
  return Coordinates::standard(
      test::box_of(std::vector<double>(n, 0.0), std::vector<double>(n, side)));
}

TEST(DensityUnit, isThatOfFourDeviationsOfEveryVariable) {
  const Coordinates standard = Coordinates::standard(test::skew_box(3));
  const DensityUnit unit = DensityUnit::of(standard, standard, 3);
  double f_0 = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(unit.rate[i], 4);
    f_0 *= standard.scale[i] / 4;
  }
  EXPECT_NEAR(unit.log_value, std::log(f_0), 1e-14);
  EXPECT_NEAR(unit.count(5), 5 / f_0, 1e-13 / f_0);
}

TEST(DensityUnit, isThatOfTheBoxInRawCoordinatesToo) {
  const Coordinates standard = standard_of(2, 1e-6);
  const DensityUnit unit = DensityUnit::of(Coordinates::raw(), standard, 2);
  EXPECT_EQ(unit.log_value, DensityUnit::of(standard, standard, 2).log_value);
  EXPECT_NEAR(unit.rate[0] * standard.scale[0], 4, 1e-14);
}

TEST(DensityUnit, mayLeaveTheRangeOfDouble) {
  const Coordinates standard = standard_of(64, 1e-8);
  const DensityUnit unit = DensityUnit::of(standard, standard, 64);
  const double log_value = 64 * (std::log(2 * std::sqrt(3.0) / 1e-8) - std::log(4.0));
  EXPECT_NEAR(unit.log_value, log_value, 1e-11);
  EXPECT_NEAR(std::log(unit.count(1e300)), std::log(1e300) - log_value, 1e-11);
}

}  // namespace
}  // namespace finn::net
