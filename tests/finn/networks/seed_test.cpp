#include "finn/networks/seed.hpp"

#include <gtest/gtest.h>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "ops/seed.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(Seed, carriesTheCoordinatesAndTheirDerivatives) {
  const Coordinates coordinates = Coordinates::standard(test::box_of({0, 0, 0}, {1, 2, 4}));
  core::Tape<double> tape;
  tape.begin(2, core::Mode::evaluate);
  const double rows[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
  const ops::Seed<double> points = seed(tape, coordinates, 3, 0b101, rows, 3);
  for (int i = 0; i < 3; ++i) {
    const auto at = static_cast<std::size_t>(i);
    EXPECT_DOUBLE_EQ(points.x.row(0, i)[1],
                     coordinates.scale[at] * rows[3 + i] + coordinates.offset[at]);
  }
  ASSERT_EQ(points.directions, 2);
  EXPECT_EQ(points.feature[0], 0);
  EXPECT_EQ(points.feature[1], 2);
  EXPECT_EQ(points.rate[0], coordinates.scale[0]);
  EXPECT_EQ(points.rate[1], coordinates.scale[2]);
}

TEST(Seed, hasADirectionForEveryTimeThatAVariableIsDifferentiated) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::evaluate);
  const double row[] = {1, 2, 3};
  const Coordinates coordinates = Coordinates::standard(test::box_of({0, 0, 0}, {1, 2, 4}));
  Orders orders(0b101);
  orders.set(2, 3);
  const ops::Seed<double> points = seed(tape, coordinates, 3, orders, row, 3);
  ASSERT_EQ(points.directions, 4);
  EXPECT_TRUE(points.has_repeats());
  const int features[] = {0, 2, 2, 2};
  for (int j = 0; j < 4; ++j) {
    EXPECT_EQ(points.feature[static_cast<std::size_t>(j)], features[j]);
    EXPECT_EQ(points.repeats(j), j >= 2);
  }
  EXPECT_EQ(points.rate[3], coordinates.scale[2]);
  EXPECT_FALSE(seed(tape, coordinates, 3, 0b111, row, 3).has_repeats());
}

TEST(Seed, takesTheFirstColumnsOfItsRows) {
  core::Tape<double> tape;
  tape.begin(2, core::Mode::evaluate);
  const double rows[] = {1, 2, 9, 3, 4, 9};
  const core::Jet<double> jet = seed(tape, Coordinates::raw(), 2, 0, rows, 3).x;
  EXPECT_EQ(jet.row(0, 0)[1], 3);
  EXPECT_EQ(jet.row(0, 1)[1], 4);
}

TEST(Seed, repeatsTheLastSampleInThePadding) {
  core::Tape<float> tape;
  tape.begin(1, core::Mode::evaluate);
  const float row[] = {0.25f};
  const core::Jet<float> jet = seed(tape, Coordinates::raw(), 1, 0, row, 1).x;
  for (int lane = 0; lane < jet.lanes; ++lane) EXPECT_EQ(jet.row(0, 0)[lane], 0.25f);
}

TEST(Seed, givesTheAdjointOfThePointBack) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::record);
  const Coordinates coordinates = Coordinates::standard(test::box_of({0, 0}, {1, 4}));
  const double row[] = {0.5, 1.0};
  const ops::Seed<double> points = seed(tape, coordinates, 2, 0b11, row, 2);
  points.x.adjoint_row(0, 0)[0] = 3;
  points.x.adjoint_row(0, 1)[0] = 5;
  double adjoint[2];
  scatter_seed_adjoint(coordinates, points, 1, adjoint, 2);
  EXPECT_DOUBLE_EQ(adjoint[0], 3 * coordinates.scale[0]);
  EXPECT_DOUBLE_EQ(adjoint[1], 5 * coordinates.scale[1]);
}

}  // namespace
}  // namespace finn::net
