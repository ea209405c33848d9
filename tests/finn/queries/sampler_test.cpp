#include "finn/queries/sampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "finn/domains/domains.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"
#include "tests/support/sweep.hpp"

namespace finn::net {
namespace {

// Under one row of what is given, which stands beside each sample.
std::vector<double> samples_of(const Distribution& distribution, std::int64_t count,
                               const std::vector<double>& given = {}, std::int64_t first = 0,
                               int threads = 2) {
  Workspace workspace(threads);
  std::vector<double> beside, x(static_cast<std::size_t>(count * distribution.variables()));
  for (std::int64_t r = 0; r < count; ++r) {
    beside.insert(beside.end(), given.begin(), given.end());
  }
  sample(distribution, workspace, 11, first, beside.empty() ? nullptr : beside.data(), count,
         x.data());
  return x;
}

TEST(Sample, isTheSameForAnyNumberOfThreadsAndAnyCutIntoCalls) {
  const auto line = line_domain(0.5, 2, Tail::gaussian);
  const auto domain = product_domain({line, box_domain(test::skew_box(1))});
  std::vector<ModelSettings> all{test::settings_of(2),
                                 test::shared_out(test::mixture_settings_of(2)),
                                 test::on_domain(test::mixture_settings_of(2), domain)};
  for (const ModelSettings& settings : all) {
    const Distribution distribution = Distribution::of(test::moved_model(settings), 0);
    const auto whole = samples_of(distribution, 300, {}, 0, 1);
    EXPECT_EQ(samples_of(distribution, 300, {}, 0, 2), whole);
    EXPECT_EQ(samples_of(distribution, 300, {}, 0, 3), whole);
    for (const std::int64_t cut : {1, 64, 100, 299}) {
      auto parts = samples_of(distribution, cut);
      const auto rest = samples_of(distribution, 300 - cut, {}, cut, 3);
      parts.insert(parts.end(), rest.begin(), rest.end());
      EXPECT_EQ(parts, whole) << "cut at " << cut;
    }
  }
}

TEST(Sample, ofRowsWithConditionsIsTheSameForAnyCutIntoCalls) {
  for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    const Distribution given =
        Distribution::of(test::moved_model(test::conditioned_by_film(settings), 0.2), 0)
            .given(std::vector{1});
    std::vector<double> rows;
    for (int r = 0; r < 200; ++r) rows.insert(rows.end(), {0.002 * r - 0.1, 0.02 * r, 0.01 * r});
    Workspace one(1), three(3);
    std::vector<double> whole(200), parts(200);
    sample(given, one, 5, 0, rows.data(), 200, whole.data());
    sample(given, three, 5, 0, rows.data(), 77, parts.data());
    sample(given, three, 5, 77, rows.data() + std::ptrdiff_t{3} * 77, 123, parts.data() + 77);
    EXPECT_EQ(parts, whole);
    sample(given, one, 6, 0, rows.data(), 200, parts.data());
    EXPECT_NE(parts, whole);
  }
}

// The probability that a sample of this size is as far from its cdf, sqrt(size) times the largest
// distance (Kolmogorov).
double kolmogorov(double distance) {
  double sum = 0;
  for (int k = 1; k < 100; ++k)
    sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * distance * distance);
  return distance < 0.2 ? 1 : sum;
}

double kolmogorov_smirnov(std::vector<double> shares) {
  std::sort(shares.begin(), shares.end());
  const auto size = static_cast<double>(shares.size());
  double distance = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const auto before = static_cast<double>(k);
    distance = std::max({distance, shares[k] - before / size, (before + 1) / size - shares[k]});
  }
  return kolmogorov(std::sqrt(size) * distance);
}

// By the normal approximation of Wilson & Hilferty, PNAS 17 (1931), good to a few per cent here.
double chi_square_above(double chi_square, double freedom) {
  const double spread = 2 / (9 * freedom);
  const double z = (std::cbrt(chi_square / freedom) - 1 + spread) / std::sqrt(spread);
  return 0.5 * std::erfc(z / std::sqrt(2));
}

// Points [count][n] of the unit cube, which are to be uniform.
double uniform_on_a_grid(const std::vector<double>& u, std::size_t n, int cells) {
  std::vector<double> counts(static_cast<std::size_t>(std::pow(cells, n) + 0.5));
  for (std::size_t row = 0; row < u.size(); row += n) {
    std::size_t cell = 0;
    for (std::size_t k = 0; k < n; ++k) {
      cell = cell * static_cast<std::size_t>(cells) +
             static_cast<std::size_t>(std::min<double>(cells - 1, u[row + k] * cells));
    }
    ++counts[cell];
  }
  const double expected = static_cast<double>(u.size() / n) / static_cast<double>(counts.size());
  double chi_square = 0;
  for (const double count : counts)
    chi_square += (count - expected) * (count - expected) / expected;
  return chi_square_above(chi_square, static_cast<double>(counts.size()) - 1);
}

// Each marginal by its own cdf, and the cells into which the Rosenblatt transform cuts the whole.
void expect_samples_of(const Distribution& distribution, std::int64_t count,
                       const std::vector<double>& given = {}) {
  const auto n = static_cast<std::size_t>(distribution.variables());
  const auto x = samples_of(distribution, count, given);
  Workspace workspace(2);
  std::vector<double> rows;
  for (std::size_t row = 0; row < x.size(); row += n) {
    rows.insert(rows.end(), &x[row], &x[row] + n);
    rows.insert(rows.end(), given.begin(), given.end());
  }
  std::vector<double> u(x.size()), shares(static_cast<std::size_t>(count));
  rosenblatt(distribution, workspace, rows.data(), count, u.data());
  EXPECT_GT(uniform_on_a_grid(u, n, n == 1 ? 100 : 8), 0.001);
  for (std::size_t k = 0; k < n; ++k) {
    std::vector<double> marginal_rows;
    for (std::size_t row = 0; row < x.size(); row += n) {
      marginal_rows.push_back(x[row + k]);
      marginal_rows.insert(marginal_rows.end(), given.begin(), given.end());
    }
    orthant_probability(distribution.marginal(std::vector{static_cast<int>(k)}), workspace,
                        Side::below, marginal_rows.data(), count, shares.data());
    EXPECT_GT(kolmogorov_smirnov(shares), 0.001) << "variable " << k;
  }
}

std::int64_t many() { return test::sweep(100000, 1000000); }
// For networks, whose samples are roots of their cdfs.
std::int64_t some() { return test::sweep(5000, 200000); }

TEST(Sample, ofAMixtureFollowsItsCdfs) {
  expect_samples_of(Distribution::of(test::moved_model(test::mixture_settings_of(2)), 0), many());
  const Distribution shared =
      Distribution::of(test::moved_model(test::shared_out(test::mixture_settings_of(2))), 1);
  expect_samples_of(shared, some());
}

TEST(Sample, ofAMixtureFollowsItsCdfsUnderValuesGivenAndTruncated) {
  const Distribution whole =
      Distribution::of(test::moved_model(test::shared_out(test::mixture_settings_of(3))), 0);
  expect_samples_of(whole.given(std::vector{1}), some(), {0.3});
  const double lower[] = {-0.3, -0.9, 0.2}, upper[] = {0.4, 0.1, HUGE_VAL};
  const Distribution cut = whole.truncated(lower, upper);
  expect_samples_of(cut, some());
  expect_samples_of(cut.marginal(std::vector{2, 0}).given(std::vector{1}), some(), {0.1});
}

TEST(Sample, ofAMixtureFollowsItsCdfsOnMappedDomains) {
  for (const auto& [name, domain] : test::mapped_domains(2)) {
    SCOPED_TRACE(name);
    const Model<double> model =
        test::moved_model(test::on_domain(test::mixture_settings_of(2), domain));
    expect_samples_of(Distribution::of(model, 0), some());
  }
}

TEST(Sample, ofANetworkFollowsItsCdfs) {
  expect_samples_of(Distribution::of(test::moved_model(test::settings_of(1)), 0), some());
  const Distribution shared =
      Distribution::of(test::moved_model(test::shared_out(test::settings_of(2))), 1);
  expect_samples_of(shared, some());
  const double lower[] = {-0.3, 0.2}, upper[] = {0.4, HUGE_VAL};
  expect_samples_of(shared.truncated(lower, upper), some());
}

TEST(Sample, ofANetworkFollowsItsCdfsOnAFallingDomain) {
  const auto domain = test::mapped_domains(2).back().second;
  const Model<double> model = test::moved_model(test::on_domain(test::settings_of(2), domain));
  expect_samples_of(Distribution::of(model, 0), some());
}

TEST(Sample, followsTheCdfsUnderConditions) {
  for (const ModelSettings& settings :
       {test::settings_of(2), test::shared_out(test::mixture_settings_of(2))}) {
    ModelSettings conditioned = test::conditioned_by_film(settings);
    std::fill(conditioned.constraint.target.begin(), conditioned.constraint.target.end(), 1.0);
    const Distribution whole = Distribution::of(test::moved_model(conditioned, 0.2), 0);
    expect_samples_of(whole, test::sweep(2000, 100000), {1, 2});
    expect_samples_of(whole.given(std::vector{0}), test::sweep(2000, 100000), {-0.2, 3, 0.5});
  }
}

// Far from all components, where their masses are no numbers any more.
TEST(Sample, ofAMixtureFollowsItsCdfWhereItUnderflows) {
  const double lower[] = {0}, upper[] = {0.25}, narrow[] = {1e-5};
  const Distribution whole = Distribution::of(test::narrow_mixture(1, 60), 0);
  expect_samples_of(whole.truncated(lower, upper), some());
  expect_samples_of(whole.truncated(lower, narrow), some());
  const double first[] = {0, -0.9}, last[] = {0.25, 0.8};
  const Distribution plane = Distribution::of(test::narrow_mixture(2, 60), 0);
  expect_samples_of(plane.truncated(first, last), some());
}

// On a disk there is no cdf of x: shares of samples in cells against a quadrature of the density.
TEST(Sample, onADiskFollowsItsDensity) {
  const double centre[] = {0, 0};
  for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    const Model<double> model =
        test::moved_model(test::on_domain(settings, disk_domain(centre, 1)));
    const Distribution distribution = Distribution::of(model, 0);
    const std::int64_t count = some();
    const auto x = samples_of(distribution, count);
    const std::vector<double> lower{-0.3, 0.1}, upper{0.2, 0.7};
    double inside = 0, expected = 0;
    for (std::size_t row = 0; row < x.size(); row += 2) {
      EXPECT_LE(std::hypot(x[row], x[row + 1]), 1 + 1e-12);
      inside += x[row] >= lower[0] && x[row] <= upper[0] && x[row + 1] >= lower[1] &&
                        x[row + 1] <= upper[1]
                    ? 1
                    : 0;
    }
    Workspace workspace(1);
    test::for_each_node(16, 1, lower, upper, [&](const double* point, double weight) {
      double value = 0;
      density(distribution, workspace, point, 1, &value, nullptr);
      expected += weight * value;
    });
    const auto size = static_cast<double>(count);
    EXPECT_NEAR(inside / size, expected, 4 * std::sqrt(expected * (1 - expected) / size));
  }
}

TEST(Sample, staysWithinTheLimits) {
  const Distribution whole =
      Distribution::of(test::moved_model(test::shared_out(test::mixture_settings_of(2))), 0);
  const double lower[] = {0.1, -0.25}, upper[] = {0.1 + 1e-9, -0.2};
  const auto x = samples_of(whole.truncated(lower, upper), 2000);
  for (std::size_t row = 0; row < x.size(); row += 2) {
    EXPECT_TRUE(x[row] >= lower[0] && x[row] <= upper[0]);
    EXPECT_TRUE(x[row + 1] >= lower[1] && x[row + 1] <= upper[1]);
  }
}

}  // namespace
}  // namespace finn::net
