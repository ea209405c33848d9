#include "finn/networks/points.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace finn::net {
namespace {

TEST(Points, haveTheMeanAndTheDeviationOfEachFeature) {
  const Points points{{1, 10, 3, 10, 5, 10}, 3, 2};
  EXPECT_EQ(points(2, 0), 5);
  const Statistics statistics = statistics_of(points);
  EXPECT_DOUBLE_EQ(statistics.mean[0], 3);
  EXPECT_DOUBLE_EQ(statistics.deviation[0], std::sqrt(8.0 / 3));
  EXPECT_EQ(statistics.deviation[1], 0);
}

}  // namespace
}  // namespace finn::net
