#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "finn/networks/weight_map.hpp"
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

// The axis units come first, and the layer behind them is drawn for their values too.
TEST(DrawMlp, drawsTheAxisUnitsOfEveryStack) {
  NetworkShape shape = test::settings_of(2).network;
  shape.axis_units = 5;
  shape.orthants = 2;
  const Mlp network(shape);
  const std::vector<double> weights = drawn(shape);
  for (const Block& block : network.blocks()) {
    if (block.role != Role::location) continue;
    const double* slopes = weights.data() + slopes_of(block);
    for (std::int64_t k = 0; k < block.size(); ++k) {
      EXPECT_GT(slopes[k], 0);
      EXPECT_LE(std::abs(weights[static_cast<std::size_t>(block.begin + k)] / slopes[k]), 2);
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
