#include "core/jet.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/subset.hpp"
#include "core/tape.hpp"

namespace finn::core {
namespace {

TEST(Jet, packsAre64BytesAndTilesFourPacks) {
  EXPECT_EQ(kPackLanes<float>, 16);
  EXPECT_EQ(kPackLanes<double>, 8);
  EXPECT_EQ(kTileLanes<float>, 64);
  EXPECT_EQ(kTileLanes<double>, 32);
}

TEST(Jet, hasOneCoefficientPerSubset) {
  Jet<float> jet;
  for (int n = 0; n <= kMaxVariables; ++n) {
    jet.variables = n;
    EXPECT_EQ(jet.coefficients(), std::size_t{1} << n);
  }
}

TEST(Jet, placesRowsByCoefficientThenFeature) {
  double values[1], adjoints[1];
  Jet<double> jet{values, adjoints, 3, 5, 16, 100};
  EXPECT_EQ(jet.row(0, 0), values);
  EXPECT_EQ(jet.row(0, 2) - values, 32);
  EXPECT_EQ(jet.row(1, 0) - values, 100);
  EXPECT_EQ(jet.row(6, 4) - values, 664);
  EXPECT_EQ(jet.adjoint_row(6, 4) - adjoints, 664);
}

TEST(Jet, ofATapeHasRowsThatDoNotOverlap) {
  Tape<float> tape;
  tape.begin(20, Mode::record);
  const Jet<float> jet = tape.jet(3, 5);
  std::set<float*> starts;
  for (Subset s = 0; s < 8; ++s) {
    for (int feature = 0; feature < 5; ++feature) starts.insert(jet.row(s, feature));
  }
  ASSERT_EQ(starts.size(), 40u);
  for (auto start = starts.begin(); std::next(start) != starts.end(); ++start) {
    EXPECT_GE(*std::next(start) - *start, jet.lanes);
  }
}

}  // namespace
}  // namespace finn::core
