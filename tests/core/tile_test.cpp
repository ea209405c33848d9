#include "core/tile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"

namespace finn::core {
namespace {

template <class T>
class Tiles : public ::testing::Test {};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Tiles, Elements);

// rows[sample][feature] = 10 sample + feature.
std::vector<double> numbered_rows(int samples, int features) {
  std::vector<double> rows;
  for (int i = 0; i < samples; ++i) {
    for (int j = 0; j < features; ++j) rows.push_back(10 * i + j);
  }
  return rows;
}

TYPED_TEST(Tiles, everySizeCoversTheBatchOnce) {
  for (const int variables : {1, 4}) {
    for (const std::int64_t batch : {1, 31, 32, 33, 63, 64, 65, 1000}) {
      std::vector<int> covered(static_cast<std::size_t>(batch), 0);
      const Tiling<TypeParam> tiles(batch, variables);
      for (std::int64_t index = 0; index < tiles.count(); ++index) {
        const Tile tile = tiles[index];
        EXPECT_EQ(tile.index, index);
        EXPECT_GE(tile.samples, 1);
        EXPECT_LE(tile.samples, tiles.lanes());
        for (int i = 0; i < tile.samples; ++i) {
          ++covered.at(static_cast<std::size_t>(tile.first + i));
        }
      }
      EXPECT_EQ(std::count(covered.begin(), covered.end(), 1), batch) << "batch " << batch;
    }
  }
}

TYPED_TEST(Tiles, anEmptyBatchHasNone) { EXPECT_EQ(Tiling<TypeParam>(0, 2).count(), 0); }

TYPED_TEST(Tiles, areWholePacksAndNoLongerThanATapeAllows) {
  for (int variables = 0; variables <= kMaxVariables; ++variables) {
    const int lanes = Tiling<TypeParam>(1000, variables).lanes();
    EXPECT_EQ(lanes % kPackLanes<TypeParam>, 0);
    EXPECT_GE(lanes, kPackLanes<TypeParam>);
    EXPECT_LE(lanes, kTileLanes<TypeParam>);
  }
}

TYPED_TEST(Tiles, areFullButForTheLast) {
  const Tiling<TypeParam> tiles(1001, 2);
  const std::int64_t last = tiles.count() - 1;
  for (std::int64_t index = 0; index < last; ++index) {
    EXPECT_EQ(tiles[index].samples, tiles.lanes());
  }
  EXPECT_EQ(tiles[last].samples, 1001 - last * tiles.lanes());
}

TYPED_TEST(Tiles, fillLanesAsksOncePerSampleAndRepeatsTheLast) {
  for (const int samples : {1, 3, 4}) {
    std::vector<TypeParam> row(5, TypeParam(-7));
    std::vector<int> asked;
    fill_lanes(row.data(), 4, samples, [&](int sample) {
      asked.push_back(sample);
      return 10.0 + sample;
    });
    for (int i = 0; i < 4; ++i) {
      EXPECT_EQ(row.at(static_cast<std::size_t>(i)), 10 + std::min(i, samples - 1));
    }
    EXPECT_EQ(row.back(), -7) << "past the lanes";
    std::vector<int> every(static_cast<std::size_t>(samples));
    std::iota(every.begin(), every.end(), 0);
    EXPECT_EQ(asked, every);
  }
}

TYPED_TEST(Tiles, repeatLastSampleLeavesTheSamplesAlone) {
  std::vector<TypeParam> row = {1, 2, 3, 4, 5};
  repeat_last_sample(row.data(), 4, 2);
  EXPECT_EQ(row, (std::vector<TypeParam>{1, 2, 2, 2, 5}));
  repeat_last_sample(row.data(), 5, 5);
  EXPECT_EQ(row, (std::vector<TypeParam>{1, 2, 2, 2, 5}));
}

TYPED_TEST(Tiles, gatherTransposesAndPadsWithTheLastSample) {
  Tape<TypeParam> tape;
  for (const int samples : {1, 5, kTileLanes<TypeParam>}) {
    tape.begin(samples, Mode::evaluate);
    const Jet<TypeParam> jet = tape.value(3);
    gather(numbered_rows(samples, 3).data(), samples, jet);
    for (int feature = 0; feature < 3; ++feature) {
      for (int i = 0; i < jet.lanes; ++i) {
        EXPECT_EQ(jet.row(0, feature)[i], 10 * std::min(i, samples - 1) + feature);
      }
    }
  }
}

TYPED_TEST(Tiles, gatherFillsTheFirstCoefficientOnly) {
  Tape<TypeParam> tape;
  tape.begin(4, Mode::evaluate);
  const Jet<TypeParam> jet = tape.jet(2, 3);
  std::fill_n(jet.value, 4 * jet.stride, TypeParam(-7));
  gather(numbered_rows(4, 3).data(), 4, jet);
  EXPECT_EQ(std::count(jet.row(1, 0), jet.value + 4 * jet.stride, TypeParam(-7)), 3 * jet.stride);
}

TYPED_TEST(Tiles, scatterInvertsGather) {
  Tape<TypeParam> tape;
  for (const int samples : {1, 9, kTileLanes<TypeParam>}) {
    tape.begin(samples, Mode::evaluate);
    const Jet<TypeParam> jet = tape.value(4);
    const std::vector<double> rows = numbered_rows(samples, 4);
    gather(rows.data(), samples, jet);
    // One element more than scatter may write.
    std::vector<double> back(rows.size() + 1, -1);
    scatter(jet.value, jet.features, jet.lanes, samples, back.data());
    EXPECT_TRUE(std::equal(rows.begin(), rows.end(), back.begin()));
    EXPECT_EQ(back.back(), -1);
  }
}

}  // namespace
}  // namespace finn::core
