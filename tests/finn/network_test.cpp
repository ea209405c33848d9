#include "finn/network.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/seed.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(Network, laysLayersOutOneAfterTheOther) {
  const Network network(test::settings_of(3, 2).network);
  ASSERT_EQ(network.layers().size(), 3u);
  EXPECT_EQ(network.layers()[0].bias, 3 * 6);
  EXPECT_EQ(network.layers()[1].weights, 3 * 6 + 6);
  EXPECT_EQ(network.layers()[2].bias, 24 + 35 + 10);
  EXPECT_EQ(network.parameter_count(), 24 + 35 + 12);
}

TEST(Network, refusesMoreParametersThanItsLimit) {
  NetworkShape shape;
  shape.variables = 2;
  shape.widths = {65536, 65536};
  EXPECT_THROW(Network{shape}, core::Error);
}

TEST(Network, followsEveryHiddenLayerWithAnActivationAndTheLastOnRequest) {
  NetworkShape shape = test::settings_of(2).network;
  EXPECT_TRUE(Network(shape).has_activation(1));
  EXPECT_FALSE(Network(shape).has_activation(2));
  shape.last_activation = true;
  EXPECT_TRUE(Network(shape).has_activation(2));
}

TEST(Network, mapsWeightsAndLeavesBiases) {
  NetworkShape shape;
  shape.variables = 1;
  const Network network(shape);
  const double parameters[] = {-2.0, -3.0};
  double weights[2];
  network.map_parameters(parameters, weights);
  EXPECT_EQ(weights[0], 2.0);
  EXPECT_EQ(weights[1], -3.0);
  double adjoints[] = {1.0, 1.0};
  network.pull_back(parameters, adjoints);
  EXPECT_EQ(adjoints[0], -1.0);
  EXPECT_EQ(adjoints[1], 1.0);
}

// Smallest mixed partial over all subsets, of a random positive network at random points.
template <class T>
T smallest_partial(int variables, core::Random& random, core::Tape<T>& tape) {
  NetworkShape shape;
  shape.variables = variables;
  shape.widths = {3, 4};
  const Network network(shape);
  std::vector<T> parameters(static_cast<std::size_t>(network.parameter_count()));
  std::vector<T> weights(parameters.size());
  for (T& parameter : parameters) parameter = static_cast<T>(3 * random.normal());
  network.map_parameters(parameters.data(), weights.data());
  std::vector<double> x(static_cast<std::size_t>(core::kTileLanes<T> * variables));
  for (double& value : x) value = random.uniform(-8, 8);
  T smallest = 0;
  for (Subset subset = 1; subset <= core::full_subset(variables); ++subset) {
    tape.begin(core::kTileLanes<T>, core::Mode::evaluate);
    const auto points = seed(tape, Coordinates::raw(), variables, subset, x.data());
    const auto partial =
        network.mixed_partial(tape, points, weights.data(), static_cast<T*>(nullptr));
    for (int lane = 0; lane < partial.lanes; ++lane) {
      // Written so that a NaN counts as a failure.
      if (!(partial.row(0, 0)[lane] >= smallest)) smallest = -1;
    }
  }
  return smallest;
}

// More than a million points, each with a network drawn for its tile.
template <class T>
void expect_positive_networks() {
  core::Random random(3);
  core::Tape<T> tape;
  constexpr int tiles = 1100000 / core::kTileLanes<T>;
  for (int tile = 0; tile < tiles; ++tile) {
    ASSERT_GE(smallest_partial<T>(1 + tile % 4, random, tape), 0) << "tile " << tile;
  }
}

TEST(Network, isNeverNegativeUnderPositivityAtAMillionPointsInFloat) {
  expect_positive_networks<float>();
}

TEST(Network, isNeverNegativeUnderPositivityAtAMillionPointsInDouble) {
  expect_positive_networks<double>();
}

}  // namespace
}  // namespace finn::net
