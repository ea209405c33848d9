#include "finn/queries/component_moments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "finn/model/model_settings.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/marginal_moments.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_moments.hpp"
#include "finn/queries/row_queries.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Both ways of the same row.
void expect_the_same_by_quadrature(const Distribution& distribution, const double* given) {
  RowQueries queries(distribution);
  const QueryRow roles = queries.begin(given, 0);
  const Mass whole = queries.whole(roles, 0);
  const RowMoments closed =
      component_moments(queries, *queries.evaluator().mixture(), roles, whole);
  const RowMoments sums = marginal_moments(queries, roles, given, whole, true);
  for (std::size_t k = 0; k < closed.mean.size(); ++k) {
    EXPECT_NEAR(closed.mean[k], sums.mean[k], 1e-8);
  }
  for (std::size_t k = 0; k < closed.covariance.size(); ++k) {
    EXPECT_NEAR(closed.covariance[k], sums.covariance[k], 1e-8);
  }
}

TEST(ComponentMoments, areThoseOfTheMarginalDensities) {
  ModelSettings settings = test::mixture_settings_of(3);
  for (const double share : {0.0, 0.2}) {
    settings.constraint.uniform_share = share;
    const Distribution whole = Distribution::of(test::moved_model(settings), 0);
    expect_the_same_by_quadrature(whole, nullptr);
    const double lower[] = {-0.5, -0.2, -9}, upper[] = {0.4, 9, 0.1};
    const Distribution cut = whole.truncated(lower, upper);
    expect_the_same_by_quadrature(cut.marginal(std::vector{2, 0}), nullptr);
    const double given = -0.1;
    expect_the_same_by_quadrature(cut.given(std::vector{1}), &given);
  }
}

}  // namespace
}  // namespace finn::net
