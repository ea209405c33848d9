#include "finn/chains/fit_linear_chains.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/linear_chains.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

constexpr double kTinyRidge = 1e-12;

double mean_log(const LinearChains& chains, const WeightedRows& rows) {
  return test::mean_of(log_likelihoods(chains, rows, 0));
}

void expect_same_numbers(const std::vector<double>& a, const std::vector<double>& b,
                         double within) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], within) << i;
}

TEST(FitLinearChains, ofOneComponentIsTheMeanAndCovarianceOfTheRows) {
  const WeightedRows rows = test::rows_of(test::linear_mixture(3, 2), 200, 5);
  const LinearChains chains = fit_linear_chains(rows, 1, kTinyRidge, 0);
  const test::NormalMoments moments(chains, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> of_i;
    for (std::int64_t r = 0; r < rows.count(); ++r) of_i.push_back(rows.row(r)[i]);
    EXPECT_NEAR(moments.mean[i], test::mean_of(of_i), 1e-10);
    for (std::size_t j = 0; j < 3; ++j) {
      std::vector<double> products;
      for (std::int64_t r = 0; r < rows.count(); ++r) {
        products.push_back((rows.row(r)[i] - moments.mean[i]) * (rows.row(r)[j] - moments.mean[j]));
      }
      EXPECT_NEAR(moments.covariance[i * 3 + j], test::mean_of(products), 1e-9);
    }
  }
}

TEST(FitLinearChains, recoversTheMixtureOfWhichTheRowsWereDrawn) {
  const LinearChains truth = test::two_clusters();
  LinearChains found = fit_linear_chains(test::rows_of(truth, 4000, 7), 2, kTinyRidge, 1);
  if (found.offset[0] > found.offset[2]) {
    std::swap(found.log_weight[0], found.log_weight[1]);
    std::swap_ranges(found.offset.begin(), found.offset.begin() + 2, found.offset.begin() + 2);
    std::swap_ranges(found.deviation.begin(), found.deviation.begin() + 2,
                     found.deviation.begin() + 2);
    std::swap_ranges(found.slope.begin(), found.slope.begin() + 4, found.slope.begin() + 4);
  }
  expect_same_numbers(found.log_weight, truth.log_weight, 0.06);
  expect_same_numbers(found.offset, truth.offset, 0.2);
  expect_same_numbers(found.deviation, truth.deviation, 0.06);
  expect_same_numbers(found.slope, truth.slope, 0.08);
}

TEST(FitLinearChains, isAtLeastAsLikelyAsTheMixtureOfWhichTheRowsWereDrawn) {
  const LinearChains truth = test::two_clusters();
  const WeightedRows rows = test::rows_of(truth, 1000, 9);
  const double reached = mean_log(fit_linear_chains(rows, 2, kTinyRidge, 3), rows);
  EXPECT_GT(reached, mean_log(truth, rows));
  EXPECT_GT(reached, mean_log(fit_linear_chains(rows, 1, kTinyRidge, 3), rows) + 0.3);
}

// The best shares of components at hand, then the best components for these shares: repeated by
// hand from where the fit ended there is next to nothing left to gain, and nothing to lose.
TEST(FitLinearChains, endsWhereAnotherIterationGainsNothing) {
  const WeightedRows rows = test::rows_of(test::two_clusters(), 500, 11);
  const LinearChains chains = fit_linear_chains(rows, 2, kTinyRidge, 1);
  LinearChains again = chains;
  for (int k = 0; k < 2; ++k) {
    WeightedRows of_component = rows;
    double total = 0;
    for (std::int64_t r = 0; r < rows.count(); ++r) {
      double log = chains.log_weight[static_cast<std::size_t>(k)];
      for (int i = 0; i < 2; ++i) log += chains.log_normal(k, i, rows.row(r));
      double& weight = of_component.weights[static_cast<std::size_t>(r)];
      weight = std::exp(log - test::log_mixture_density(chains, rows.row(r)));
      total += weight;
    }
    const LinearChains one = fit_linear_chains(of_component, 1, kTinyRidge, 0);
    const auto at = static_cast<std::size_t>(k);
    again.log_weight[at] = std::log(total / static_cast<double>(rows.count()));
    std::copy_n(one.offset.data(), 2, again.offset.data() + 2 * at);
    std::copy_n(one.deviation.data(), 2, again.deviation.data() + 2 * at);
    std::copy_n(one.slope.data(), 4, again.slope.data() + 4 * at);
  }
  const double gain = mean_log(again, rows) - mean_log(chains, rows);
  EXPECT_GT(gain, -1e-12);
  EXPECT_LT(gain, 1e-5);
}

TEST(FitLinearChains, countsAWeightAsThatManyRows) {
  WeightedRows weighted = test::rows_of(test::linear_mixture(2, 1), 60, 13), repeated;
  repeated.variables = 2;
  for (std::int64_t r = 0; r < weighted.count(); ++r) {
    const auto times = static_cast<int>(r % 4);
    weighted.weights[static_cast<std::size_t>(r)] = times;
    for (int k = 0; k < times; ++k) repeated.add(weighted.row(r), 1);
  }
  const LinearChains a = fit_linear_chains(weighted, LinearChoice{}, 0);
  const LinearChains b = fit_linear_chains(repeated, LinearChoice{}, 0);
  expect_same_numbers(a.offset, b.offset, 1e-10);
  expect_same_numbers(a.deviation, b.deviation, 1e-10);
  expect_same_numbers(a.slope, b.slope, 1e-10);
}

TEST(FitLinearChains, hasTheSameBitsForTheSameSeed) {
  const WeightedRows rows = test::rows_of(test::two_clusters(), 300, 15);
  const LinearChains a = fit_linear_chains(rows, 3, 1e-3, 4);
  EXPECT_EQ(a.offset, fit_linear_chains(rows, 3, 1e-3, 4).offset);
  EXPECT_NE(a.offset, fit_linear_chains(rows, 3, 1e-3, 5).offset);
}

TEST(FitLinearChains, ofRowsThatAreOnePointHasTheRidgeAsVariance) {
  WeightedRows rows;
  rows.variables = 2;
  const double point[] = {3, -4};
  for (int r = 0; r < 10; ++r) rows.add(point, 1);
  const LinearChains chains = fit_linear_chains(rows, 2, 1e-4, 0);
  for (const double deviation : chains.deviation) EXPECT_TRUE(deviation > 0 && deviation <= 1);
  EXPECT_NEAR(chains.mean(0, 0, point), 3, 1e-9);
  EXPECT_NEAR(chains.deviation[0], 1e-2, 1e-9);
}

TEST(FitLinearChains, ofAChoiceIsCountedInTheUnitsOfTheRows) {
  const WeightedRows rows = test::rows_of(test::two_clusters(), 400, 17);
  WeightedRows scaled = rows;
  for (std::size_t i = 0; i < scaled.x.size(); ++i) {
    scaled.x[i] = i % 2 == 0 ? 1e6 * scaled.x[i] + 1e7 : 1e-6 * scaled.x[i];
  }
  const LinearChoice choice{2, 1e-3};
  const double a = mean_log(fit_linear_chains(rows, choice, 1), rows);
  const double b = mean_log(fit_linear_chains(scaled, choice, 1), scaled);
  EXPECT_NEAR(a, b, 1e-6);
}

TEST(LogLikelihoods, givenTheFirstVariablesAreDifferencesOfThoseOfAll) {
  const LinearChains chains = test::linear_mixture(3, 2);
  const WeightedRows rows = test::rows_of(chains, 20, 19);
  const auto all = log_likelihoods(chains, rows, 0), last = log_likelihoods(chains, rows, 2);
  LinearConditional conditional(chains);
  for (std::size_t r = 0; r < all.size(); ++r) {
    const double* x = rows.row(static_cast<std::int64_t>(r));
    EXPECT_NEAR(all[r], test::log_mixture_density(chains, x), 1e-11);
    conditional.set(2, x);
    EXPECT_NEAR(last[r], conditional.log_density(x[2]), 1e-11);
  }
}

}  // namespace
}  // namespace finn::net
