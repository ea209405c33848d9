#include "finn/training/validation.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/data/rows.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {
namespace {

Validation<double> validation_of_two_rows() {
  Validation<double> validation;
  RowBlock rows;
  rows.resize(2, 1, 1, true, false);
  validation.hold(std::move(rows), 3);
  return validation;
}

TrainingOptions options_with_share(double share, std::int64_t batch = 0) {
  TrainingOptions options;
  options.loss.kind = Loss::negative_log_likelihood;
  options.validation.share = share;
  options.batch = batch;
  return options;
}

TEST(RowsToHoldOut, areTheShareThatIsGiven) {
  EXPECT_EQ(rows_to_hold_out(options_with_share(0), true, 1000), 0);
  EXPECT_EQ(rows_to_hold_out(options_with_share(0.25), true, 1000), 250);
  EXPECT_EQ(rows_to_hold_out(options_with_share(0.25), false, 1000), 250);
  EXPECT_EQ(rows_to_hold_out(options_with_share(0.001), false, 10), 1);
  EXPECT_THROW(rows_to_hold_out(options_with_share(0.9), false, 1), core::Error);
}

TEST(RowsToHoldOut, areATenthForDensitiesUnderConditionsByDefault) {
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1), true, 49), 0) << "of too few";
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1), true, 50), 5);
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1), true, 1000), 100);
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1), true, 1000000), 4096);
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1), false, 1000), 0);
  TrainingOptions regression;
  EXPECT_EQ(rows_to_hold_out(regression, true, 1000), 0);
}

TEST(RowsToHoldOut, leaveTheBatchThatIsAskedFor) {
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1, 970), true, 1000), 30);
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1, 1000), true, 1000), 0);
  EXPECT_EQ(rows_to_hold_out(options_with_share(-1, 2000), true, 1000), 0)
      << "which the fit refuses";
}

// What a checkpoint reads of it is there from the beginning.
TEST(Validation, hasRoomForTheBestParametersAsSoonAsItHasRows) {
  EXPECT_EQ(Validation<double>().best_parameters.size(), 0);
  const Validation<double> validation = validation_of_two_rows();
  EXPECT_FALSE(validation.is_empty());
  EXPECT_EQ(validation.best_parameters.size(), 3);
}

TEST(Validation, remembersTheBestParameters) {
  Validation<double> validation = validation_of_two_rows();
  const double first[] = {1, 2, 3}, second[] = {4, 5, 6}, third[] = {7, 8, 9};
  EXPECT_FALSE(validation.record({}, 2, 10, first));
  EXPECT_FALSE(validation.record({}, 1, 20, second));
  EXPECT_FALSE(validation.record({}, 3, 30, third));
  EXPECT_EQ(validation.best_step, 20);
  EXPECT_EQ(validation.best_loss, 1);
  EXPECT_EQ(validation.loss, 3);
  EXPECT_EQ(validation.best_parameters[2], 6);
}

TEST(Validation, losesPatienceAfterSoManyChecksWithoutANewBest) {
  Validation<double> validation = validation_of_two_rows();
  const ValidationOptions options{0, 1, 2, 0.5};
  const double parameters[] = {1, 2, 3};
  EXPECT_FALSE(validation.record(options, 2, 1, parameters));
  EXPECT_FALSE(validation.record(options, 1.6, 2, parameters)) << "not better by min_delta";
  EXPECT_TRUE(validation.record(options, std::nan(""), 3, parameters));
  EXPECT_EQ(validation.best_step, 1);
}

}  // namespace
}  // namespace finn::net
