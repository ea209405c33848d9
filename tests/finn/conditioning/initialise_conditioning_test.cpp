#include "finn/conditioning/initialise_conditioning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/network_shape.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> drawn(ConditioningKind kind) {
  NetworkShape shape = test::settings_of(2).network;
  shape.conditioning.kind = kind;
  shape.conditioning.conditions = kind == ConditioningKind::none ? 0 : 2;
  if (kind == ConditioningKind::film) shape.conditioning.widths = {7};
  const Conditioning conditioning(Network(shape), {{0, 0}, {1, 1}});
  std::vector<double> parameters(static_cast<std::size_t>(conditioning.parameter_count()));
  core::Random random(1);
  draw_conditioning(conditioning, random, parameters.data());
  return parameters;
}

// f(x | c) begins as f(x), and its gradient is not 0.
TEST(InitialiseConditioning, drawsHiddenLayersAndLeavesTheLastOneZero) {
  const std::vector<double> parameters = drawn(ConditioningKind::film);
  const auto last = parameters.begin() + (2 + 1) * 7;
  EXPECT_TRUE(std::all_of(parameters.begin(), last, [](double p) { return p != 0; }));
  EXPECT_TRUE(std::all_of(last, parameters.end(), [](double p) { return p == 0; }));
}

// The root mean square of the first weights times the root of how many a unit has: the mean square
// of 8^(u / conditions) for uniform u is (64^(1 / conditions) - 1) conditions / log(64).
TEST(InitialiseConditioning, givesFirstUnitsManyScalesAndFewerToManyConditions) {
  for (const int conditions : {1, 3}) {
    NetworkShape shape = test::settings_of(2).network;
    shape.conditioning = {ConditioningKind::film, conditions, {2000}, false};
    const std::vector<double> lower(static_cast<std::size_t>(conditions), 0.0);
    const std::vector<double> upper(static_cast<std::size_t>(conditions), 1.0);
    const Conditioning conditioning(Network(shape), {lower, upper});
    std::vector<double> parameters(static_cast<std::size_t>(conditioning.parameter_count()));
    core::Random random(1);
    draw_conditioning(conditioning, random, parameters.data());
    double squares = 0;
    for (int k = 0; k < 2000 * conditions; ++k) {
      squares += std::pow(parameters[static_cast<std::size_t>(k)], 2) / 2000;
    }
    const double expected = (std::pow(64.0, 1.0 / conditions) - 1) * conditions / std::log(64.0);
    EXPECT_NEAR(squares, expected, 0.1 * expected);
  }
}

TEST(InitialiseConditioning, drawsNothingWithoutConditionsOrHiddenLayers) {
  EXPECT_TRUE(drawn(ConditioningKind::none).empty());
  const std::vector<double> linear = drawn(ConditioningKind::inputs);
  EXPECT_EQ(linear, std::vector<double>(linear.size(), 0.0));
}

}  // namespace
}  // namespace finn::net
