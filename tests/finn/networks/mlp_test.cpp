#include "finn/networks/mlp.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"
#include "finn/networks/weight_map.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::net {
namespace {

TEST(Mlp, laysLayersOutOneAfterTheOther) {
  const Mlp network(test::settings_of(3, 2).network);
  const std::vector<LayerLayout>& layers = network.stacks()[0].layers;
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(layers[0].bias, 3 * 6);
  EXPECT_EQ(layers[1].weights, 3 * 6 + 6);
  EXPECT_EQ(layers[2].bias, 24 + 35 + 10);
  EXPECT_EQ(network.parameter_count(), 24 + 35 + 12);
}

TEST(Mlp, refusesMoreParametersThanItsLimit) {
  NetworkShape shape;
  shape.variables = 2;
  shape.widths = {65536, 65536};
  EXPECT_THROW(Mlp{shape}, core::Error);
}

TEST(Mlp, followsEveryHiddenLayerWithAnActivationAndTheLastOnRequest) {
  NetworkShape shape = test::settings_of(2).network;
  EXPECT_EQ(Mlp(shape).activated_layers(), 2u);
  EXPECT_EQ(Mlp(shape).blocks()[5].role, Role::read_out_bias);
  shape.last_activation = true;
  EXPECT_EQ(Mlp(shape).activated_layers(), 3u);
  EXPECT_EQ(Mlp(shape).blocks()[5].role, Role::hidden_bias);
}

TEST(Mlp, namesTheRoleOfEveryParameterInOrder) {
  NetworkShape shape = test::settings_of(3, 2).network;
  shape.skip_read_out = true;
  std::vector<Role> roles;
  std::int64_t next = 0;
  const Mlp network(shape);
  for (const Block& block : network.blocks()) {
    EXPECT_EQ(block.begin, next);
    next += block.size();
    roles.push_back(block.role);
  }
  EXPECT_EQ(next, network.parameter_count());
  EXPECT_EQ(roles, (std::vector<Role>{Role::hidden_weight, Role::hidden_bias, Role::hidden_weight,
                                      Role::hidden_bias, Role::read_out_weight, Role::read_out_bias,
                                      Role::read_out_weight}));
}

// The mixed partial over a subset at points [samples][variables], by output and sample.
template <class T>
std::vector<T> partials(const Mlp& network, const std::vector<T>& weights, VariableSet subset,
                        const std::vector<double>& x) {
  core::Tape<T> tape;
  const int n = network.shape().variables;
  const int samples = static_cast<int>(x.size()) / n;
  tape.begin(samples, core::Mode::evaluate);
  const auto points = seed(tape, Coordinates::raw(), n, subset, x.data(), n);
  const auto partial =
      network.mixed_partial(points, SharedWeights<T>(tape, weights.data(), nullptr));
  std::vector<T> values;
  for (int j = 0; j < partial.features; ++j) {
    values.insert(values.end(), partial.row(0, j), partial.row(0, j) + samples);
  }
  return values;
}

std::vector<double> random_weights(std::int64_t count, core::Random& random) {
  std::vector<double> weights;
  for (std::int64_t i = 0; i < count; ++i) weights.push_back(random.uniform(0.1, 1));
  return weights;
}

std::vector<double> slice(const std::vector<double>& values, std::int64_t begin,
                          std::int64_t count) {
  return {values.begin() + begin, values.begin() + begin + count};
}

// F(x) = sum over s of (prod s_i) F_s(s o x), with each F_s a network of one orthant.
void expect_sum_of_orthants(int variables, int orthants, VariableSet subset) {
  SCOPED_TRACE(testing::Message() << orthants << " orthants, subset " << subset);
  NetworkShape shape;
  shape.variables = variables;
  shape.widths = {3, 4};
  shape.outputs = 2;
  const Mlp plain(shape);
  shape.orthants = orthants;
  const Mlp summed(shape);
  ASSERT_EQ(summed.parameter_count(), orthants * plain.parameter_count());
  core::Random random(11);
  const std::vector<double> weights = random_weights(summed.parameter_count(), random);
  const std::vector<double> x = test::points_in(test::skew_box(variables), 5);
  std::vector<double> expected(10);
  for (int p = 0; p < orthants; ++p) {
    std::vector<double> flipped = x;
    double sign = 1;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const std::size_t i = k % static_cast<std::size_t>(variables);
      if ((p >> i & 1) == 0) continue;
      flipped[k] = -x[k];
      if (k < static_cast<std::size_t>(variables) && (subset >> i & 1) == 0) sign = -sign;
    }
    const auto part = slice(weights, p * plain.parameter_count(), plain.parameter_count());
    const auto values = partials(plain, part, subset, flipped);
    for (std::size_t k = 0; k < values.size(); ++k) expected[k] += sign * values[k];
  }
  const auto values = partials(summed, weights, subset, x);
  for (std::size_t k = 0; k < values.size(); ++k) {
    EXPECT_NEAR(values[k], expected[k], 1e-13 * (1 + std::fabs(expected[k])));
  }
}

TEST(Mlp, ofSeveralOrthantsIsTheSumOfNetworksOfFlippedPoints) {
  for (VariableSet subset = 0; subset < 4; ++subset) {
    expect_sum_of_orthants(2, 2, subset);
    expect_sum_of_orthants(2, 4, subset);
  }
  for (VariableSet subset = 0; subset < 8; ++subset) expect_sum_of_orthants(3, 5, subset);
}

// F of one hidden layer with axis units, and its mixed partial in both variables, written out.
TEST(Mlp, seesCdfsOfEachVariableBesideItInItsFirstLayer) {
  NetworkShape shape;
  shape.variables = 2;
  shape.widths = {3};
  shape.axis_units = 2;
  const Mlp network(shape);
  core::Random random(5);
  const auto w = random_weights(network.parameter_count(), random);
  ASSERT_EQ(w.size(), 2u * 4 + 3 * 6 + 3 + 3 + 1);
  const std::vector<double> x{0.3, -0.4};
  const double root_pi = std::sqrt(std::acos(-1.0));
  std::vector<double> inputs = x, slopes(2, 1.0);
  for (std::size_t unit = 0; unit < 4; ++unit) {
    const double z = w[unit] * x[unit / 2] + w[4 + unit];
    inputs.push_back(0.5 * std::erfc(-z));
    slopes.push_back(w[unit] * std::exp(-z * z) / root_pi);
  }
  double partial = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    double z = w[8 + 18 + j], along[2] = {0, 0};
    for (std::size_t k = 0; k < 6; ++k) {
      const double weight = w[8 + 6 * j + k];
      z += weight * inputs[k];
      along[k < 2 ? k : (k - 2) / 2] += weight * slopes[k];
    }
    // The second derivative of sigma_2 is sigma_0, the density of a normal.
    partial += w[8 + 18 + 3 + j] * along[0] * along[1] * std::exp(-z * z) / root_pi;
  }
  EXPECT_NEAR(partials(network, w, 3, x)[0], partial, 1e-14 * partial);
}

TEST(Mlp, withAxisUnitsHasPartialsThatAreDifferencesOfItsValue) {
  NetworkShape shape;
  shape.variables = 3;
  shape.widths = {4, 3};
  shape.axis_units = 2;
  shape.orthants = 2;
  const Mlp network(shape);
  core::Random random(6);
  const auto weights = random_weights(network.parameter_count(), random);
  const auto at = [&](VariableSet subset, std::vector<double> x) {
    return partials(network, weights, subset, x)[0];
  };
  constexpr double step = 1e-4;
  for (VariableSet subset = 1; subset < 8; ++subset) {
    const int last = subset >= 4 ? 2 : subset >= 2 ? 1 : 0;
    const VariableSet rest = subset & ~(VariableSet{1} << last);
    std::vector<double> above{0.2, -0.3, 0.5}, below = above;
    above[static_cast<std::size_t>(last)] += step;
    below[static_cast<std::size_t>(last)] -= step;
    const double difference = (at(rest, above) - at(rest, below)) / (2 * step);
    EXPECT_NEAR(at(subset, {0.2, -0.3, 0.5}), difference, 1e-6 * (1 + difference)) << subset;
  }
}

// The read-out of all hidden layers is that of networks cut after each of them.
TEST(Mlp, withASkipReadOutIsTheSumOfNetworksCutAfterEachHiddenLayer) {
  NetworkShape shape;
  shape.variables = 2;
  shape.outputs = 2;
  shape.widths = {3, 4, 5};
  shape.skip_read_out = true;
  const Mlp skipping(shape);
  core::Random random(12);
  const std::vector<double> weights = random_weights(skipping.parameter_count(), random);
  const std::vector<double> x = test::points_in(test::skew_box(2), 5);
  const Stack& stack = skipping.stacks()[0];
  for (VariableSet subset = 0; subset < 4; ++subset) {
    std::vector<double> expected(10);
    for (std::size_t depth = 1; depth <= 3; ++depth) {
      NetworkShape cut = shape;
      cut.skip_read_out = false;
      cut.widths.resize(depth);
      const LayerLayout& read_out = depth == 3 ? stack.layers[3] : stack.skips[depth - 1];
      std::vector<double> part = slice(weights, 0, stack.layers[depth].weights);
      const auto last = slice(weights, read_out.weights, read_out.bias - read_out.weights);
      part.insert(part.end(), last.begin(), last.end());
      for (std::int64_t j = 0; j < 2; ++j) {
        part.push_back(depth == 3 ? slice(weights, read_out.bias + j, 1)[0] : 0);
      }
      const auto values = partials(Mlp(cut), part, subset, x);
      for (std::size_t k = 0; k < values.size(); ++k) expected[k] += values[k];
    }
    const auto values = partials(skipping, weights, subset, x);
    for (std::size_t k = 0; k < values.size(); ++k) {
      EXPECT_NEAR(values[k], expected[k], 1e-13 * (1 + std::fabs(expected[k]))) << subset;
    }
  }
}

TEST(Mlp, withSeparateOutputsIsANetworkForEachOutput) {
  NetworkShape shape;
  shape.variables = 2;
  shape.widths = {3, 4};
  const Mlp single(shape);
  shape.outputs = 3;
  shape.separate_outputs = true;
  const Mlp separate(shape);
  ASSERT_EQ(separate.parameter_count(), 3 * single.parameter_count());
  core::Random random(13);
  const std::vector<double> weights = random_weights(separate.parameter_count(), random);
  const std::vector<double> x = test::points_in(test::skew_box(2), 5);
  const auto all = partials(separate, weights, 0b11, x);
  for (int j = 0; j < 3; ++j) {
    const auto part = slice(weights, j * single.parameter_count(), single.parameter_count());
    EXPECT_EQ(slice(all, 5 * j, 5), partials(single, part, 0b11, x)) << "output " << j;
  }
}

// With several orthants only the partial over all variables keeps its sign.
VariableSet first_subset(const NetworkShape& shape) {
  return shape.orthants > 1 ? all_variables(shape.variables) : 1;
}

// Smallest mixed partial over all subsets, of a random positive network at random points.
template <class T>
T smallest_partial(const NetworkShape& shape, core::Random& random, core::Tape<T>& tape) {
  const Mlp network(shape);
  std::vector<T> parameters(static_cast<std::size_t>(network.parameter_count()));
  std::vector<T> weights(parameters.size());
  for (T& parameter : parameters) parameter = static_cast<T>(3 * random.normal());
  map_parameters(shape.positivity, network.blocks(), parameters.data(), weights.data());
  std::vector<double> x(static_cast<std::size_t>(core::kTileLanes<T> * shape.variables));
  for (double& value : x) value = random.uniform(-8, 8);
  T smallest = 0;
  for (VariableSet s = first_subset(shape); s <= all_variables(shape.variables); ++s) {
    tape.begin(core::kTileLanes<T>, core::Mode::evaluate);
    const int n = shape.variables;
    const auto points = seed(tape, Coordinates::raw(), n, s, x.data(), n);
    const auto partial =
        network.mixed_partial(points, SharedWeights<T>(tape, weights.data(), nullptr));
    for (int lane = 0; lane < partial.lanes; ++lane) {
      // Written so that a NaN counts as a failure.
      if (!(partial.row(0, 0)[lane] >= smallest)) smallest = -1;
    }
  }
  return smallest;
}

// Points with a network drawn for each tile: more than a million by make test-long.
template <class T>
void expect_positive_networks(NetworkShape shape) {
  core::Random random(3);
  core::Tape<T> tape;
  const int tiles = test::sweep(110000, 1100000) / core::kTileLanes<T>;
  for (int tile = 0; tile < tiles; ++tile) {
    shape.variables = 1 + tile % 4;
    shape.orthants = std::min(shape.orthants, 1 << shape.variables);
    ASSERT_GE(smallest_partial<T>(shape, random, tape), 0) << "tile " << tile;
  }
}

NetworkShape small_shape() {
  NetworkShape shape;
  shape.widths = {3, 4};
  return shape;
}

TEST(Mlp, isNeverNegativeUnderPositivityAtManyPointsInFloat) {
  expect_positive_networks<float>(small_shape());
}

TEST(Mlp, isNeverNegativeUnderPositivityAtManyPointsInDouble) {
  expect_positive_networks<double>(small_shape());
}

TEST(Mlp, isNeverNegativeWithSeveralOrthantsAndASkipReadOutAtManyPoints) {
  NetworkShape shape = small_shape();
  shape.skip_read_out = true;
  expect_positive_networks<float>(shape);
  shape.orthants = 2;
  expect_positive_networks<float>(shape);
  expect_positive_networks<double>(shape);
}

}  // namespace
}  // namespace finn::net
