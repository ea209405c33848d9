#include "finn/chains/linear_chains.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/random.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

double log_density_by_chain(const LinearChains& chains, const double* x) {
  LinearConditional conditional(chains);
  double log = 0;
  for (int i = 0; i < chains.variables; ++i) {
    conditional.set(i, x);
    log += conditional.log_density(x[i]);
  }
  return log;
}

std::vector<double> some_point(int variables, std::uint64_t seed) {
  core::Random random(seed);
  std::vector<double> x;
  for (int i = 0; i < variables; ++i) x.push_back(random.uniform(-3, 3));
  return x;
}

TEST(LinearChains, beginAsStandardNormalsOfEqualWeights) {
  const LinearChains chains(3, 4);
  const double x[] = {0.5, -1, 2};
  test::NormalMoments moments(chains, 3);
  EXPECT_EQ(moments.mean, std::vector<double>(3, 0.0));
  EXPECT_NEAR(log_density_by_chain(chains, x), test::log_normal_density(moments, x), 1e-14);
}

TEST(LinearChains, areAMixtureOfNormalsWithFullCovariances) {
  for (int variables = 2; variables <= 4; ++variables) {
    for (const int components : {1, 3}) {
      const LinearChains chains = test::linear_mixture(variables, components);
      for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto x = some_point(variables, seed);
        EXPECT_NEAR(log_density_by_chain(chains, x.data()),
                    test::log_mixture_density(chains, x.data()), 1e-11)
            << variables << " variables, " << components << " components";
      }
    }
  }
}

TEST(LinearChains, ofAVariableReadNoneBehindIt) {
  const LinearChains chains = test::linear_mixture(3, 2);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double x[] = {0.3, 0.4, nan};
  EXPECT_TRUE(std::isfinite(chains.log_normal(1, 1, x)));
  EXPECT_TRUE(std::isfinite(chains.mean(1, 2, x)));
}

TEST(LinearChains, inOtherUnitsHaveTheDensityOfTheVariablesInTheseUnits) {
  const LinearChains chains = test::linear_mixture(4, 3);
  const double scale[] = {2, 0.1, 30, 1}, shift[] = {5, -1, 0, 100};
  const LinearChains other = chains.in_units(scale, shift);
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto x = some_point(4, seed);
    std::vector<double> y;
    double log_scale = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      y.push_back(scale[i] * x[i] + shift[i]);
      log_scale += std::log(scale[i]);
    }
    EXPECT_NEAR(test::log_mixture_density(other, y.data()) + log_scale,
                test::log_mixture_density(chains, x.data()), 1e-10);
  }
}

TEST(LogSum, isThatOfNumbersThatExpCannotHold) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_DOUBLE_EQ(log_sum({-2000, -2000}), -2000 + std::log(2));
  EXPECT_DOUBLE_EQ(log_sum({2000, -infinity}), 2000);
  EXPECT_EQ(log_sum({-infinity, -infinity}), -infinity);
  EXPECT_EQ(log_sum({}), -infinity);
}

TEST(LinearConditional, hasAsCdfTheIntegralOfItsDensity) {
  const LinearChains chains = test::linear_mixture(3, 3);
  LinearConditional conditional(chains);
  const double before[] = {0.7, -0.9};
  conditional.set(2, before);
  for (const double to : {-2.0, -0.3, 0.9, 14.0}) {
    double integral = 0;
    test::for_each_node(40, 8, {-14}, {to}, [&](const double* x, double weight) {
      integral += weight * std::exp(conditional.log_density(*x));
    });
    EXPECT_NEAR(conditional.cdf(to), integral, 1e-12) << to;
  }
}

TEST(LinearConditional, inverseOfTheCdfIsTheQuantileInBothTails) {
  const LinearChains chains = test::linear_mixture(2, 4);
  LinearConditional conditional(chains);
  const double before = 0.4;
  conditional.set(1, &before);
  for (const double p : {1e-300, 1e-100, 1e-17, 1e-3, 0.2, 0.5}) {
    EXPECT_NEAR(conditional.cdf(conditional.quantile(p)) / p, 1, 1e-11) << p;
  }
  for (const double p : {0.51, 0.9, 1 - 1e-6}) {
    EXPECT_NEAR(conditional.cdf(conditional.quantile(p)), p, 1e-14) << p;
  }
  const double next_to_1 = conditional.quantile(1 - 0x1p-53);
  EXPECT_GT(next_to_1, conditional.quantile(1 - 1e-12));
  EXPECT_LT(next_to_1, 30);
}

// The cdf is flat between the two: Newton's method alone would leave for infinity.
TEST(LinearConditional, hasQuantilesBetweenComponentsThatAreFarApart) {
  LinearChains chains(1, 2);
  chains.offset = {-1e4, 1e4};
  chains.deviation = {1e-3, 1e-3};
  LinearConditional conditional(chains);
  conditional.set(0, nullptr);
  EXPECT_NEAR(conditional.quantile(0.25), -1e4, 1e-2);
  EXPECT_NEAR(conditional.quantile(0.75), 1e4, 1e-2);
  EXPECT_NEAR(conditional.quantile(0.5 - 1e-9), -1e4, 1e-2);
  EXPECT_NEAR(conditional.quantile(0.5 + 1e-9), 1e4, 1e-2);
}

TEST(LinearConditional, ofInfinityHasThe0And1OfEveryCdf) {
  const LinearChains chains = test::linear_mixture(1, 2);
  LinearConditional conditional(chains);
  conditional.set(0, nullptr);
  EXPECT_EQ(conditional.cdf(-test::kInfinity), 0);
  EXPECT_EQ(conditional.cdf(test::kInfinity), 1);
}

// All components are so unlikely there that only their logarithms are numbers.
TEST(LinearConditional, isOneFarFromAllComponentsToo) {
  const LinearChains chains = test::linear_mixture(2, 3);
  LinearConditional conditional(chains);
  const double before = 1e4;
  conditional.set(1, &before);
  const double median = conditional.quantile(0.5);
  EXPECT_NEAR(conditional.cdf(median), 0.5, 1e-9);
  EXPECT_TRUE(std::isfinite(conditional.log_density(median)));
}

}  // namespace
}  // namespace finn::net
