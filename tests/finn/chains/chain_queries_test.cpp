#include "finn/chains/chain_queries.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "finn/chains/chain.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Two conditions, a network under them, then a linear link of all.
Chain chain_with_network(double lower = -test::kInfinity, double upper = test::kInfinity) {
  const auto chains = std::make_shared<const LinearChains>(test::linear_mixture(4, 3));
  const Model<double> model =
      test::moved_model(test::conditioned_by_film(test::mixture_settings_of(1)));
  ChainLinks links{2, {}};
  links.links.emplace_back(NetworkLink({1, 2, {0.5, -0.5}}, model), lower, upper);
  links.links.emplace_back(LinearLink{chains, 3}, lower, upper);
  return Chain(std::make_shared<const ChainLinks>(std::move(links)));
}

std::vector<double> repeated(const std::vector<double>& row, std::int64_t count) {
  std::vector<double> rows;
  for (std::int64_t r = 0; r < count; ++r) rows.insert(rows.end(), row.begin(), row.end());
  return rows;
}

// Rows (x, beside) of points x [..][variables].
std::vector<double> chain_rows(const Chain& chain, const std::vector<double>& x,
                               const std::vector<double>& beside) {
  const auto n = static_cast<std::size_t>(chain.variables());
  std::vector<double> rows;
  for (std::size_t at = 0; at < x.size(); at += n) {
    rows.insert(rows.end(), &x[at], &x[at] + n);
    rows.insert(rows.end(), beside.begin(), beside.end());
  }
  return rows;
}

std::vector<double> chain_samples(const Chain& chain, std::int64_t count,
                                  const std::vector<double>& given = {}, std::int64_t first = 0,
                                  int threads = 2, std::uint64_t seed = 5) {
  Workspace workspace(threads);
  std::vector<double> x(static_cast<std::size_t>(count * chain.variables()));
  const std::vector<double> beside = repeated(given, count);
  sample(chain, workspace, seed, first, given.empty() ? nullptr : beside.data(), count, x.data());
  return x;
}

TEST(ChainDensity, isTheProductOfTheLinks) {
  Workspace workspace(1);
  const Chain chain = chain_with_network(-3, 4);
  const double c[] = {1.5, 0.5};
  for (const auto& [a, b] : {std::pair{0.4, 0.5}, {1.1, -2.9}, {1.6, 3.9}}) {
    const double x[] = {a, b, c[0], c[1]}, first[] = {a, c[0], c[1]}, second[] = {b, c[0], c[1], a};
    double logs[2], density_at = 0, log = 0;
    chain.link(0).log_density(workspace, first, 1, logs);
    chain.link(1).log_density(workspace, second, 1, logs + 1);
    density(chain, workspace, x, 1, &density_at, &log);
    EXPECT_NEAR(log, logs[0] + logs[1], 1e-12);
    EXPECT_NEAR(density_at, std::exp(log), 1e-14);
  }
}

TEST(ChainDensity, ofAMixtureIsThatByItsCovariances) {
  Workspace workspace(1);
  const LinearChains chains = test::linear_mixture(3, 3);
  const WeightedRows rows = test::rows_of(chains, 30, 3);
  std::vector<double> logs(30);
  density(test::chain_of(chains), workspace, rows.x.data(), 30, nullptr, logs.data());
  for (std::int64_t r = 0; r < 30; ++r) {
    EXPECT_NEAR(logs[static_cast<std::size_t>(r)], test::log_mixture_density(chains, rows.row(r)),
                1e-11);
  }
}

TEST(ChainDensity, outsideOfALimitIs0) {
  Workspace workspace(1);
  const Chain chain = test::chain_of(test::two_normals(0.5), 0, {-1, -1}, {1, 1});
  const double x[] = {0, 1.01, -1.01, 0, 1, 1};
  double densities[3], logs[3];
  density(chain, workspace, x, 3, densities, logs);
  EXPECT_EQ(densities[0], 0);
  EXPECT_EQ(densities[1], 0);
  EXPECT_GT(densities[2], 0);
  EXPECT_EQ(logs[0], -test::kInfinity);
}

TEST(ChainDensity, ofTheFirstVariablesAndGivenThemMultiplyToTheWhole) {
  Workspace workspace(1);
  const Chain chain = test::chain_of(test::linear_mixture(5, 2), 1);
  const double c = 0.3, x[] = {0.1, 0.2, -0.4, 0.9, c};
  const double first[] = {0.1, 0.2, c};
  const double last[] = {-0.4, 0.9, 0.2, 0.1, c};  // given 1, then 0
  double whole = 0, of_first = 0, of_last = 0;
  density(chain, workspace, x, 1, nullptr, &whole);
  density(chain.marginal(std::vector{0, 1}), workspace, first, 1, nullptr, &of_first);
  density(chain.given(std::vector{1, 0}), workspace, last, 1, nullptr, &of_last);
  EXPECT_NEAR(whole, of_first + of_last, 1e-12);
}

TEST(ChainRosenblatt, hasTheCdfsOfTheLinks) {
  Workspace workspace(1);
  const Chain chain = test::chain_of(test::two_normals(0.8));
  const double x[] = {0.7, -0.2};
  double u[2];
  rosenblatt(chain, workspace, x, 1, u);
  EXPECT_NEAR(u[0], test::normal_cdf(0.7), 1e-14);
  EXPECT_NEAR(u[1], test::normal_cdf((-0.2 - 0.8 * 0.7) / 0.6), 1e-14);
}

TEST(ChainRosenblatt, andItsInverseAreInverseToEachOther) {
  Workspace workspace(2);
  const std::vector<double> beside{1.5, 0.5};
  for (const Chain& chain : {chain_with_network(), chain_with_network(-3, 4)}) {
    const std::vector<double> u = test::random_in(200, 0.001, 0.999, 7);
    const std::vector<double> given = repeated(beside, 100);
    std::vector<double> x(200), again(200), back(200);
    inverse_rosenblatt(chain, workspace, u.data(), given.data(), 100, x.data());
    const std::vector<double> rows = chain_rows(chain, x, beside);
    rosenblatt(chain, workspace, rows.data(), 100, again.data());
    inverse_rosenblatt(chain, workspace, again.data(), given.data(), 100, back.data());
    for (std::size_t k = 0; k < u.size(); ++k) {
      EXPECT_NEAR(again[k], u[k], 1e-9);
      EXPECT_NEAR(back[k], x[k], 1e-9);
    }
  }
}

TEST(ChainRosenblatt, underValuesGivenIsThatOfTheLastVariables) {
  Workspace workspace(1);
  const Chain chain = test::chain_of(test::linear_mixture(4, 2), 1);
  const double x[] = {0.3, -0.7, 1.1, 0.25}, last[] = {1.1, -0.7, 0.3, 0.25};
  double whole[3], of_last = 0;
  rosenblatt(chain, workspace, x, 1, whole);
  rosenblatt(chain.given(std::vector{1, 0}), workspace, last, 1, &of_last);
  EXPECT_EQ(of_last, whole[2]);
}

TEST(ChainInverseRosenblatt, ofTheEndsAreTheLimits) {
  Workspace workspace(1);
  const Chain chain = test::chain_of(test::two_normals(0.5), 0, {-1, -2}, {1, 2});
  const double u[] = {0, 1, 1, 0};
  double x[4];
  inverse_rosenblatt(chain, workspace, u, nullptr, 2, x);
  EXPECT_EQ(std::vector<double>(x, x + 4), (std::vector<double>{-1, 2, 1, -2}));
}

TEST(ChainSample, isTheSameForAnyNumberOfThreadsAndAnyCutIntoCalls) {
  for (const auto& [chain, given] :
       {std::pair{chain_with_network(), std::vector<double>{1.5, 0.5}},
        {test::chain_of(test::linear_mixture(3, 2)), std::vector<double>{}}}) {
    const auto whole = chain_samples(chain, 200, given, 0, 1);
    EXPECT_EQ(chain_samples(chain, 200, given, 0, 3), whole);
    for (const std::int64_t cut : {1, 64, 199}) {
      auto parts = chain_samples(chain, cut, given);
      const auto rest = chain_samples(chain, 200 - cut, given, cut, 3);
      parts.insert(parts.end(), rest.begin(), rest.end());
      EXPECT_EQ(parts, whole) << "cut at " << cut;
    }
    EXPECT_NE(chain_samples(chain, 200, given, 0, 1, 6), whole);
  }
}

TEST(ChainSample, ofTheFirstVariablesAreThoseOfTheWhole) {
  const Chain chain = test::chain_of(test::linear_mixture(2, 2));
  const auto whole = chain_samples(chain, 50);
  // A row takes its uniforms one variable after the other.
  const auto first = chain_samples(chain.marginal(std::vector{0}), 50);
  for (std::size_t r = 0; r < 50; ++r) EXPECT_EQ(first[r], whole[2 * r]);
}

// That the Rosenblatt transform of samples is uniform in each variable, and in no two of them
// depends one on the other.
void expect_uniform_rosenblatt(const Chain& chain, const std::vector<double>& beside) {
  constexpr std::int64_t kCount = 3000;
  const auto n = static_cast<std::size_t>(chain.variables());
  const std::vector<double> rows = chain_rows(chain, chain_samples(chain, kCount, beside), beside);
  Workspace workspace(2);
  std::vector<double> u(n * kCount);
  rosenblatt(chain, workspace, rows.data(), kCount, u.data());
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> of_variable, sums;
    for (std::size_t at = 0; at < u.size(); at += n) {
      of_variable.push_back(u[at + i]);
      const double sum = u[at + i] + u[at + (i + 1) % n];
      sums.push_back(sum < 1 ? sum : sum - 1);  // uniform, too, where the two are independent
    }
    EXPECT_LT(test::distance_from_uniform(of_variable), 1.95) << "variable " << i;
    EXPECT_LT(test::distance_from_uniform(sums), 1.95) << "variable " << i;
  }
}

TEST(ChainSample, followsTheDistribution) {
  expect_uniform_rosenblatt(test::chain_of(test::linear_mixture(3, 3)), {});
  expect_uniform_rosenblatt(chain_with_network(-3, 4), {1.5, 0.5});
}

TEST(ChainSample, underValuesGivenFollowsTheConditional) {
  const Chain given = test::chain_of(test::two_normals(0.8)).given(std::vector{0});
  std::vector<double> shares;
  for (const double x : chain_samples(given, 3000, {2.5})) {
    shares.push_back(test::normal_cdf((x - 0.8 * 2.5) / 0.6));
  }
  EXPECT_LT(test::distance_from_uniform(shares), 1.95);
}

}  // namespace
}  // namespace finn::net
