#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

Points uniform_points(int count, int features) {
  core::Random random(4);
  Points points{{}, count, features};
  for (int i = 0; i < count * features; ++i) points.values.push_back(random.uniform(-2, 2));
  return points;
}

std::vector<double> drawn(const NetworkShape& shape) {
  const Mlp network(shape);
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(uniform_points(500, shape.variables), random, weights.data());
  return weights;
}

// The pre-activations of the first layer have deviation 1 over the points.
TEST(DrawMlp, scalesUnitsToTheSpreadOfThePoints) {
  const std::vector<double> weights = drawn(test::settings_of(2).network);
  const Points points = uniform_points(500, 2);
  for (std::size_t unit = 0; unit < 6; ++unit) {
    Points z{{}, points.count, 1};
    for (int p = 0; p < points.count; ++p) {
      z.values.push_back(weights[2 * unit] * points(p, 0) + weights[2 * unit + 1] * points(p, 1) +
                         weights[12 + unit]);
    }
    const Statistics statistics = statistics_of(z);
    EXPECT_NEAR(statistics.deviation[0], 1, 1e-12);
    EXPECT_LT(std::max(statistics.mean[0], -statistics.mean[0]), 1);
  }
}

// Each of k axis units has its centre among the k-th part of the points, in order.
TEST(DrawMlp, centresAxisUnitsWhereThePointsAre) {
  NetworkShape shape = test::settings_of(2).network;
  shape.axis_units = 5;
  const std::vector<double> weights = drawn(shape);
  Points points = uniform_points(500, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<double> sorted;
    for (int p = 0; p < points.count; ++p) sorted.push_back(points(p, static_cast<int>(i)));
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 0; k < 5; ++k) {
      const double slope = weights[5 * i + k], centre = -weights[10 + 5 * i + k] / slope;
      EXPECT_GE(centre, sorted[100 * k] - 0.05);
      EXPECT_LE(centre, sorted[100 * k + 99] + 0.05);
      EXPECT_GT(1 / slope, 0.5);
      EXPECT_LT(1 / slope, 2);
    }
  }
}

TEST(DrawMlp, drawsPositiveWeightsUnderPositivityAlone) {
  NetworkShape shape = test::settings_of(2).network;
  const std::vector<double> positive = drawn(shape);
  EXPECT_GE(*std::min_element(positive.begin(), positive.begin() + 12), 0);
  shape.positivity = ops::Positivity::none;
  const std::vector<double> plain = drawn(shape);
  EXPECT_LT(*std::min_element(plain.begin(), plain.begin() + 12), 0);
}

}  // namespace
}  // namespace finn::net
