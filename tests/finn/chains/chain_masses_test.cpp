#include "finn/chains/chain_masses.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "finn/chains/chain.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

constexpr double kFar = test::kInfinity;

struct Estimate {
  double value = -1, error = -1;
};

Estimate probability_of(const Chain& chain, const std::vector<double>& lower,
                        const std::vector<double>& upper, const std::vector<double>& given = {}) {
  Workspace workspace(1);
  Estimate found;
  box_probability(chain, workspace, {lower.data(), upper.data(), nullptr},
                  given.empty() ? nullptr : given.data(), 1, &found.value, &found.error);
  return found;
}

// x_i of an autoregressive chain x_i = 0.7 x_(i-1) + e, each standard normal.
LinearChains autoregressive(int variables) {
  LinearChains chains(variables, 1);
  for (int i = 1; i < variables; ++i) {
    chains.slope[static_cast<std::size_t>(i * variables + i - 1)] = 0.7;
    chains.deviation[static_cast<std::size_t>(i)] = std::sqrt(1 - 0.49);
  }
  return chains;
}

TEST(ChainBoxProbability, ofOneVariableIsExact) {
  LinearChains chains(1, 1);
  chains.offset[0] = 1;
  chains.deviation[0] = 2;
  const Estimate found = probability_of(test::chain_of(chains), {0.5}, {3});
  EXPECT_NEAR(found.value, test::normal_cdf(1) - test::normal_cdf(-0.25), 1e-15);
  EXPECT_LT(found.error, 1e-15);
  const Chain given = test::chain_of(test::two_normals(0.8)).given(std::vector{0});
  EXPECT_NEAR(probability_of(given, {-kFar}, {1}, {2}).value, test::normal_cdf(-1), 1e-15);
}

TEST(ChainBoxProbability, ofIndependentNormalsIsTheProduct) {
  const Chain chain = test::chain_of(LinearChains(4, 1));
  const std::vector<double> lower{-1, 0, -kFar, 1}, upper{1, kFar, 0.5, 1.5};
  double expected = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    expected *= test::normal_cdf(upper[i]) - test::normal_cdf(lower[i]);
  }
  EXPECT_NEAR(probability_of(chain, lower, upper).value, expected, 1e-13);
}

// P(X > 0, Y > 0) = 1/4 + asin(rho) / (2 pi).
TEST(ChainBoxProbability, ofTwoCorrelatedNormalsHasItsClosedForm) {
  for (const double correlation : {-0.9, -0.3, 0.5, 0.99}) {
    const Estimate found =
        probability_of(test::chain_of(test::two_normals(correlation)), {0, 0}, {kFar, kFar});
    const double expected = 0.25 + std::asin(correlation) / (2 * std::numbers::pi);
    EXPECT_NEAR(found.value, expected, 4 * found.error + 1e-12) << correlation;
    EXPECT_LT(found.error, 2e-3) << correlation;
  }
}

// Of three: 1/8 + the sum of asin(rho_ij) / (4 pi).
TEST(ChainBoxProbability, ofThreeCorrelatedNormalsHasItsClosedForm) {
  const Estimate found =
      probability_of(test::chain_of(autoregressive(3)), {-kFar, -kFar, -kFar}, {0, 0, 0});
  const double expected = 0.125 + (2 * std::asin(0.7) + std::asin(0.49)) / (4 * std::numbers::pi);
  EXPECT_NEAR(found.value, expected, 4 * found.error);
  EXPECT_LT(found.error, 2e-3);
  EXPECT_GT(found.error, 0);
}

TEST(ChainBoxProbability, ofADistantBoxKeepsItsDigits) {
  const Estimate found =
      probability_of(test::chain_of(LinearChains(3, 1)), {-kFar, -kFar, -kFar}, {-8, -9, -10});
  const double expected = test::normal_cdf(-8) * test::normal_cdf(-9) * test::normal_cdf(-10);
  EXPECT_NEAR(found.value / expected, 1, 1e-9);
}

TEST(ChainBoxProbability, isNeverNegativeAndThatOfEverythingIs1) {
  const Chain chain = test::chain_of(test::linear_mixture(3, 2), 0, {-2, -kFar, 0}, {2, 1, kFar});
  EXPECT_EQ(probability_of(chain, {0.5, 0.5, 0.5}, {0.5, 0.6, 0.7}).value, 0);
  EXPECT_EQ(probability_of(chain, {2, 0, 0}, {3, 1, 1}).value, 0);
  EXPECT_GE(probability_of(chain, {-1, 0.999999, 50}, {1, 1, 51}).value, 0);
  const Estimate all = probability_of(chain, {-kFar, -kFar, -kFar}, {kFar, kFar, kFar});
  EXPECT_NEAR(all.value, 1, 1e-13);
  EXPECT_EQ(probability_of(chain, {kFar, 0, 0}, {kFar, 1, 1}).value, 0);
  EXPECT_EQ(probability_of(chain, {-kFar, 0, 0}, {-kFar, 1, 1}).value, 0);
}

TEST(ChainBoxProbability, ofBoxesWithWidthsIsThatOfTheirEnds) {
  const Chain chain = test::chain_of(test::two_normals(0.5));
  Workspace workspace(1);
  const double lower[] = {-1, 0, 0.5, -2}, upper[] = {0, 2, 1, -1}, width[] = {1, 2, 0.5, 1};
  double by_ends[2], by_widths[2];
  box_probability(chain, workspace, {lower, upper, nullptr}, nullptr, 2, by_ends, nullptr);
  box_probability(chain, workspace, {lower, nullptr, width}, nullptr, 2, by_widths, nullptr);
  for (int r = 0; r < 2; ++r) EXPECT_EQ(by_ends[r], by_widths[r]);
  EXPECT_NE(by_ends[0], by_ends[1]);
}

TEST(ChainOrthantProbability, isThatOfTheBoxOnThatSide) {
  const Chain chain = test::chain_of(test::linear_mixture(3, 2), 1);
  Workspace workspace(1);
  const double x[] = {0.3, -0.5, 0.25, 1.5, 0.1, -0.75};
  double below[2], above[2];
  orthant_probability(chain, workspace, Side::below, x, 2, below);
  orthant_probability(chain, workspace, Side::above, x, 2, above);
  for (std::size_t r = 0; r < 2; ++r) {
    const std::vector<double> point(x + 3 * r, x + 3 * r + 2), ends{-kFar, -kFar};
    const std::vector<double> given{x[3 * r + 2]};
    EXPECT_EQ(below[r], probability_of(chain, ends, point, given).value);
    EXPECT_EQ(above[r], probability_of(chain, point, {kFar, kFar}, given).value);
  }
}

TEST(ChainOrthantProbability, ofOneVariableKeepsTheDigitsOfBothTails) {
  const Chain chain = test::chain_of(LinearChains(1, 1));
  Workspace workspace(1);
  const double x[] = {-20, 20};
  double below[2], above[2];
  orthant_probability(chain, workspace, Side::below, x, 2, below);
  orthant_probability(chain, workspace, Side::above, x, 2, above);
  EXPECT_NEAR(below[0] / test::normal_cdf(-20), 1, 1e-12);
  EXPECT_NEAR(above[1] / test::normal_cdf(-20), 1, 1e-12);
}

TEST(ChainMoments, areThoseOfTheNormalsWithinTheirErrors) {
  const LinearChains chains = test::linear_mixture(3, 1);
  const test::NormalMoments expected(chains, 0);
  Workspace workspace(1);
  std::vector<double> mean(3), mean_error(3), covariance(9), covariance_error(9);
  moments(test::chain_of(chains), workspace, nullptr, 1, mean.data(), covariance.data(),
          mean_error.data(), covariance_error.data());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(mean[i], expected.mean[i], 4 * mean_error[i]);
    EXPECT_LT(mean_error[i], 0.02);
  }
  for (std::size_t k = 0; k < 9; ++k) {
    // The tails are left out beyond the outermost of 256 points: a little more than chance.
    EXPECT_NEAR(covariance[k], expected.covariance[k], 4 * covariance_error[k] + 0.02);
    EXPECT_LT(covariance_error[k], 0.1);
    EXPECT_EQ(covariance[k], covariance[k % 3 * 3 + k / 3]);
  }
}

TEST(ChainMoments, areThoseOfEachRowOfWhatIsGiven) {
  const Chain given = test::chain_of(test::two_normals(0.8)).given(std::vector{0});
  Workspace workspace(1);
  const double rows[] = {-1, 2};
  double mean[2], covariance[2];
  moments(given, workspace, rows, 2, mean, covariance, nullptr, nullptr);
  EXPECT_NEAR(mean[0], -0.8, 5e-3);
  EXPECT_NEAR(mean[1], 1.6, 5e-3);
  EXPECT_NEAR(covariance[0], 0.36, 5e-3);
  EXPECT_NEAR(covariance[1], 0.36, 5e-3);
  moments(given, workspace, rows, 2, nullptr, nullptr, mean, nullptr);
  EXPECT_LT(mean[0], 5e-3);
}

}  // namespace
}  // namespace finn::net
