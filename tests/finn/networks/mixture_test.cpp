#include "finn/networks/mixture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/sweep.hpp"

namespace finn::net {
namespace {

using test::Real;

NetworkShape shape_of(int variables, int components, int normals, int outputs = 1) {
  NetworkShape shape;
  shape.kind = NetworkKind::mixture;
  shape.variables = variables;
  shape.components = components;
  shape.normals_per_axis = normals;
  shape.outputs = outputs;
  return shape;
}

template <class T>
std::vector<T> mapped(const Mixture& mixture, const std::vector<T>& parameters) {
  std::vector<T> weights(parameters.size());
  map_parameters(mixture.shape().positivity, mixture.blocks(), parameters.data(), weights.data());
  return weights;
}

template <class T>
std::vector<T> random_parameters(const Mixture& mixture, core::Random& random, double size = 1) {
  std::vector<T> parameters;
  for (std::int64_t i = 0; i < mixture.parameter_count(); ++i) {
    parameters.push_back(static_cast<T>(size * random.normal()));
  }
  return parameters;
}

TEST(Mixture, laysSlopesLocationsSharesAndCoefficientsOneAfterTheOther) {
  const Mixture mixture(shape_of(3, 5, 2, 4));
  ASSERT_EQ(mixture.groups().size(), 1u);
  EXPECT_EQ(mixture.groups()[0].locations, 30);
  EXPECT_EQ(mixture.groups()[0].shares, 60);
  EXPECT_EQ(mixture.groups()[0].coefficients, 90);
  EXPECT_EQ(mixture.parameter_count(), 90 + 20);
  EXPECT_EQ(Mixture(shape_of(3, 5, 1)).parameter_count(), 2 * 15 + 5);
}

TEST(Mixture, hasABlockOfTermsForEachSeparateOutput) {
  NetworkShape shape = shape_of(2, 3, 2, 4);
  shape.separate_outputs = true;
  const Mixture mixture(shape);
  ASSERT_EQ(mixture.groups().size(), 4u);
  EXPECT_EQ(mixture.parameter_count(), 4 * Mixture(shape_of(2, 3, 2)).parameter_count());
  EXPECT_EQ(mixture.groups()[3].first_output, 3);
}

TEST(Mixture, refusesMoreParametersThanTheLimit) {
  EXPECT_THROW(Mixture(shape_of(64, 65536, 64)), core::Error);
}

TEST(Mixture, mapsSlopesAndCoefficientsToPositiveNumbersCentresToBiasesAndSharesToASumOfOne) {
  const Mixture mixture(shape_of(2, 3, 4));
  core::Random random(1);
  const std::vector<double> parameters = random_parameters<double>(mixture, random);
  const std::vector<double> weights = mapped(mixture, parameters);
  const ComponentLayout& at = mixture.groups()[0];
  for (std::int64_t i = 0; i < mixture.parameter_count(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (i >= at.locations && i < at.shares) {
      EXPECT_EQ(weights[k], -(weights[k - static_cast<std::size_t>(at.locations)] * parameters[k]));
    } else if (i < at.locations) {
      EXPECT_DOUBLE_EQ(weights[k], std::exp(parameters[k]));
    } else if (i >= at.coefficients) {
      EXPECT_EQ(weights[k], std::fabs(parameters[k]));
    }
  }
  for (std::int64_t group = at.shares; group < at.coefficients; group += 4) {
    const auto first = weights.begin() + group;
    EXPECT_NEAR(std::accumulate(first, first + 4, 0.0), 1, 1e-15);
  }
}

// Straight from the formula in finn/networks/mixture.hpp, in long double.
Real naive_partial(const Mixture& mixture, const std::vector<double>& weights, int output,
                   VariableSet subset, const double* x) {
  const NetworkShape& shape = mixture.shape();
  const ComponentLayout& at =
      mixture.groups()[shape.separate_outputs ? static_cast<std::size_t>(output) : 0];
  const auto weight = [&](std::int64_t i) { return Real(weights[static_cast<std::size_t>(i)]); };
  Real sum = 0;
  for (std::int64_t j = 0; j < shape.components; ++j) {
    Real product = weight(at.coefficients + (output - at.first_output) * shape.components + j);
    for (int i = 0; i < shape.variables; ++i) {
      Real factor = 0;
      for (std::int64_t k = 0; k < shape.normals_per_axis; ++k) {
        const std::int64_t row = (i * shape.components + j) * shape.normals_per_axis + k;
        const Real slope = weight(at.slopes + row);
        const Real z = slope * Real(x[i]) + weight(at.locations + row);
        const Real share = mixture.has_shares() ? weight(at.shares + row) : 1;
        factor += share * ((subset >> i & 1) != 0 ? slope * test::naive_sigma(0, z)
                                                  : test::naive_sigma(1, z));
      }
      product *= factor;
    }
    sum += product;
  }
  return sum;
}

void expect_naive(const NetworkShape& shape, VariableSet subset) {
  SCOPED_TRACE(testing::Message() << shape.variables << " variables, subset " << subset);
  const Mixture mixture(shape);
  core::Random random(2);
  const auto weights = mapped(mixture, random_parameters<double>(mixture, random));
  std::vector<double> x;
  for (int i = 0; i < 3 * shape.variables; ++i) x.push_back(random.uniform(-2, 2));
  core::Tape<double> tape;
  tape.begin(3, core::Mode::evaluate);
  const int n = shape.variables;
  const auto points = seed(tape, Coordinates::raw(), n, subset, x.data(), n);
  const auto partial =
      mixture.mixed_partial(points, SharedWeights<double>(tape, weights.data(), nullptr));
  for (int j = 0; j < shape.outputs; ++j) {
    for (int sample = 0; sample < 3; ++sample) {
      const Real expected =
          naive_partial(mixture, weights, j, subset, x.data() + sample * shape.variables);
      EXPECT_NEAR(partial.row(0, j)[sample] / static_cast<double>(expected), 1, 1e-13);
    }
  }
}

TEST(Mixture, isTheNaiveSumOfProductsForEverySubset) {
  for (int n = 1; n <= 5; ++n) {
    for (VariableSet subset = 0; subset <= all_variables(n); ++subset) {
      expect_naive(shape_of(n, 3, 2, 2), subset);
    }
  }
}

TEST(Mixture, isTheNaiveSumOfProductsInManyVariables) {
  for (const VariableSet subset : {VariableSet{0xffff}, VariableSet{0x0ff1}}) {
    expect_naive(shape_of(16, 2, 3), subset);
  }
  for (const VariableSet subset : {VariableSet{0xffffffff}, VariableSet{0x80000001}}) {
    expect_naive(shape_of(32, 2, 1), subset);
  }
  expect_naive(shape_of(64, 2, 1), all_variables(64));
  expect_naive(shape_of(64, 2, 1), VariableSet{1} << 63);
}

TEST(Mixture, withSeparateOutputsIsTheNaiveSumOfItsOwnTerms) {
  NetworkShape shape = shape_of(3, 2, 2, 3);
  shape.separate_outputs = true;
  expect_naive(shape, 0b111);
  expect_naive(shape, 0b010);
}

// Every mixed partial of random mixtures at random points, of up to 32 variables.
template <class T>
void expect_never_negative(ops::Positivity positivity, int points) {
  core::Random random(4);
  core::Tape<T> tape;
  for (int tile = 0; tile < points / core::kTileLanes<T>; ++tile) {
    const int n = tile % 50 == 0 ? 32 : 1 + tile % 6;
    NetworkShape shape = shape_of(n, 3, 1 + tile % 3);
    shape.positivity = positivity;
    const Mixture mixture(shape);
    const auto weights = mapped(mixture, random_parameters<T>(mixture, random, 3));
    std::vector<double> x;
    for (int i = 0; i < core::kTileLanes<T> * n; ++i) x.push_back(random.uniform(-8, 8));
    tape.begin(core::kTileLanes<T>, core::Mode::evaluate);
    const VariableSet subset = tile % 2 == 0 ? all_variables(n) : random.bits() & all_variables(n);
    const auto at = seed(tape, Coordinates::raw(), n, subset, x.data(), n);
    const auto partial = mixture.mixed_partial(at, SharedWeights<T>(tape, weights.data(), nullptr));
    for (int lane = 0; lane < partial.lanes; ++lane) {
      ASSERT_TRUE(partial.row(0, 0)[lane] >= 0) << "tile " << tile << ", lane " << lane;
    }
  }
}

TEST(Mixture, isNeverNegativeAtManyPointsInFloat) {
  expect_never_negative<float>(ops::Positivity::abs, test::sweep(110000, 1100000));
}

TEST(Mixture, isNeverNegativeAtManyPointsInDouble) {
  expect_never_negative<double>(ops::Positivity::abs, test::sweep(110000, 1100000));
}

TEST(Mixture, isNeverNegativeUnderEveryPositivity) {
  for (const auto positivity :
       {ops::Positivity::softplus, ops::Positivity::square, ops::Positivity::exp}) {
    expect_never_negative<float>(positivity, test::sweep(25000, 100000));
  }
}

}  // namespace
}  // namespace finn::net
