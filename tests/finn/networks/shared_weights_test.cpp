#include "finn/networks/shared_weights.hpp"

#include <gtest/gtest.h>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/layer_layout.hpp"

namespace finn::net {
namespace {

// A layer from 2 inputs to 1 output behind one other number.
const LayerLayout kLayer{2, 1, 1, 3, true, 0};

TEST(SharedWeights, makesALayerWithItsAdjointsAndWithoutABiasOnRequest) {
  core::Tape<double> tape;
  const double weights[] = {9, 1, 2, 3};
  double adjoints[4] = {};
  const SharedWeights<double> source(tape, weights, adjoints);
  EXPECT_EQ(source.layer(kLayer).weights, weights + 1);
  EXPECT_EQ(source.layer(kLayer).bias, weights + 3);
  EXPECT_EQ(source.layer(kLayer).bias_adjoint, adjoints + 3);
  EXPECT_EQ(source.layer(kLayer, false).bias, nullptr);
  EXPECT_EQ(source.layer(kLayer, false).bias_adjoint, nullptr);
  EXPECT_EQ(SharedWeights<double>(tape, weights, nullptr).layer(kLayer).weight_adjoint, nullptr);
  EXPECT_TRUE(source.is_shared(0, 2));
}

TEST(SharedWeights, givesABlockToEveryLaneAndItsAdjointsBack) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const double weights[] = {9, 1, 2, 3};
  double adjoints[4] = {};
  const Block block{Role::hidden_weight, 1, 2, 1};
  const core::Jet<double> lanes = SharedWeights<double>(tape, weights, adjoints).values(block, 0);
  ASSERT_EQ(lanes.features, 2);
  EXPECT_EQ(lanes.row(0, 1)[2], 2);
  for (int lane = 0; lane < 3; ++lane) lanes.adjoint_row(0, 0)[lane] = lane + 1;
  tape.sweep();
  EXPECT_EQ(adjoints[1], 6);
  EXPECT_EQ(adjoints[0], 0);
}

}  // namespace
}  // namespace finn::net
