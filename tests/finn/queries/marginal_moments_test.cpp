#include "finn/queries/marginal_moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_moments.hpp"
#include "finn/queries/row_queries.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(MarginalMoments, leaveOutACovarianceThatIsNotWanted) {
  const Distribution distribution = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  RowQueries queries(distribution);
  const QueryRow roles = queries.begin(nullptr, 0);
  const Mass whole = queries.whole(roles, 0);
  const RowMoments all = marginal_moments(queries, roles, nullptr, whole, true);
  const RowMoments means = marginal_moments(queries, roles, nullptr, whole, false);
  EXPECT_EQ(means.mean, all.mean);
  EXPECT_EQ(means.mean_error, all.mean_error);
  EXPECT_EQ(means.covariance, std::vector<double>(4));
  EXPECT_GT(all.covariance[0], 0);
  EXPECT_EQ(all.covariance[1], all.covariance[2]);
}

// By the midpoint rule.
TEST(MarginalMoments, areThoseOfTheDensity) {
  const Distribution distribution = Distribution::of(test::moved_model(test::settings_of(1)), 0);
  RowQueries queries(distribution);
  const QueryRow roles = queries.begin(nullptr, 0);
  const RowMoments found = marginal_moments(queries, roles, nullptr, queries.whole(roles, 0), true);
  constexpr int count = 4000;
  const double lower = roles.lower(0), step = (roles.upper(0) - lower) / count;
  std::vector<double> x, p(count);
  for (int i = 0; i < count; ++i) x.push_back(lower + step * (i + 0.5));
  Workspace workspace(1);
  density(distribution, workspace, x.data(), count, p.data(), nullptr);
  double mean = 0, variance = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean += p[i] * step * x[i];
  for (std::size_t i = 0; i < x.size(); ++i) variance += p[i] * step * std::pow(x[i] - mean, 2);
  EXPECT_NEAR(found.mean[0], mean, 1e-6);
  EXPECT_NEAR(found.covariance[0], variance, 1e-6);
  EXPECT_LT(found.mean_error[0], 1e-9);
}

}  // namespace
}  // namespace finn::net
