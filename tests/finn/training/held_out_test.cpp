#include "finn/training/held_out.hpp"

#include <gtest/gtest.h>

#include "finn/data/rows.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {
namespace {

HeldOut<double> held_out_of_two_rows() {
  HeldOut<double> held_out;
  RowBlock rows;
  rows.resize(2, 1, 1, true, false);
  held_out.hold(std::move(rows), 3);
  return held_out;
}

// What a checkpoint reads of it is there from the beginning.
TEST(HeldOut, hasRoomForTheBestParametersAsSoonAsItHasRows) {
  EXPECT_EQ(HeldOut<double>().best_parameters.size(), 0);
  const HeldOut<double> held_out = held_out_of_two_rows();
  EXPECT_FALSE(held_out.is_empty());
  EXPECT_EQ(held_out.best_parameters.size(), 3);
}

TEST(HeldOut, remembersTheBestParameters) {
  HeldOut<double> held_out = held_out_of_two_rows();
  const double first[] = {1, 2, 3}, second[] = {4, 5, 6}, third[] = {7, 8, 9};
  EXPECT_FALSE(held_out.record({}, 2, 10, first));
  EXPECT_FALSE(held_out.record({}, 1, 20, second));
  EXPECT_FALSE(held_out.record({}, 3, 30, third));
  EXPECT_EQ(held_out.best_step, 20);
  EXPECT_EQ(held_out.best_loss, 1);
  EXPECT_EQ(held_out.loss, 3);
  EXPECT_EQ(held_out.best_parameters[2], 6);
}

TEST(HeldOut, losesPatienceAfterSoManyLooksWithoutANewBest) {
  HeldOut<double> held_out = held_out_of_two_rows();
  const ValidationOptions options{0, 1, 2, 0.5};
  const double parameters[] = {1, 2, 3};
  EXPECT_FALSE(held_out.record(options, 2, 1, parameters));
  EXPECT_FALSE(held_out.record(options, 1.6, 2, parameters)) << "not better by min_delta";
  EXPECT_TRUE(held_out.record(options, std::nan(""), 3, parameters));
  EXPECT_EQ(held_out.best_step, 1);
}

}  // namespace
}  // namespace finn::net
