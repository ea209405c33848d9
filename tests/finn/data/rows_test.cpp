#include "finn/data/rows.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/random.hpp"

namespace finn::net {
namespace {

TEST(RowOrder, takesEachRowOnceInAPass) {
  RowOrder order(7);
  core::Random random(1);
  std::set<std::vector<std::int64_t>> passes;
  for (int pass = 0; pass < 5; ++pass) {
    std::vector<std::int64_t> taken;
    for (int i = 0; i < 7; ++i) taken.push_back(order.take(random));
    EXPECT_EQ(std::set<std::int64_t>(taken.begin(), taken.end()).size(), 7u);
    passes.insert(taken);
  }
  EXPECT_GE(passes.size(), 4u);
}

TEST(RowOrder, neverTakesARowThatIsSplitOff) {
  RowOrder order(10);
  const std::vector<std::int64_t> away = order.split_off(3, 5);
  core::Random random(1);
  std::set<std::int64_t> taken(away.begin(), away.end());
  EXPECT_EQ(taken.size(), 3u);
  for (int i = 0; i < 7; ++i) EXPECT_TRUE(taken.insert(order.take(random)).second);
  EXPECT_EQ(taken.size(), 10u);
  EXPECT_EQ(order.total, 10);
  RowOrder same(10), other(10);
  EXPECT_EQ(same.split_off(3, 5), away);
  EXPECT_NE(other.split_off(3, 6), away);
}

TEST(RowBlock, readsRowsOfArrays) {
  const double x[] = {1, 2, 3, 4, 5, 6}, y[] = {7, 8, 9}, weights[] = {0.5, 1, 2};
  ArrayRows rows({x, y, 3, weights}, 2, 1);
  RowBlock block;
  block.resize(2, 2, 1, rows.has_targets(), rows.has_weights());
  block.read(rows, 2, 0, 2, 1);
  block.read(rows, 0, 1, 2, 1);
  EXPECT_EQ(block.x, (std::vector<double>{5, 6, 1, 2}));
  EXPECT_EQ(block.y, (std::vector<double>{9, 7}));
  EXPECT_EQ(block.weights, (std::vector<double>{2, 0.5}));
  ArrayRows bare({x, nullptr, 3}, 2, 1);
  block.resize(2, 2, 1, bare.has_targets(), bare.has_weights());
  block.read(bare, 1, 0, 2, 1);
  EXPECT_EQ(block.targets(), nullptr);
  EXPECT_EQ(block.row_weights(), nullptr);
}

TEST(MeanWeight, isThatOfNumbersOfAnySize) {
  MeanWeight none, equal, huge, mixed;
  EXPECT_EQ(none.value(), 1);
  for (int i = 0; i < 1000; ++i) equal.add(0.1);
  EXPECT_EQ(equal.value(), 0.1);
  for (int i = 0; i < 1000; ++i) huge.add(i % 2 == 0 ? 1.7e308 : 0);
  EXPECT_NEAR(huge.value() / 0.85e308, 1, 1e-12);
  for (const double weight : {0.0, 1.0, 2.0, 5.0}) mixed.add(weight);
  EXPECT_EQ(mixed.value(), 2);
}

TEST(ReadRows, takesTheChosenOnesInTheirOrder) {
  const double x[] = {1, 2, 3}, y[] = {4, 5, 6}, weights[] = {0.5, 1, 3};
  ArrayRows rows({x, y, 3, weights}, 1, 1);
  const RowBlock block = read_rows(rows, {2, 0}, 1, 1, 0.5);
  EXPECT_EQ(block.count, 2);
  EXPECT_EQ(block.x, (std::vector<double>{3, 1}));
  EXPECT_EQ(block.y, (std::vector<double>{6, 4}));
  EXPECT_EQ(block.weights, (std::vector<double>{6, 1}));
}

TEST(SpreadPlaces, areAllOfAFewAndReachOverAllOfMany) {
  EXPECT_EQ(spread_places(3, 5), (std::vector<std::int64_t>{0, 1, 2}));
  EXPECT_EQ(spread_places(7, 4), (std::vector<std::int64_t>{0, 1, 3, 5}));
  const std::int64_t many = std::int64_t{1} << 60;
  EXPECT_EQ(spread_places(many, 4),
            (std::vector<std::int64_t>{0, many / 4, many / 2, many / 4 * 3}));
}

TEST(RowBlock, readsWeightsInTheirUnit) {
  const double x[] = {1, 2, 3}, weights[] = {0.5, 1, 3};
  ArrayRows rows({x, nullptr, 3, weights}, 1, 1);
  EXPECT_EQ(rows.mean_weight(), 1.5);
  RowBlock block;
  block.resize(1, 1, 1, false, true);
  block.read(rows, 2, 0, 1, 1, rows.mean_weight());
  EXPECT_EQ(block.weights, (std::vector<double>{2}));
  EXPECT_EQ(ArrayRows({x, nullptr, 3}, 1, 1).mean_weight(), 1);
}

}  // namespace
}  // namespace finn::net
