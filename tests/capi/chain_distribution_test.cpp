// The distribution of a chain through finn.h.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(ChainDistribution, isASnapshotThatOutlivesTheChain) {
  ChainHandle chain = fitted_chain();
  const DistributionHandle distribution = distribution_of(chain.get());
  const std::vector<double> expected = log_densities(chain.get(), chain_rows(5));
  chain.reset();
  EXPECT_EQ(log_densities(distribution.get(), chain_rows(5)), expected);
  EXPECT_EQ(finn_distribution_variables(distribution.get()), 2);
  EXPECT_EQ(finn_distribution_given_columns(distribution.get()), 1);
}

TEST(ChainDistribution, isNotMadeOfWhatIsNone) {
  const ChainHandle fresh = make_chain();
  const auto make = [](const finn_chain* of) {
    return [=](finn_distribution** made, finn_error* e) {
      return finn_chain_distribution(of, made, e);
    };
  };
  using D = finn_distribution;
  expect_not_made<D>("chain", FINN_ERROR_NULL, "chain", make(nullptr));
  expect_not_made<D>("unfitted", FINN_ERROR_ARGUMENT, "links", make(fresh.get()));
  expect_refused({"distribution", FINN_ERROR_NULL, "distribution",
                  [&](finn_error* e) { return finn_chain_distribution(fresh.get(), nullptr, e); }});
}

TEST(ChainDistribution, hasTheLimitsOfTheChain) {
  const ChainHandle chain =
      fitted_chain({2, 1, {-5, -HUGE_VAL}, {HUGE_VAL, 2}, short_chain_options()});
  double lower[2], upper[2];
  const DistributionHandle distribution = distribution_of(chain.get());
  require_ok([&](finn_error* e) {
    return finn_distribution_support(distribution.get(), lower, upper, 2, e);
  });
  EXPECT_EQ(lower[0], -5);
  EXPECT_EQ(upper[0], HUGE_VAL);
  EXPECT_EQ(lower[1], -HUGE_VAL);
  EXPECT_EQ(upper[1], 2);
}

TEST(ChainDistribution, hasNeitherTruncationsNorModesNorGradients) {
  const DistributionHandle distribution = distribution_of(fitted_chain().get());
  const finn_distribution* d = distribution.get();
  const WorkspaceHandle workspace = make_workspace(1);
  finn_workspace* w = workspace.get();
  const double low[] = {-1, -1}, high[] = {1, 1}, x[] = {0, 0, 0};
  double out[12];
  expect_not_made<finn_distribution>("truncated", FINN_ERROR_ARGUMENT, "truncated",
                                     [&](finn_distribution** made, finn_error* e) {
                                       return finn_distribution_truncated(d, low, high, made, e);
                                     });
  const auto refused = [&](const char* what, auto&& call) {
    expect_refused({what, FINN_ERROR_ARGUMENT, "chain", call});
  };
  refused("mode", [&](finn_error* e) {
    return finn_distribution_mode(d, w, x + 2, 10, 0, out, 2, nullptr, e);
  });
  refused("score", [&](finn_error* e) {
    return finn_distribution_log_density_gradient(d, w, x, 1, out, 3, e);
  });
  refused("cdf gradient",
          [&](finn_error* e) { return finn_distribution_cdf_gradient(d, w, x, 1, out, 3, e); });
  refused("probability gradient", [&](finn_error* e) {
    return finn_distribution_probability_gradient(d, w, low, high, x + 2, 1, out, out + 2, 2,
                                                  out + 4, 1, e);
  });
  refused("jacobian", [&](finn_error* e) {
    return finn_distribution_rosenblatt_jacobian(d, w, x, 1, out, 6, out + 6, 4, e);
  });
}

TEST(ChainDistribution, hasMarginalsAndConditionalsOfFirstVariablesOnly) {
  const DistributionHandle whole = distribution_of(fitted_chain().get());
  const std::int32_t first[] = {0}, second[] = {1};
  for (const auto make : {finn_distribution_marginal, finn_distribution_given}) {
    expect_not_made<finn_distribution>("second", FINN_ERROR_ARGUMENT, "variable",
                                       [&](finn_distribution** made, finn_error* e) {
                                         return make(whole.get(), second, 1, made, e);
                                       });
    const DistributionHandle made = make_distribution(
        [&](finn_distribution** to, finn_error* e) { return make(whole.get(), first, 1, to, e); });
    EXPECT_EQ(finn_distribution_variables(made.get()), 1);
  }
}

TEST(ChainDistribution, answersAllOtherQueriesAlike) {
  const DistributionHandle whole = distribution_of(fitted_chain().get());
  const finn_distribution* d = whole.get();
  const WorkspaceHandle workspace = make_workspace(2);
  finn_workspace* w = workspace.get();
  const double c = 0.25, u[] = {0.3, 0.8}, low[] = {-2, -1};
  double x[3] = {0, 0, c}, again[2], cdf = 0, survival = 0, probability = 0, error = 0;
  require_ok(
      [&](finn_error* e) { return finn_distribution_inverse_rosenblatt(d, w, u, &c, 1, x, 2, e); });
  require_ok([&](finn_error* e) { return finn_distribution_rosenblatt(d, w, x, 1, again, 2, e); });
  EXPECT_NEAR(again[0], 0.3, 1e-9);
  EXPECT_NEAR(again[1], 0.8, 1e-9);
  require_ok([&](finn_error* e) { return finn_distribution_cdf(d, w, x, 1, &cdf, 1, e); });
  require_ok(
      [&](finn_error* e) { return finn_distribution_survival(d, w, x, 1, &survival, 1, e); });
  EXPECT_TRUE(cdf > 0 && survival > 0 && cdf + survival < 1);
  require_ok([&](finn_error* e) {
    return finn_distribution_probability(d, w, low, x, &c, 1, &probability, &error, 1, e);
  });
  EXPECT_TRUE(probability >= 0 && probability <= cdf + 4 * error);
  double mean[2], entropy = 0, deviation = 0, level = 0;
  require_ok([&](finn_error* e) {
    return finn_distribution_moments(d, w, &c, 1, mean, nullptr, 2, nullptr, nullptr, 0, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_entropy(d, w, &c, 500, 1, &entropy, &deviation, e);
  });
  require_ok([&](finn_error* e) {
    return finn_distribution_density_level(d, w, &c, 0.5, 500, 1, &level, nullptr, e);
  });
  EXPECT_TRUE(std::isfinite(mean[0]) && std::isfinite(entropy) && level > 0);
  double samples[6], p = 0.4, quantile = 0;
  const double three[] = {c, c, c};
  require_ok(
      [&](finn_error* e) { return finn_distribution_sample(d, w, 1, 0, three, 3, samples, 6, e); });
  const DistributionHandle first = marginal_of(whole, {0});
  require_ok([&](finn_error* e) {
    return finn_distribution_quantile(first.get(), w, &p, &c, 1, &quantile, 1, e);
  });
  const double at[] = {quantile, c};
  require_ok(
      [&](finn_error* e) { return finn_distribution_cdf(first.get(), w, at, 1, &cdf, 1, e); });
  EXPECT_NEAR(cdf, 0.4, 1e-9);
  expect_refused({"of two variables", FINN_ERROR_ARGUMENT, "distribution", [&](finn_error* e) {
                    return finn_distribution_quantile(d, w, &p, &c, 1, &quantile, 1, e);
                  }});
  expect_refused({"given NULL", FINN_ERROR_NULL, "given", [&](finn_error* e) {
                    return finn_distribution_sample(d, w, 1, 0, nullptr, 3, samples, 6, e);
                  }});
}

}  // namespace
}  // namespace finn::test
