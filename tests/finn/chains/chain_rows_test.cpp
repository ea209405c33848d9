#include "finn/chains/chain_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/data/rows.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

// Two variables and a condition: row r is (r, r + 0.1, r + 0.2).
std::vector<double> numbered_rows(int count) {
  std::vector<double> x;
  for (int r = 0; r < count; ++r) x.insert(x.end(), {r + 0.0, r + 0.1, r + 0.2});
  return x;
}

std::vector<double> sorted_first_column(const WeightedRows& rows) {
  std::vector<double> first;
  for (std::int64_t r = 0; r < rows.count(); ++r) first.push_back(rows.row(r)[0]);
  std::sort(first.begin(), first.end());
  return first;
}

TEST(ChainRows, haveConditionsFirstAndEachRowOnce) {
  const std::vector<double> x = numbered_rows(10);
  const ChainRows rows(x.data(), nullptr, 10, 2, 1, 0.3, 1);
  EXPECT_EQ(rows.fitted.count(), 7);
  EXPECT_EQ(rows.held_out.count(), 3);
  EXPECT_EQ(rows.fitted.variables, 3);
  const WeightedRows all = rows.all();
  EXPECT_EQ(all.weights, std::vector<double>(10, 1.0));
  const std::vector<double> first = sorted_first_column(all);
  for (int r = 0; r < 10; ++r) EXPECT_EQ(first[static_cast<std::size_t>(r)], r + 0.2);
  for (std::int64_t r = 0; r < 10; ++r) {
    const double* row = all.row(r);
    EXPECT_NEAR(row[0], row[1] + 0.2, 1e-12);
    EXPECT_NEAR(row[2], row[1] + 0.1, 1e-12);
  }
}

TEST(ChainRows, areHeldOutByTheSeed) {
  const std::vector<double> x = numbered_rows(100);
  const auto held_out = [&](std::uint64_t seed) {
    return ChainRows(x.data(), nullptr, 100, 2, 1, 0.2, seed).held_out.x;
  };
  EXPECT_EQ(held_out(1), held_out(1));
  EXPECT_NE(held_out(1), held_out(2));
}

TEST(ChainRows, keepTheirWeightsAndLeaveOutThoseOfWeight0) {
  const std::vector<double> x = numbered_rows(20);
  std::vector<double> weights(20);
  for (std::size_t r = 0; r < 20; r += 2) weights[r] = 1 + static_cast<double>(r);
  const ChainRows rows(x.data(), weights.data(), 20, 2, 1, 0.2, 3);
  EXPECT_EQ(rows.held_out.count(), 2);
  const WeightedRows all = rows.all();
  EXPECT_EQ(all.count(), 10);
  for (std::size_t r = 0; r < all.weights.size(); ++r) {
    EXPECT_NEAR(all.weights[r], 1 + all.row(static_cast<std::int64_t>(r))[1], 1e-12);
  }
}

TEST(ChainRows, holdOutOneAtLeastAndLeaveOneAtLeast) {
  const std::vector<double> x = numbered_rows(3);
  EXPECT_EQ(ChainRows(x.data(), nullptr, 3, 2, 1, 0.01, 0).held_out.count(), 1);
  EXPECT_EQ(ChainRows(x.data(), nullptr, 2, 2, 1, 0.5, 0).fitted.count(), 1);
  const auto refused = [&](std::int64_t count, double share, const char* words) {
    test::expect_refused([&] { ChainRows(x.data(), nullptr, count, 2, 1, share, 0); }, words);
  };
  refused(1, 0.1, "rows: 1 given, of which 1 are held out; more expected");
  refused(3, 0.99, "rows: 3 given, of which 3 are held out");
  const double weights[] = {0, 2, 0};
  test::expect_refused([&] { ChainRows(x.data(), weights, 3, 2, 1, 0.1, 0); }, "rows: 1 ");
}

TEST(ResidualBlock, hasResidualsAndWhatStandsBefore) {
  WeightedRows rows;
  rows.variables = 3;
  const double a[] = {1, 2, 10}, b[] = {3, 5, 20};
  rows.add(a, 1);
  rows.add(b, 4);
  const LinearShift shift{1, 2, {0.5, 0.25}};
  const RowBlock with = residual_block(rows, shift, 2, true);
  EXPECT_EQ(with.count, 2);
  EXPECT_EQ(with.x, (std::vector<double>{4, 1, 2, 8.125, 3, 5}));
  EXPECT_EQ(with.weights, (std::vector<double>{1, 4}));
  EXPECT_EQ(with.targets(), nullptr);
  EXPECT_EQ(residual_block(rows, shift, 2, false).x, (std::vector<double>{4, 8.125}));
}

TEST(LinkRows, haveTheVariableBeforeWhatItDependsOn) {
  WeightedRows rows;
  rows.variables = 3;
  const double a[] = {1, 2, 10}, b[] = {3, 5, 20};
  rows.add(a, 1);
  rows.add(b, 1);
  EXPECT_EQ(link_rows(rows, 2), (std::vector<double>{10, 1, 2, 20, 3, 5}));
  EXPECT_EQ(link_rows(rows, 1), (std::vector<double>{2, 1, 5, 3}));
  EXPECT_EQ(link_rows(rows, 0), (std::vector<double>{1, 3}));
}

TEST(SomeRows, areSpreadOverAllInTheirOrder) {
  const WeightedRows rows = test::rows_of(LinearChains(1, 1), 100, 1);
  EXPECT_EQ(some_rows(rows, 100).x, rows.x);
  const WeightedRows some = some_rows(rows, 10);
  ASSERT_EQ(some.count(), 10);
  std::size_t at = 0;
  for (const double x : some.x) {
    const std::size_t before = at;
    while (at < 100 && rows.x[at] != x) ++at;
    ASSERT_LT(at, 100u);
    EXPECT_LE(at - before, 20u);
  }
}

}  // namespace
}  // namespace finn::net
