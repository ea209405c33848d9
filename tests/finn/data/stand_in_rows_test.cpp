#include "finn/data/stand_in_rows.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Two variables and a condition.
TEST(StandInRows, arePointsWithTheOtherColumnsAndTheWeights) {
  const Box box = test::box_of({0, 0}, {10, 10});
  const Region region{box, nullptr};
  const IntervalReader reader(region);
  const std::vector<double> x = {1, 2, 7, 3, 4, 8}, y = {2, 2, 5, 5}, weights = {1, 3};
  ArrayRows rows({x.data(), y.data(), 2, weights.data()}, 3, 2);
  StandInRows points(rows, reader, 2);
  EXPECT_EQ(points.count(), 2);
  EXPECT_FALSE(points.has_targets());
  EXPECT_TRUE(points.has_weights());
  EXPECT_EQ(points.mean_weight(), 2);
  const RowBlock block = read_rows(points, {1, 0}, 3, 2);
  EXPECT_EQ(block.x, (std::vector<double>{4, 4.5, 8, 1.5, 2, 7}));
  EXPECT_TRUE(block.y.empty());
  EXPECT_EQ(block.weights, (std::vector<double>{3, 1}));
}

}  // namespace
}  // namespace finn::net
