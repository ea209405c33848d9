#include "finn/networks/lane_integral.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/shared_weights.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::net {
namespace {

// The integral of each lane is that of the weights in double, where all lanes share them.
void expect_that_of_corner_sums(const ModelSettings& settings) {
  const Model<double> model = test::model_of<double>(settings);
  CornerScratch scratch;
  std::vector<CornerSum> sums;
  corner_sums(model.antiderivative(), model.box(), scratch, sums);
  core::Tape<double> tape;
  tape.begin(3, core::Mode::evaluate);
  const SharedWeights<double> weights(tape, model.weights(), nullptr);
  const LaneIntegral<double> lanes =
      model.network().lane_integral(tape, model.coordinates(), {model.box()}, weights);
  for (int j = 0; j < model.outputs(); ++j) {
    const CornerSum& expected = sums[static_cast<std::size_t>(j)];
    const CornerSum sum = lanes.of(j, 2);
    EXPECT_NEAR(sum.value, expected.value, expected.error_estimate);
    EXPECT_NEAR(sum.magnitude, expected.magnitude, 1e-12 * expected.magnitude);
    EXPECT_NEAR(sum.error_estimate, expected.error_estimate, 1e-3 * expected.error_estimate);
  }
}

TEST(LaneIntegral, isTheCornerSumOfTheMlp) {
  expect_that_of_corner_sums(test::settings_of(1));
  expect_that_of_corner_sums(test::settings_of(3, 2));
  expect_that_of_corner_sums(test::signed_settings_of(2, 2));
}

TEST(LaneIntegral, isTheClosedFormOfTheMixture) {
  expect_that_of_corner_sums(test::mixture_settings_of(1));
  expect_that_of_corner_sums(test::mixture_settings_of(4, 2));
  ModelSettings settings = test::mixture_settings_of(3);
  settings.network.normals_per_axis = 1;
  expect_that_of_corner_sums(settings);
}

// With a variable at a point it is the derivative of the integral by the upper limit there.
TEST(LaneIntegral, overASideIsTheDifferenceByALimit) {
  for (const ModelSettings& settings :
       {test::settings_of(3), test::signed_settings_of(2), test::mixture_settings_of(3)}) {
    const Model<double> model = test::model_of<double>(settings);
    const auto integral = [&](const LaneRegion& region) {
      core::Tape<double> tape;
      tape.begin(1, core::Mode::evaluate);
      const SharedWeights<double> weights(tape, model.weights(), nullptr);
      return model.network().lane_integral(tape, model.coordinates(), region, weights).of(0, 0);
    };
    Box side = model.box();
    side.lower[1] = 0.2;
    const auto reference = test::central_differences(1e-3, [&](double offset) {
      Box box = model.box();
      box.upper[1] = 0.2 + offset;
      return std::vector<double>{integral({box}).value};
    });
    EXPECT_NEAR(integral({side, 0b10}).value, reference[0], 1e-9 * std::fabs(reference[0]));
  }
}

TEST(CornerSeed, isACornerInTheCoordinatesOfTheNetworkInEveryLane) {
  core::Tape<float> tape;
  tape.begin(5, core::Mode::evaluate);
  const Box box = test::box_of({-1, 2}, {3, 4});
  const Coordinates coordinates = Coordinates::standard(box);
  const auto corner = corner_seed(tape, coordinates, {box}, 0b01);
  EXPECT_EQ(corner.directions, 0);
  for (int lane = 0; lane < corner.x.lanes; ++lane) {
    EXPECT_FLOAT_EQ(corner.x.row(0, 0)[lane], std::sqrt(3.0f));
    EXPECT_FLOAT_EQ(corner.x.row(0, 1)[lane], -std::sqrt(3.0f));
  }
}

TEST(CornerSeed, movesTheVariablesAtPoints) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::evaluate);
  const Box box = test::box_of({-1, 2, 5}, {3, 4, 6});
  const auto corner = corner_seed(tape, Coordinates::raw(), {box, 0b010}, 0b10);
  EXPECT_EQ(corner.directions, 1);
  EXPECT_EQ(corner.feature[0], 1);
  EXPECT_EQ(corner.x.row(0, 0)[0], -1);
  EXPECT_EQ(corner.x.row(0, 1)[0], 2);
  EXPECT_EQ(corner.x.row(0, 2)[0], 6);
}

}  // namespace
}  // namespace finn::net
