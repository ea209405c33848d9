#include "finn/queries/cdf_table.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(CdfTable, liesOnLinesBetweenItsPoints) {
  const CdfTable table(-1, 2, {0, 0.5, 0.75, 1});
  EXPECT_DOUBLE_EQ(table.at(0), -1);
  EXPECT_DOUBLE_EQ(table.at(0.25), -0.5);
  EXPECT_DOUBLE_EQ(table.at(0.5), 0);
  EXPECT_DOUBLE_EQ(table.at(0.625), 0.5);
  EXPECT_DOUBLE_EQ(table.at(1), 2);
}

TEST(CdfTable, staysWithinItsLimitsWhateverRoundingHasLeft) {
  const CdfTable table(0, 3, {1e-17, 0.4, 0.39, 1 - 1e-15});
  for (const double share : {0.0, 0.395, 0.4, 1.0}) {
    EXPECT_GE(table.at(share), 0);
    EXPECT_LE(table.at(share), 3);
  }
}

TEST(CdfTable, takesTheMiddleWhereNothingHappens) {
  EXPECT_DOUBLE_EQ(CdfTable(0, 2, {0, 0, 0}).at(0), 1.5);
  EXPECT_DOUBLE_EQ(CdfTable(0, 4, {0, 0, 0, 0, 1}).at(0), 3) << "where the mass begins";
}

}  // namespace
}  // namespace finn::net
