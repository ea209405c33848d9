#include "finn/conditioning/initialise_conditioning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

TEST(InitialiseConditioning, drawsNothingWithoutConditionsOrHiddenLayers) {
  EXPECT_TRUE(drawn(ConditioningKind::none).empty());
  const std::vector<double> linear = drawn(ConditioningKind::inputs);
  EXPECT_EQ(linear, std::vector<double>(linear.size(), 0.0));
}

}  // namespace
}  // namespace finn::net
