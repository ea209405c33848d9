#include "finn/chains/chain_fit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <utility>
#include <variant>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

ChainLimits no_limits(int variables) {
  const auto n = static_cast<std::size_t>(variables);
  return {std::vector<double>(n, -test::kInfinity), std::vector<double>(n, test::kInfinity)};
}

ChainFit fitted(const std::vector<double>& x, int variables, int conditions,
                const ChainOptions& options, const std::vector<double>& weights = {}) {
  ChainFit fit(conditions, no_limits(variables), options);
  Workspace workspace(1);
  const auto rows = static_cast<std::int64_t>(x.size()) / (variables + conditions);
  EXPECT_TRUE(fit.fit(workspace, x.data(), weights.empty() ? nullptr : weights.data(), rows, {}));
  return fit;
}

std::vector<double> log_densities_of(const Chain& chain, const std::vector<double>& x) {
  Workspace workspace(1);
  std::vector<double> logs(x.size() / static_cast<std::size_t>(chain.columns()));
  density(chain, workspace, x.data(), static_cast<std::int64_t>(logs.size()), nullptr, logs.data());
  return logs;
}

std::vector<double> autoregressive_rows(int count, int variables, std::uint64_t seed) {
  core::Random random(seed);
  std::vector<double> x;
  for (int r = 0; r < count; ++r) {
    double before = random.normal();
    for (int i = 0; i < variables; ++i) {
      if (i > 0) before = 0.8 * before + 0.6 * random.normal();
      x.push_back(before);
    }
  }
  return x;
}

// x2 = sin(2 x1) + noise.
std::vector<double> sine_rows(int count, std::uint64_t seed) {
  core::Random random(seed);
  std::vector<double> x;
  for (int r = 0; r < count; ++r) {
    const double first = random.uniform(-3, 3);
    x.insert(x.end(), {first, std::sin(2 * first) + 0.1 * random.normal()});
  }
  return x;
}

TEST(ChainFit, ofAnAutoregressionReachesItsEntropyAndStaysSimple) {
  const ChainFit fit = fitted(autoregressive_rows(2000, 3, 1), 3, 0, test::short_options(60));
  const double of_one = 0.5 * std::log(2 * std::numbers::pi * std::numbers::e);
  const double entropy = 3 * of_one + 2 * std::log(0.6);
  const auto logs = log_densities_of(fit.chain(), autoregressive_rows(4000, 3, 2));
  EXPECT_NEAR(-test::mean_of(logs), entropy, 0.05);
  for (const LinkReport& report : fit.reports()) {
    EXPECT_EQ(report.form, LinkForm::linear);
    EXPECT_TRUE(std::isfinite(report.linear) && std::isfinite(report.residual));
  }
  EXPECT_TRUE(std::isnan(fit.reports()[0].network));
  EXPECT_TRUE(std::isfinite(fit.reports()[1].network));
}

TEST(ChainFit, takesTheNetworkForWhatNoLineExplains) {
  ChainOptions options = test::short_options(400);
  options.linear_components = 1;
  options.widths = {16};
  const ChainFit fit = fitted(sine_rows(1500, 1), 2, 0, options);
  EXPECT_EQ(fit.reports()[1].form, LinkForm::network);
  EXPECT_GT(fit.reports()[1].network, fit.reports()[1].residual + 0.3);
  const ChainFit line = fitted(autoregressive_rows(1500, 2, 1), 2, 0, options);
  EXPECT_EQ(line.reports()[1].form, LinkForm::linear);
}

TEST(ChainFit, withoutLinearComponentsTriesNone) {
  ChainOptions options = test::short_options(20);
  options.linear_components = 0;
  const ChainFit fit = fitted(autoregressive_rows(200, 2, 1), 2, 0, options);
  EXPECT_TRUE(std::isnan(fit.reports()[0].linear));
  EXPECT_EQ(fit.reports()[0].form, LinkForm::residual);
  EXPECT_NE(fit.reports()[1].form, LinkForm::linear);
}

TEST(ChainFit, underConditionsIsTheConditional) {
  core::Random random(5);
  std::vector<double> x;
  for (int r = 0; r < 1000; ++r) {
    const double c = random.uniform(-2, 2), first = 3 * c + 0.5 * random.normal();
    x.insert(x.end(), {first, first - c + 0.25 * random.normal(), c});
  }
  const ChainFit fit = fitted(x, 2, 1, test::short_options(40));
  EXPECT_EQ(fit.conditions(), 1);
  const Chain chain = fit.chain();
  EXPECT_EQ(chain.given_columns(), 1);
  const double one = std::log(2 * std::numbers::pi);
  EXPECT_NEAR(log_densities_of(chain, {3, 2, 1})[0], -one - std::log(0.125), 0.15);
  EXPECT_LT(log_densities_of(chain, {3, 2, -1})[0], -50);
}

// Half of the rows lie elsewhere, and weigh next to nothing.
TEST(ChainFit, followsTheWeights) {
  std::vector<double> x = autoregressive_rows(800, 2, 1), weights(800, 1.0);
  for (std::size_t r = 0; r < 800; r += 2) {
    x[2 * r] += 20;
    weights[r] = 1e-6;
  }
  const Chain chain = fitted(x, 2, 0, test::short_options(40), weights).chain();
  const double of_one = 0.5 * std::log(2 * std::numbers::pi * std::numbers::e);
  const auto logs = log_densities_of(chain, autoregressive_rows(1000, 2, 3));
  EXPECT_NEAR(-test::mean_of(logs), 2 * of_one + std::log(0.6), 0.1);
}

TEST(ChainFit, takesRowsOfWeight0AsIfTheyWereNotThere) {
  const std::vector<double> x = autoregressive_rows(100, 2, 1);
  std::vector<double> more = x, weights(100, 1.0);
  more.insert(more.begin() + 20, {1e200, -1e300});
  weights.insert(weights.begin() + 10, 0.0);
  more.insert(more.end(), {7e7, 3});
  weights.push_back(0);
  const ChainFit with = fitted(more, 2, 0, test::short_options(10), weights);
  const ChainFit without = fitted(x, 2, 0, test::short_options(10));
  EXPECT_EQ(log_densities_of(with.chain(), x), log_densities_of(without.chain(), x));
}

TEST(ChainFit, hasTheSameBitsForTheSameSeed) {
  const std::vector<double> x = sine_rows(200, 1);
  ChainOptions options = test::short_options(20);
  const auto logs = log_densities_of(fitted(x, 2, 0, options).chain(), x);
  EXPECT_EQ(log_densities_of(fitted(x, 2, 0, options).chain(), x), logs);
  options.seed = 1;
  EXPECT_NE(log_densities_of(fitted(x, 2, 0, options).chain(), x), logs);
}

TEST(ChainFit, ofFloatIsAnotherOneOfTheSameRows) {
  const std::vector<double> x = sine_rows(300, 1);
  ChainOptions options = test::short_options(60);
  options.linear_components = 0;
  const auto logs = log_densities_of(fitted(x, 2, 0, options).chain(), x);
  options.precision = ChainPrecision::float32;
  const auto of_float = log_densities_of(fitted(x, 2, 0, options).chain(), x);
  EXPECT_NE(of_float, logs);
  EXPECT_NEAR(test::mean_of(of_float), test::mean_of(logs), 0.1);
}

// What progress saw, and where it stops.
struct Watch {
  std::vector<std::int64_t> steps;
  std::vector<double> seconds;
  std::int64_t of_all = 0, stop_after = INT64_MAX, seen = 0;

  static bool report(const Progress& progress, void* context) {
    auto& self = *static_cast<Watch*>(context);
    self.steps.push_back(progress.step);
    self.seconds.push_back(progress.seconds);
    self.of_all = progress.steps;
    return ++self.seen % self.stop_after != 0;
  }
  Callbacks callbacks() {
    Callbacks made;
    made.progress = &Watch::report;
    made.context = this;
    return made;
  }
};

TEST(ChainFit, reportsTheStepsOfAllLinksInOrder) {
  const std::vector<double> x = sine_rows(100, 1);
  ChainFit fit(0, no_limits(2), test::short_options(20));
  Workspace workspace(1);
  Watch watch;
  EXPECT_TRUE(fit.fit(workspace, x.data(), nullptr, 100, watch.callbacks()));
  EXPECT_EQ(watch.of_all, 40);
  EXPECT_EQ(watch.steps.back(), 40);
  EXPECT_EQ(watch.steps.size(), 40u);
  EXPECT_TRUE(std::is_sorted(watch.steps.begin(), watch.steps.end()));
  EXPECT_TRUE(std::is_sorted(watch.seconds.begin(), watch.seconds.end()))
      << "the seconds are those since the fit began, too";
}

// Stopped again and again, in the first link too: each call has to get further.
TEST(ChainFit, goesOnToTheSameBitsWhereItWasStopped) {
  const std::vector<double> x = sine_rows(100, 1);
  const auto expected = log_densities_of(fitted(x, 2, 0, test::short_options(20)).chain(), x);
  ChainFit fit(0, no_limits(2), test::short_options(20));
  Workspace workspace(1);
  Watch watch;
  watch.stop_after = 7;
  int calls = 0;
  while (calls < 20 && !fit.fit(workspace, x.data(), nullptr, 100, watch.callbacks())) {
    ++calls;
    if (fit.links().size() < 2) {
      EXPECT_FALSE(fit.is_complete());
      test::expect_refused([&] { (void)fit.chain(); }, "of 2 links are fitted; fit it first");
    }
  }
  EXPECT_GE(calls, 4);
  EXPECT_LT(calls, 8);
  EXPECT_TRUE(fit.is_complete());
  EXPECT_EQ(log_densities_of(fit.chain(), x), expected);
  EXPECT_TRUE(fit.fit(workspace, x.data(), nullptr, 100, {}));
  EXPECT_EQ(fit.links().size(), 2u);
}

// As a chain does that was loaded from a file: the first link is there, the next ones are missing.
TEST(ChainFit, goesOnAfterLinksThatWereAdded) {
  const std::vector<double> x = sine_rows(100, 1);
  const ChainFit whole = fitted(x, 2, 0, test::short_options(20));
  ChainFit rest(0, no_limits(2), test::short_options(20));
  rest.add(whole.links()[0], whole.reports()[0]);
  Workspace workspace(1);
  EXPECT_TRUE(rest.fit(workspace, x.data(), nullptr, 100, {}));
  EXPECT_EQ(log_densities_of(rest.chain(), x), log_densities_of(whole.chain(), x));
}

// A file has room for one mixture.
TEST(ChainFit, hasOneMixtureForAllLinksWhicheverRowsTheyComeFrom) {
  const std::vector<double> first = autoregressive_rows(300, 2, 1);
  const std::vector<double> second = autoregressive_rows(300, 2, 2);
  ChainFit fit(0, no_limits(2), test::short_options(10));
  EXPECT_EQ(fit.linear_chains(), nullptr);
  Workspace workspace(1);
  Watch watch;
  watch.stop_after = 11;
  EXPECT_FALSE(fit.fit(workspace, first.data(), nullptr, 300, watch.callbacks()));
  ASSERT_EQ(fit.reports()[0].form, LinkForm::linear);
  EXPECT_TRUE(fit.fit(workspace, second.data(), nullptr, 300, {}));
  ASSERT_EQ(fit.reports()[1].form, LinkForm::linear);
  EXPECT_NE(fit.linear_chains(), nullptr);
  for (const ChainLink& link : fit.links()) {
    EXPECT_EQ(std::get<LinearLink>(link.form()).chains, fit.linear_chains());
  }
}

TEST(ChainFit, holdsItsLimits) {
  core::Random random(1);
  std::vector<double> x;
  for (int r = 0; r < 400; ++r) {
    const double first = std::fabs(random.normal());
    x.insert(x.end(), {first, std::min(1.0, 0.3 * first + random.uniform(0, 0.3))});
  }
  ChainFit fit(0, {{0, 0}, {test::kInfinity, 1}}, test::short_options(40));
  Workspace workspace(1);
  EXPECT_TRUE(fit.fit(workspace, x.data(), nullptr, 400, {}));
  const auto logs = log_densities_of(fit.chain(), {0.5, 0.3, -1e-9, 0.3, 0.5, 1.0000001});
  EXPECT_TRUE(std::isfinite(logs[0]));
  EXPECT_EQ(logs[1], -test::kInfinity);
  EXPECT_EQ(logs[2], -test::kInfinity);
}

TEST(ChainFit, refusesTooFewRowsAndGoesWithTwo) {
  const std::vector<double> x = sine_rows(2, 1);
  Workspace workspace(1);
  ChainFit fit(0, no_limits(2), test::short_options(2));
  test::expect_refused([&] { fit.fit(workspace, x.data(), nullptr, 1, {}); }, "rows: 1 given");
  EXPECT_TRUE(fit.links().empty());
  EXPECT_TRUE(fit.fit(workspace, x.data(), nullptr, 2, {}));
  for (const double log : log_densities_of(fit.chain(), x)) EXPECT_FALSE(std::isnan(log));
}

TEST(ChainFit, ofAVariableThatIsConstantIsANarrowOne) {
  std::vector<double> x = autoregressive_rows(100, 2, 1);
  for (std::size_t r = 0; r < 100; ++r) x[2 * r] = 4;
  const Chain chain = fitted(x, 2, 0, test::short_options(20)).chain();
  const auto logs = log_densities_of(chain, {4, 0, 5, 0});
  EXPECT_GT(logs[0], 0);
  EXPECT_LT(logs[1], -100);
}

}  // namespace
}  // namespace finn::net
