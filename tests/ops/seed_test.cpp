#include "ops/seed.hpp"

#include <gtest/gtest.h>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"

namespace finn::ops {
namespace {

// Two features, of which the second moves at rate 3 and the first at rate -0.5.
Seed<double> seed_of(core::Tape<double>& tape) {
  Seed<double> seed;
  seed.x = tape.value(2);
  for (int i = 0; i < 2 * seed.x.lanes; ++i) seed.x.value[i] = 10 + i;
  seed.directions = 2;
  seed.feature[0] = 1;
  seed.rate[0] = 3;
  seed.feature[1] = 0;
  seed.rate[1] = -0.5;
  return seed;
}

TEST(Expand, givesEachDirectionItsRateInItsFeatureAlone) {
  for (const int samples : {2, 11}) {
    core::Tape<double> tape;
    tape.begin(samples, core::Mode::evaluate);
    const Seed<double> seed = seed_of(tape);
    const core::Jet<double> y = expand(tape, seed);
    for (int lane = 0; lane < y.lanes; ++lane) {
      for (int feature = 0; feature < 2; ++feature) {
        EXPECT_EQ(y.row(0, feature)[lane], seed.x.row(0, feature)[lane]);
        EXPECT_EQ(y.row(0b01, feature)[lane], feature == 1 ? 3 : 0);
        EXPECT_EQ(y.row(0b10, feature)[lane], feature == 0 ? -0.5 : 0);
        EXPECT_EQ(y.row(0b11, feature)[lane], 0);
      }
    }
  }
}

TEST(Expand, hasRoomForMoreFeatures) {
  core::Tape<double> tape;
  tape.begin(2, core::Mode::evaluate);
  const Seed<double> seed = seed_of(tape);
  const core::Jet<double> y = expand(tape, seed, 3);
  EXPECT_EQ(y.features, 5);
  EXPECT_EQ(y.row(0, 1)[0], seed.x.row(0, 1)[0]);
  EXPECT_EQ(y.row(0b01, 1)[0], 3);
  for (core::Subset s = 0; s < 4; ++s) {
    for (int feature = 2; feature < 5; ++feature) EXPECT_EQ(y.row(s, feature)[0], 0);
  }
}

TEST(Expand, returnsTheAdjointsOfTheValuesAlone) {
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const Seed<double> seed = seed_of(tape);
  const core::Jet<double> y = expand(tape, seed);
  for (core::Subset s = 0; s < 4; ++s) y.adjoint_row(s, 1)[2] = 7 + static_cast<double>(s);
  tape.sweep();
  EXPECT_EQ(seed.x.adjoint_row(0, 1)[2], 7);
  EXPECT_EQ(seed.x.adjoint_row(0, 0)[2], 0);
}

}  // namespace
}  // namespace finn::ops
