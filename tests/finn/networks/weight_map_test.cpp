#include "finn/networks/weight_map.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/networks/block.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

// A block of every kind of map: two weights, two biases, two rows of two shares, two slopes and
// their locations.
const std::vector<Block> kBlocks{{Role::hidden_weight, 1, 2, 0},
                                 {Role::hidden_bias, 2, 1, 2},
                                 {Role::share, 2, 2, 4},
                                 {Role::slope, 1, 2, 8},
                                 {Role::location, 1, 2, 10}};
const std::vector<double> kParameters{-2, 3, -1, 0.5, 0.25, 1, -3, 2, 4, -0.5, 10, -6};

std::vector<double> mapped(const std::vector<double>& parameters) {
  std::vector<double> weights(parameters.size());
  map_parameters(ops::Positivity::abs, std::span(kBlocks), parameters.data(), weights.data());
  return weights;
}

TEST(WeightMap, takesEveryBlockThroughTheMapOfItsRole) {
  const std::vector<double> weights = mapped(kParameters);
  EXPECT_EQ(weights[0], 2);
  EXPECT_EQ(weights[1], 3);
  EXPECT_EQ(weights[2], -1);
  EXPECT_EQ(weights[3], 0.5);
  EXPECT_NEAR(weights[4] + weights[5], 1, 1e-15);
  EXPECT_NEAR(weights[7] / weights[6], std::exp(5), 1e-12 * std::exp(5));
  EXPECT_DOUBLE_EQ(weights[9], std::exp(-0.5)) << "slopes are exponentials under any positivity";
  EXPECT_EQ(weights[10], -weights[8] * 10) << "w x + b = 0 at the centre";
  EXPECT_EQ(weights[11], -weights[9] * -6);
}

TEST(WeightMap, pullsAdjointsBackAsDifferencesDo) {
  std::vector<double> adjoints{1, 2, 3, 4, 5, 6, 7, 8, -9, 10, 11, 12};
  const std::vector<double> of_weights = adjoints;
  const std::vector<double> weights = mapped(kParameters);
  for (auto block = kBlocks.rbegin(); block != kBlocks.rend(); ++block) {
    pull_back_block(ops::Positivity::abs, *block, kParameters.data(), weights.data(),
                    adjoints.data());
  }
  for (std::size_t i = 0; i < adjoints.size(); ++i) {
    std::vector<double> above = kParameters, below = kParameters;
    above[i] += 1e-6;
    below[i] -= 1e-6;
    const std::vector<double> high = mapped(above), low = mapped(below);
    double expected = 0;
    for (std::size_t k = 0; k < high.size(); ++k) {
      expected += of_weights[k] * (high[k] - low[k]) / 2e-6;
    }
    EXPECT_NEAR(adjoints[i], expected, 1e-8 * (10 + std::fabs(expected))) << i;
  }
}

TEST(WeightMap, findsParametersOfWeights) {
  for (const auto positivity : {ops::Positivity::abs, ops::Positivity::softplus,
                                ops::Positivity::square, ops::Positivity::exp}) {
    const std::vector<double> weights{2, 3, -1, 0.5, 0.25, 0.75, 0.5, 0.5, 4, 0.5, -8, 3};
    std::vector<double> numbers = weights;
    unmap_weights(positivity, std::span(kBlocks), numbers.data());
    map_parameters(positivity, std::span(kBlocks), numbers.data(), numbers.data());
    for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(numbers[i], weights[i], 1e-14);
  }
}

}  // namespace
}  // namespace finn::net
