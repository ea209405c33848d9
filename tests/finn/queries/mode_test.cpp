#include "finn/queries/mode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/tape.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

struct Peak {
  std::vector<double> x;
  double log = 0;
};

Peak peak_of(const Distribution& distribution, const std::vector<double>& given = {},
             std::int64_t samples = 200) {
  Peak peak{std::vector<double>(static_cast<std::size_t>(distribution.variables()))};
  Workspace workspace(2);
  mode(distribution, workspace, {given.data(), samples, 4}, peak.x.data(), &peak.log);
  return peak;
}

double log_at(const Distribution& distribution, std::vector<double> x,
              const std::vector<double>& given = {}) {
  x.insert(x.end(), given.begin(), given.end());
  Workspace workspace(1);
  double log = 0;
  density(distribution, workspace, x.data(), 1, nullptr, &log);
  return log;
}

// Uniform points of the domain, in u.
double best_of_random_points(const Model<double>& model, const Distribution& distribution) {
  std::vector<double> rows = test::points_in(model.box(), 10000), logs(10000);
  distribution.to_points(10000, rows.data());
  Workspace workspace(2);
  density(distribution, workspace, rows.data(), 10000, nullptr, logs.data());
  return *std::max_element(logs.begin(), logs.end());
}

TEST(Mode, isAtLeastAsHighAsTheBestOfManyPoints) {
  std::vector<test::QueryCase> cases = test::query_networks(2);
  for (const auto& [name, domain] : test::mapped_domains(2)) {
    cases.push_back({name, test::on_domain(test::mixture_settings_of(2), domain)});
  }
  const double centre[] = {0, 0};
  cases.push_back({"disk", test::on_domain(test::settings_of(2), disk_domain(centre, 1))});
  for (const test::QueryCase& one : cases) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution distribution = Distribution::of(model, one.output);
    const Peak peak = peak_of(distribution);
    EXPECT_NEAR(peak.log, log_at(distribution, peak.x), 1e-12);
    EXPECT_GE(peak.log, best_of_random_points(model, distribution));
  }
}

TEST(Mode, isTheHigherOfTwoPeaks) {
  ModelSettings settings = test::mixture_settings_of(2);
  settings.network.components = 4;
  Model<double> model(settings);
  std::vector<double> rows;
  for (int r = 0; r < 40; ++r) {
    const double at = r % 4 == 0 ? -0.6 : 0.3;
    rows.insert(rows.end(), {at + 0.001 * r, at - 0.001 * r});
  }
  CornerScratch scratch;
  initialise(model, 1, scratch, {rows.data(), 40});
  const Distribution distribution = Distribution::of(model, 0);
  const Peak peak = peak_of(distribution);
  EXPECT_GE(peak.log, log_at(distribution, {-0.58, -0.62}));
  EXPECT_GE(peak.log, log_at(distribution, {0.32, 0.28}));
  EXPECT_GE(peak.log, best_of_random_points(model, distribution));
}

// The density has no slope there, to 1e-8 of the spread or so.
TEST(Mode, isAPeakUnderValuesGivenAndConditions) {
  const Model<double> model =
      test::moved_model(test::conditioned_by_film(test::mixture_settings_of(3)), 0.2);
  const Distribution distribution = Distribution::of(model, 0).given(std::vector{1});
  const std::vector<double> given{0.2, 1, 2};
  const Peak peak = peak_of(distribution, given);
  for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
    for (const double step : {1e-3, -1e-3, 1e-5, -1e-5}) {
      std::vector<double> beside = peak.x;
      beside[k] += step;
      EXPECT_GE(peak.log, log_at(distribution, beside, given));
    }
  }
}

TEST(Mode, staysWithinTheLimits) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  const double lower[] = {0.1, -0.25}, upper[] = {0.2, -0.2};
  const Peak peak = peak_of(whole.truncated(lower, upper));
  for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
    EXPECT_GE(peak.x[k], lower[k]);
    EXPECT_LE(peak.x[k], upper[k]);
  }
  EXPECT_TRUE(std::isfinite(peak.log));
}

TEST(Mode, isTheSameForAnyNumberOfThreads) {
  const Distribution distribution = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  std::vector<double> one(2), three(2);
  Workspace alone(1), together(3);
  mode(distribution, alone, {nullptr, 200, 4}, one.data(), nullptr);
  mode(distribution, together, {nullptr, 200, 4}, three.data(), nullptr);
  EXPECT_EQ(one, three);
}

}  // namespace
}  // namespace finn::net
