#include "finn/queries/query_row.hpp"

#include <gtest/gtest.h>

#include "finn/domains/box.hpp"
#include "finn/queries/mass.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(QueryRow, integratesEveryVariableOverItsSideAtFirst) {
  const Box box = test::box_of({-1, 2}, {3, 5});
  const QueryRow row(box);
  const MassQuery query = row.query();
  EXPECT_EQ(query.points, 0u);
  EXPECT_EQ(query.lower[0], -1);
  EXPECT_EQ(query.upper[1], 5);
  EXPECT_EQ(query.width[0], 4);
  EXPECT_EQ(row.lower(1), 2);
  EXPECT_EQ(row.upper(0), 3);
}

TEST(QueryRow, takesPointsAndIntervalsBack) {
  QueryRow row(test::box_of({0, 0, 0}, {1, 1, 1}));
  row.set_point(1, 0.25);
  row.set_point(2, 0.5);
  EXPECT_EQ(row.query().points, 6u);
  EXPECT_TRUE(row.query().is_point(1));
  EXPECT_FALSE(row.query().is_point(0));
  row.set_interval(1, 0.25, 0.75);
  EXPECT_EQ(row.query().points, 4u);
  EXPECT_EQ(row.query().width[1], 0.5);
  row.set_interval(0, 0.5, 0.5, 1e-30);
  EXPECT_EQ(row.query().width[0], 1e-30);
  EXPECT_EQ(row.query().lower[2], 0.5);
}

TEST(QueryRow, isCopiedWithItsNumbers) {
  QueryRow row(test::box_of({0}, {1}));
  const QueryRow copy = row;
  row.set_point(0, 0.5);
  EXPECT_EQ(copy.query().points, 0u);
  EXPECT_EQ(copy.query().lower[0], 0);
}

TEST(Mass, isANumberTimesAnExponential) {
  const Mass small{2, -1000, 1e-3}, other{4, -1001, 2e-3};
  EXPECT_NEAR(small.log(), std::log(2.0) - 1000, 1e-12);
  EXPECT_EQ(Mass{}.log(), -HUGE_VAL);
  EXPECT_NEAR(ratio(small, other), 0.5 * std::exp(1.0), 1e-15);
  EXPECT_NEAR(ratio_error(small, other), 0.5 * std::exp(1.0) * (1e-3 / 2 + 2e-3 / 4), 1e-17);
}

}  // namespace
}  // namespace finn::net
