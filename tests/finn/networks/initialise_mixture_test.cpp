#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Two points far from each other: every component lies on one of them, in each variable up to the
// width of its normals.
TEST(DrawMixture, putsComponentsOnPointsWithEqualSharesAndCoefficients) {
  const NetworkShape shape = test::mixture_settings_of(1).network;
  const Mixture network(shape);
  const Points points{{-10, 10}, 2, 1};
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(points, random, weights.data());
  const ComponentLayout& at = network.groups()[0];
  const auto weight = [&](std::int64_t i) { return weights[static_cast<std::size_t>(i)]; };
  for (std::int64_t k = 0; k < network.normals_of_all(); ++k) {
    const double width = 1 / (std::sqrt(2.0) * weight(at.slopes + k));
    const double centre = -weight(at.locations + k) / weight(at.slopes + k);
    EXPECT_GT(width, 0);
    EXPECT_LE(std::fabs(std::fabs(centre) - 10), width) << k;
    EXPECT_EQ(weight(at.shares + k), 0.5);
  }
  for (int j = 0; j < shape.components; ++j) {
    EXPECT_DOUBLE_EQ(weight(at.coefficients + j), 1.0 / shape.components);
  }
}

// 100 points within 1e-3 of 0 and 100 points within 1 of 50, spread evenly.
Points two_scales() {
  Points points{{}, 200, 1};
  for (int p = 0; p < 100; ++p) points.values.push_back(1e-3 * (p / 49.5 - 1));
  for (int p = 0; p < 100; ++p) points.values.push_back(50 + p / 49.5 - 1);
  return points;
}

NetworkShape one_normal_each(int components) {
  NetworkShape shape = test::mixture_settings_of(1).network;
  shape.components = components;
  shape.normals_per_axis = 1;
  return shape;
}

TEST(DrawMixture, takesWidthsFromThePointsAround) {
  const Points points = two_scales();
  const Mixture network(one_normal_each(50));
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(points, random, weights.data());
  for (std::size_t k = 0; k < 50; ++k) {
    const double slope = weights[k], centre = -weights[50 + k] / slope;
    const double width = 1 / (std::sqrt(2.0) * slope);
    // A twentieth of the points, 10 of them: 9 intervals, whose deviation is 10 / sqrt(12) of one.
    const double interval = (std::fabs(centre) < 1 ? 1e-3 : 1) / 49.5;
    EXPECT_NEAR(width, interval * std::sqrt((100 - 1) / 12.0), 1e-9) << k;
  }
}

TEST(DrawMixture, makesTheFirstComponentAsWideAsTheBoxOfRows) {
  Points points = two_scales();
  points.corners = {-500, 500};
  const Mixture network(one_normal_each(50));
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(points, random, weights.data());
  EXPECT_NEAR(1 / (std::sqrt(2.0) * weights[0]), 500, 1e-9);
  EXPECT_LT(1 / (std::sqrt(2.0) * weights[1]), 1);
}

TEST(DrawMixture, takesAShareOfTheWholeSpreadWherePointsAroundAreTheSame) {
  Points points{std::vector<double>(200, 3.0), 200, 1};
  points.values[0] = 4;
  const Mixture network(one_normal_each(50));
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(points, random, weights.data());
  const double whole = statistics_of(points).deviation[0];
  for (std::size_t k = 0; k < 50; ++k) {
    EXPECT_GE(1 / (std::sqrt(2.0) * weights[k]), 0.049 * whole) << k;
  }
}

}  // namespace
}  // namespace finn::net
