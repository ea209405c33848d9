#include "finn/queries/axis_root.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

AxisSearch search_for(RowQueries& queries, double below, double start) {
  const QueryRow roles = queries.begin(nullptr, 0);
  return {roles, queries.whole(roles, 0), below, 1 - below, start};
}

double share_below(RowQueries& queries, int axis, double u) {
  QueryRow row = queries.begin(nullptr, 0);
  const Mass whole = queries.whole(row, 0);
  row.set_interval(axis, row.lower(axis), u);
  return ratio(queries.evaluator().evaluate(row.query()), whole);
}

TEST(FindRoots, meetsEachShareWhereverItBegins) {
  for (const test::QueryCase& one : test::query_networks(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution distribution = Distribution::of(model, one.output);
    RowQueries queries(distribution);
    const double lower = model.box().lower[1], upper = model.box().upper[1];
    // Where nothing is known of the start, the search finds one.
    for (const double part : {1e-12, 0.5, 1 - 1e-12, AxisSearch::kUnknown}) {
      std::vector<AxisSearch> searches;
      for (const double below : {1e-9, 0.01, 0.3, 0.5, 0.8, 1 - 1e-9}) {
        searches.push_back(search_for(queries, below, lower + part * (upper - lower)));
      }
      find_roots(queries, 1, searches.data(), static_cast<int>(searches.size()), nullptr, 0);
      for (const AxisSearch& search : searches) {
        EXPECT_NEAR(share_below(queries, 1, search.u), search.below, 1e-14);
      }
    }
  }
}

TEST(FindRoots, givesTheLimitsForNothingAndForAll) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  const Distribution distribution = Distribution::of(model, 0);
  RowQueries queries(distribution);
  AxisSearch searches[] = {search_for(queries, 0, 0), search_for(queries, 1, 0),
                           search_for(queries, 0.5, 0)};
  find_roots(queries, 0, searches, 3, nullptr, 0);
  EXPECT_EQ(searches[0].u, model.box().lower[0]);
  EXPECT_EQ(searches[1].u, model.box().upper[0]);
  EXPECT_NEAR(share_below(queries, 0, searches[2].u), 0.5, 1e-14);
}

// Normals so narrow that Newton's method sees no density nearly everywhere.
TEST(FindRoots, findsTheMassOfAPeakThatItDoesNotSeeAtFirst) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.network.components = 1;
  Model<double> model(settings);
  CornerScratch scratch;
  const std::vector<double> rows{0.2, 0.2001, 0.2002, 0.2003};
  initialise(model, 1, scratch, {rows.data(), 4});
  const Distribution distribution = Distribution::of(model, 0);
  RowQueries queries(distribution);
  AxisSearch searches[] = {search_for(queries, 0.5, -0.9), search_for(queries, 0.5, 0.4),
                           search_for(queries, 1e-200, -0.9)};
  find_roots(queries, 0, searches, 3, nullptr, 0);
  EXPECT_NEAR(share_below(queries, 0, searches[0].u), 0.5, 1e-11);
  EXPECT_NEAR(searches[0].u, searches[1].u, 1e-15);
  EXPECT_NEAR(searches[0].u, 0.2, 0.01);
  EXPECT_NEAR(share_below(queries, 0, searches[2].u) / 1e-200, 1, 1e-9);
}

}  // namespace
}  // namespace finn::net
