#include "finn/queries/rosenblatt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> transformed(const Distribution& distribution, const std::vector<double>& x) {
  Workspace workspace(1);
  const auto rows = static_cast<std::int64_t>(x.size()) / distribution.columns();
  std::vector<double> u(static_cast<std::size_t>(rows * distribution.variables()));
  rosenblatt(distribution, workspace, x.data(), rows, u.data());
  return u;
}

std::vector<double> inverted(const Distribution& distribution, const std::vector<double>& u,
                             const std::vector<double>& given = {}, int threads = 1) {
  Workspace workspace(threads);
  std::vector<double> x(u.size());
  inverse_rosenblatt(distribution, workspace, u.data(), given.empty() ? nullptr : given.data(),
                     static_cast<std::int64_t>(u.size()) / distribution.variables(), x.data());
  return x;
}

// Rows of variables with what is given beside each.
std::vector<double> beside(const std::vector<double>& x, std::size_t n,
                           const std::vector<double>& given) {
  const std::size_t rows = x.size() / n, more = given.size() / rows;
  std::vector<double> all;
  for (std::size_t r = 0; r < rows; ++r) {
    all.insert(all.end(), &x[r * n], &x[r * n] + n);
    for (std::size_t k = 0; k < more; ++k) all.push_back(given[r * more + k]);
  }
  return all;
}

void expect_all_near(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], tolerance) << "element " << k;
}

TEST(Rosenblatt, isUndoneByItsInverse) {
  for (const int n : {1, 2, 3}) {
    const auto u = test::random_in(static_cast<std::size_t>(20 * n), 0.02, 0.98, 6);
    for (const test::QueryCase& one : test::query_cases(n)) {
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      const Distribution distribution =
          Distribution::of(test::moved_model(one.settings), one.output);
      expect_all_near(transformed(distribution, inverted(distribution, u)), u, 1e-12);
    }
  }
}

TEST(Rosenblatt, isUndoneInAnyOrderUnderValuesGivenAndConditions) {
  for (const ModelSettings& settings : {test::settings_of(3), test::mixture_settings_of(3)}) {
    const Distribution whole =
        Distribution::of(test::moved_model(test::conditioned_by_film(settings), 0.2), 0);
    const Distribution given = whole.marginal(std::vector{2, 1, 0}).given(std::vector{1});
    const auto u = test::random_in(20, 0.02, 0.98, 6);
    std::vector<double> rows;
    for (int r = 0; r < 10; ++r) rows.insert(rows.end(), {0.05 * r, 0.3 * r, 0.1 * r - 0.5});
    expect_all_near(transformed(given, beside(inverted(given, u, rows), 2, rows)), u, 1e-12);
  }
}

TEST(Rosenblatt, ofTheFirstVariableIsItsCdf) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Distribution distribution = Distribution::of(test::moved_model(one.settings), one.output);
    const auto x = inverted(distribution, {0.2, 0.6, 0.7, 0.1});
    const auto u = transformed(distribution, x);
    Workspace workspace(1);
    const std::vector<double> firsts{x[0], x[2]};
    std::vector<double> cdf(2);
    orthant_probability(distribution.marginal(std::vector{0}), workspace, Side::below,
                        firsts.data(), 2, cdf.data());
    expect_all_near({u[0], u[2]}, cdf, 1e-13);
    std::vector<double> second(2);
    const std::vector<double> rows{x[1], x[0], x[3], x[2]};
    orthant_probability(distribution.given(std::vector{0}), workspace, Side::below, rows.data(), 2,
                        second.data());
    expect_all_near({u[1], u[3]}, second, 1e-12);
  }
}

TEST(Rosenblatt, growsInEachVariable) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Distribution distribution = Distribution::of(test::moved_model(one.settings), one.output);
    const auto x = inverted(distribution, {0.3, 0.4, 0.5, 0.4, 0.5, 0.6});
    EXPECT_LT(x[0], x[2]);
    EXPECT_EQ(x[2], x[4]);
    EXPECT_LT(x[3], x[5]);
  }
}

// That the cdf is p to 4 roundings, or that p lies between its values at the numbers around x.
// Numbers below 1e-280 come from logarithms, whose rounding is that of a number of some hundreds.
void expect_quantile(const Distribution& distribution, double p, double x) {
  Workspace workspace(1);
  const bool counts_below = p <= 0.5;
  const Side side = counts_below ? Side::below : Side::above;
  const double wanted = counts_below ? p : 1 - p;
  const auto share = [&](double at) {
    double value = 0;
    orthant_probability(distribution, workspace, side, &at, 1, &value);
    return value;
  };
  constexpr double ulp = std::numeric_limits<double>::epsilon();
  const double tolerance = wanted < 1e-279 ? 1e-12 : 4 * ulp;
  if (std::fabs(share(x) - wanted) <= tolerance * wanted) return;
  const double step = 1.5 * ulp * std::fabs(x);
  const double before = share(x - step), after = share(x + step);
  EXPECT_LE(std::min(before, after), wanted * (1 + tolerance)) << "p " << p << ", x " << x;
  EXPECT_GE(std::max(before, after), wanted * (1 - tolerance)) << "p " << p << ", x " << x;
}

std::vector<double> probabilities_to_both_ends(int lowest) {
  std::vector<double> all;
  for (int k = lowest; k <= 0; ++k) all.push_back(0.5 * std::pow(10, k));
  for (int k = -1; k >= -15; --k) all.push_back(1 - std::pow(10, k));
  all.push_back(1 - 0x1p-53);
  return all;
}

// Limits of a box with numbers down to 1e-300: one that begins at 0.
TEST(InverseRosenblatt, isTheQuantileToTheLastDigitsFromEndToEnd) {
  const auto p = probabilities_to_both_ends(-300);
  for (ModelSettings settings : {test::settings_of(1), test::mixture_settings_of(1),
                                 test::shared_out(test::settings_of(1))}) {
    settings.box = test::box_of({0}, {1});
    settings.standard_coordinates = false;
    const Distribution distribution = Distribution::of(test::moved_model(settings), 0);
    const auto x = inverted(distribution, p);
    for (std::size_t k = 0; k < p.size(); ++k) expect_quantile(distribution, p[k], x[k]);
    EXPECT_TRUE(std::is_sorted(x.begin(), x.end()));
  }
}

TEST(InverseRosenblatt, isTheQuantileOnEveryDomain) {
  const auto p = probabilities_to_both_ends(-15);
  for (const test::QueryCase& one : test::query_cases(1)) {
    SCOPED_TRACE(one.name);
    const Distribution distribution = Distribution::of(test::moved_model(one.settings), one.output);
    const auto x = inverted(distribution, p);
    Workspace workspace(1);
    std::vector<double> below(p.size()), above(p.size());
    const auto rows = static_cast<std::int64_t>(p.size());
    orthant_probability(distribution, workspace, Side::below, x.data(), rows, below.data());
    orthant_probability(distribution, workspace, Side::above, x.data(), rows, above.data());
    for (std::size_t k = 0; k < p.size(); ++k) {
      EXPECT_NEAR(below[k], p[k], 1e-13) << "p " << p[k];
      EXPECT_NEAR(above[k], 1 - p[k], 1e-13) << "p " << p[k];
    }
  }
}

TEST(InverseRosenblatt, ofTheEndsAreTheLimits) {
  for (const int n : {1, 2}) {
    for (const test::QueryCase& one : test::query_cases(n)) {
      SCOPED_TRACE(one.name);
      const Distribution whole = Distribution::of(test::moved_model(one.settings), one.output);
      const std::vector<double> zeros(static_cast<std::size_t>(n), 0.0), ones(zeros.size(), 1.0);
      const auto lowest = inverted(whole, zeros), highest = inverted(whole, ones);
      for (int k = 0; k < n; ++k) {
        const auto at = static_cast<std::size_t>(k);
        double lower = 0, upper = 0;
        whole.limits(k, &lower, &upper);
        EXPECT_TRUE(std::isinf(lower) ? lowest[at] < -5 : lowest[at] == lower);
        EXPECT_TRUE(std::isinf(upper) ? highest[at] > 5 : highest[at] == upper);
        EXPECT_TRUE(std::isfinite(lowest[at]) && std::isfinite(highest[at]));
      }
    }
  }
}

TEST(InverseRosenblatt, isTheSameForAnyNumberOfThreads) {
  const auto u = test::random_in(600, 0, 1, 6);
  for (const ModelSettings& settings : {test::settings_of(3), test::mixture_settings_of(3)}) {
    const Distribution distribution = Distribution::of(test::moved_model(settings), 0);
    const auto one = inverted(distribution, u);
    EXPECT_EQ(inverted(distribution, u, {}, 2), one);
    EXPECT_EQ(inverted(distribution, u, {}, 3), one);
  }
}

}  // namespace
}  // namespace finn::net
