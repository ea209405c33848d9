#include "finn/chains/linear_shift.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

// y = 5 + 2 a - 3 b + 0.1 e; columns a, b, y.
WeightedRows regression_rows(int count) {
  core::Random random(3);
  WeightedRows rows;
  rows.variables = 3;
  for (int r = 0; r < count; ++r) {
    const double a = random.normal(), b = 10 + random.normal();
    const double row[] = {a, b, 5 + 2 * a - 3 * b + 0.1 * random.normal()};
    rows.add(row, 1);
  }
  return rows;
}

LinearShift regression_of(const WeightedRows& rows, int column) {
  return linear_shift(fit_linear_chains(rows, LinearChoice{}, 0), column);
}

TEST(LinearShift, findsTheRegressionOnTheColumnsBefore) {
  const LinearShift shift = regression_of(regression_rows(2000), 2);
  ASSERT_EQ(shift.slopes.size(), 2u);
  EXPECT_NEAR(shift.slopes[0], 2, 0.01);
  EXPECT_NEAR(shift.slopes[1], -3, 0.01);
  EXPECT_NEAR(shift.offset, 5, 0.15);
  EXPECT_NEAR(shift.scale, 0.1, 0.05);
}

TEST(LinearShift, leavesResidualsOfMean0AndDeviation1) {
  WeightedRows rows = test::rows_of(test::linear_mixture(3, 2), 500, 5);
  for (std::size_t r = 0; r < rows.weights.size(); ++r) rows.weights[r] = r % 2 == 0 ? 0.5 : 3;
  for (int column = 0; column < 3; ++column) {
    const LinearShift shift = regression_of(rows, column);
    ASSERT_EQ(shift.slopes.size(), static_cast<std::size_t>(column));
    double sum = 0, squares = 0, total = 0;
    std::vector<double> with_before(static_cast<std::size_t>(column));
    for (std::int64_t r = 0; r < rows.count(); ++r) {
      const double weight = rows.weights[static_cast<std::size_t>(r)];
      const double residual = shift.residual(rows.row(r)[column], rows.row(r));
      sum += weight * residual;
      squares += weight * residual * residual;
      total += weight;
      for (std::size_t j = 0; j < with_before.size(); ++j) {
        with_before[j] += weight * residual * rows.row(r)[j];
      }
    }
    EXPECT_NEAR(sum / total, 0, 1e-5);
    EXPECT_NEAR(squares / total, 1, 1e-5);
    for (const double product : with_before) EXPECT_NEAR(product / total, 0, 1e-4);
  }
}

TEST(LinearShift, valueIsTheInverseOfResidual) {
  const LinearShift shift{0.5, 3, {2, -1}};
  const double z[] = {1.5, 4};
  EXPECT_DOUBLE_EQ(shift.mean(z), -0.5);
  EXPECT_DOUBLE_EQ(shift.residual(2.5, z), 1);
  EXPECT_DOUBLE_EQ(shift.value(1, z), 2.5);
}

}  // namespace
}  // namespace finn::net
