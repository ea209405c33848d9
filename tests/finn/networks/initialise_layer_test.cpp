#include "finn/networks/initialise_layer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/points.hpp"
#include "ops/affine.hpp"

namespace finn::net {
namespace {

Points some_points() {
  Points points{{}, 200, 2};
  core::Random random(3);
  for (int i = 0; i < 400; ++i) points.values.push_back(random.uniform(-3, 5));
  return points;
}

TEST(DrawLayer, givesUnitsOfUnitDeviationWhoseMeansAreNearZero) {
  std::vector<double> weights(6), bias(3);
  const ops::Layer<double> layer{2, 3, weights.data(), bias.data(), nullptr, nullptr};
  for (const bool positive : {true, false}) {
    core::Random random(1);
    draw_layer(positive, layer, some_points(), random, weights.data(), bias.data());
    const Statistics statistics = statistics_of(through_layer(some_points(), layer, nullptr));
    bool has_negative = false;
    for (const double weight : weights) has_negative = has_negative || weight < 0;
    EXPECT_EQ(has_negative, !positive);
    for (std::size_t unit = 0; unit < 3; ++unit) {
      EXPECT_NEAR(statistics.deviation[unit], 1, 1e-12);
      EXPECT_LE(std::fabs(statistics.mean[unit]), 1);
    }
  }
}

}  // namespace
}  // namespace finn::net
