#include "finn/training/known_rows.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"

namespace finn::net {
namespace {

// x = 0 .. count - 1.
std::vector<double> counted(std::int64_t count) {
  std::vector<double> x(static_cast<std::size_t>(count));
  std::iota(x.begin(), x.end(), 0.0);
  return x;
}

TEST(KnownRows, areAllOfAFew) {
  const std::vector<double> x = counted(5), weights = {1, 2, 0, 3, 4};
  ArrayRows source({x.data(), nullptr, 5, weights.data()}, 1, 1);
  const RowBlock rows = known_rows(source, RowOrder(5), 1, 1);
  EXPECT_EQ(rows.x, x);
  EXPECT_EQ(rows.weights, weights);
  EXPECT_TRUE(rows.y.empty());
}

TEST(KnownRows, areSpreadEvenlyOverMany) {
  const std::int64_t total = 10 * kKnownRows + 7;
  const std::vector<double> x = counted(total);
  ArrayRows source({x.data(), nullptr, total}, 1, 1);
  const RowBlock rows = known_rows(source, RowOrder(total), 1, 1);
  ASSERT_EQ(rows.count, kKnownRows);
  for (std::size_t i = 1; i < rows.x.size(); ++i) {
    EXPECT_GE(rows.x[i] - rows.x[i - 1], 10);
    EXPECT_LE(rows.x[i] - rows.x[i - 1], 11);
  }
}

TEST(KnownRows, areNoneOfThoseHeldOut) {
  const std::vector<double> x = counted(20);
  ArrayRows source({x.data(), nullptr, 20}, 1, 1);
  RowOrder order(20);
  const std::vector<std::int64_t> held = order.split_off(5, 3);
  core::Random random(1);
  order.shuffle(random);
  const RowBlock rows = known_rows(source, order, 1, 1);
  EXPECT_EQ(rows.count, 15);
  for (const std::int64_t row : held) {
    EXPECT_EQ(std::count(rows.x.begin(), rows.x.end(), static_cast<double>(row)), 0);
  }
}

}  // namespace
}  // namespace finn::net
