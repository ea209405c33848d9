#include "finn/training/loss.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"

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
  double adjoint = 0;
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

TEST_F(TileLoss, absoluteErrorHasSlopesOfOne) {
  const double y[6] = {0.0, 2.0, 1.0, 1.25, 5.0, 1.0};
  EXPECT_DOUBLE_EQ(absolute_error(tape, f, y, 0.5), 0.5 * (0.5 + 0 + 0.5 + 1 + 2 + 0));
  tape.sweep();
  EXPECT_EQ(f.adjoint_row(0, 0)[0], 0.5);
  EXPECT_EQ(f.adjoint_row(0, 1)[0], 0);
  EXPECT_EQ(f.adjoint_row(0, 0)[2], -0.5);
}

TEST_F(TileLoss, huberIsASquareInsideDeltaAndALineOutside) {
  const double y[6] = {0.0, 2.0, 1.0, 1.25, 5.0, 1.0};
  const double loss = huber(tape, f, y, 0.5, 2.0);
  EXPECT_DOUBLE_EQ(loss, 2 * (0.125 + 0 + 0.125 + 0.5 * (1 - 0.25) + 0.5 * (2 - 0.25) + 0));
  tape.sweep();
  EXPECT_EQ(f.adjoint_row(0, 0)[0], 1.0);
  EXPECT_EQ(f.adjoint_row(0, 1)[1], -1.0);
  EXPECT_EQ(f.adjoint_row(0, 0)[2], -1.0);
}

// Every loss: rows of weights 2, 0 and 1 count twice, never and once.
TEST_F(TileLoss, countsARowAsOftenAsItsWeightSays) {
  const double y[6] = {0.0, 2.0, 1.0, 1.25, 5.0, 1.0}, row_weights[3] = {2, 0, 1};
  for (const Loss kind : {Loss::squared_error, Loss::negative_log_likelihood, Loss::absolute_error,
                          Loss::huber, Loss::poisson_process}) {
    const LossOptions options{kind, 0.75, 0};
    const auto loss_of = [&](int row, const TermWeights& weights) {
      tape.begin(1, core::Mode::record);
      const core::Jet<double> one = tape.value(2);
      core::gather(values + 2 * row, 1, one);
      const double loss = tile_loss(options, tape, one, y + 2 * row, weights);
      tape.sweep();
      adjoint = one.adjoint_row(0, 0)[0];
      return loss;
    };
    const double expected = 2 * loss_of(0, 0.5) + loss_of(2, 0.5);
    const double last_adjoint = adjoint;
    tape.begin(3, core::Mode::record);
    f = tape.value(2);
    core::gather(values, 3, f);
    EXPECT_NEAR(tile_loss(options, tape, f, y, {0.5, row_weights}), expected, 1e-14);
    tape.sweep();
    EXPECT_EQ(f.adjoint_row(0, 0)[1], 0);
    EXPECT_NEAR(f.adjoint_row(0, 0)[2], last_adjoint, 1e-15);
  }
}

TEST_F(TileLoss, isTheMeanLossOfItsRows) {
  const double y[6] = {0.0, 2.0, 1.0, 1.25, 5.0, 1.0}, row_weights[3] = {2, 0.5, 1};
  for (const Loss kind : {Loss::squared_error, Loss::negative_log_likelihood, Loss::absolute_error,
                          Loss::huber, Loss::poisson_process}) {
    const LossOptions options{kind, 0.75, 0};
    tape.begin(3, core::Mode::record);
    f = tape.value(2);
    core::gather(values, 3, f);
    for (const double* weights : {static_cast<const double*>(nullptr), row_weights}) {
      double copy[6];
      std::copy_n(values, 6, copy);
      EXPECT_NEAR(tile_loss(options, tape, f, y, {1.0 / 6, weights}),
                  mean_loss(options, copy, y, weights, 3, 2), 1e-14);
    }
  }
}

}  // namespace
}  // namespace finn::net
