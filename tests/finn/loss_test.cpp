#include "finn/loss.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace finn::net {
namespace {

// f with two features and three samples, and what a loss makes of it.
class TileLoss : public testing::Test {
 protected:
  TileLoss() {
    tape.begin(3, core::Mode::record);
    f = tape.value(2);
    core::gather(values, 3, f);
  }

  core::Tape<double> tape;
  core::Jet<double> f;
  const double values[6] = {0.5, 2.0, 1.5, 0.25, 3.0, 1.0};  // [sample][feature]
};

TEST_F(TileLoss, squaredErrorIsTheWeightedSumOfSquares) {
  const double y[6] = {0.0, 2.0, 1.0, 1.25, 5.0, 1.0};
  const double loss = squared_error(tape, f, y, 0.5);
  EXPECT_DOUBLE_EQ(loss, 0.5 * (0.25 + 0 + 0.25 + 1 + 4 + 0));
  tape.sweep();
  EXPECT_DOUBLE_EQ(f.adjoint_row(0, 0)[0], 0.5);
  EXPECT_DOUBLE_EQ(f.adjoint_row(0, 1)[1], -1.0);
  EXPECT_DOUBLE_EQ(f.adjoint_row(0, 0)[2], -2.0);
}

TEST_F(TileLoss, negativeLogLikelihoodIsMinusTheWeightedSumOfLogs) {
  const double loss = negative_log_likelihood(tape, f, 0.5);
  EXPECT_NEAR(loss, -0.5 * std::log(0.5 * 2.0 * 1.5 * 0.25 * 3.0), 1e-15);
  tape.sweep();
  EXPECT_DOUBLE_EQ(f.adjoint_row(0, 0)[0], -1.0);
  EXPECT_DOUBLE_EQ(f.adjoint_row(0, 1)[1], -2.0);
}

TEST_F(TileLoss, leavesThePaddingWithoutAdjoint) {
  negative_log_likelihood(tape, f, 1.0);
  tape.sweep();
  for (int lane = 3; lane < f.lanes; ++lane) EXPECT_EQ(f.adjoint_row(0, 0)[lane], 0);
}

}  // namespace
}  // namespace finn::net
