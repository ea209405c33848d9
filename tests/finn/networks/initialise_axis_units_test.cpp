#include "finn/networks/initialise_axis_units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/points.hpp"

namespace finn::net {
namespace {

constexpr int kUnits = 5;

struct Drawn {
  Points points;
  std::vector<double> slopes, locations;

  double centre(std::size_t unit) const { return -locations[unit] / slopes[unit]; }
};

Drawn units_of(const Points& points) {
  const auto count = static_cast<std::size_t>(points.features * kUnits);
  Drawn result{{}, std::vector<double>(count), std::vector<double>(count)};
  core::Random random(1);
  result.points =
      draw_axis_units(points, kUnits, random, result.slopes.data(), result.locations.data());
  return result;
}

// The second feature is a hundred times as wide as the first.
Points two_features() {
  core::Random random(4);
  Points points{{}, 500, 2};
  for (int p = 0; p < points.count; ++p) {
    points.values.push_back(random.uniform(-2, 2));
    points.values.push_back(random.uniform(-200, 200));
  }
  return points;
}

// Each of k units has its centre among the k-th part of the points, in order.
TEST(AxisUnits, haveTheirCentresAndWidthsWhereThePointsAre) {
  const Points points = two_features();
  const Drawn units = units_of(points);
  for (std::size_t i = 0; i < 2; ++i) {
    const double scale = i == 0 ? 1 : 100;
    std::vector<double> sorted;
    for (int p = 0; p < points.count; ++p) sorted.push_back(points(p, static_cast<int>(i)));
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 0; k < kUnits; ++k) {
      const std::size_t unit = kUnits * i + k;
      EXPECT_GE(units.centre(unit), sorted[100 * k] - 0.05 * scale);
      EXPECT_LE(units.centre(unit), sorted[100 * k + 99] + 0.05 * scale);
      EXPECT_GT(1 / units.slopes[unit], 0.5 * scale);
      EXPECT_LT(1 / units.slopes[unit], 2 * scale);
    }
  }
}

TEST(AxisUnits, standBehindTheFeaturesOfThePoints) {
  const Points points = two_features();
  const Drawn units = units_of(points);
  ASSERT_EQ(units.points.features, 2 + 2 * kUnits);
  EXPECT_EQ(units.points(7, 1), points(7, 1));
  const double z = units.slopes[kUnits + 2] * points(7, 1) + units.locations[kUnits + 2];
  EXPECT_DOUBLE_EQ(units.points(7, 2 + kUnits + 2), 0.5 * std::erfc(-z));
}

TEST(AxisUnits, ofPointsThatDoNotDifferHaveAWidthAllTheSame) {
  const Drawn units = units_of({{3, 3, 3}, 3, 1});
  for (std::size_t k = 0; k < kUnits; ++k) {
    EXPECT_DOUBLE_EQ(units.centre(k), 3);
    EXPECT_DOUBLE_EQ(units.slopes[k], 1 / std::sqrt(2.0));
  }
}

TEST(AxisUnits, areNoNarrowerThanAThousandthOfTheSpread) {
  Points points{{}, 100, 1};
  for (int p = 0; p < 99; ++p) points.values.push_back(0);
  points.values.push_back(1);
  const Drawn units = units_of(points);
  EXPECT_DOUBLE_EQ(units.slopes[0], 1000 / std::sqrt(2.0));
}

}  // namespace
}  // namespace finn::net
