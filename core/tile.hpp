// Tiles: how a batch of samples is cut for the SIMD lanes, and the way in and out.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/jet.hpp"

namespace finn::core {

// Rows [first, first + samples) of a batch.
struct Tile {
  std::int64_t index;
  std::int64_t first;
  int samples;
};

// How a batch is cut. A tile of jets in many variables has fewer lanes, so that what a tile needs
// stays about as large, and in the second-level cache.
template <class T>
class Tiling {
 public:
  Tiling(std::int64_t batch, int variables)
      : batch_(batch), lanes_(kPackLanes<T> * packs(variables)) {}

  int lanes() const { return lanes_; }
  std::int64_t count() const { return (batch_ + lanes_ - 1) / lanes_; }
  Tile operator[](std::int64_t index) const {
    const std::int64_t first = index * lanes_;
    return {index, first, static_cast<int>(std::min<std::int64_t>(lanes_, batch_ - first))};
  }

 private:
  static int packs(int variables) {
    if (variables < 4) return kTilePacks;
    return variables == 4 ? 2 : 1;
  }

  std::int64_t batch_;
  int lanes_;
};

// Lanes past the last sample repeat it, so that padding can neither trap nor make a NaN of its own:
// what keeps to this, calls this function or fill_lanes. row [lanes] has its first `samples` lanes,
// at least one, set.
template <class T>
void repeat_last_sample(T* row, int lanes, int samples) {
  std::fill(row + samples, row + lanes, row[samples - 1]);
}

// row [lanes] from value_of_sample(i), called once for each i < samples in increasing order. Its
// results are converted to T.
template <class T, class ValueOfSample>
void fill_lanes(T* row, int lanes, int samples, ValueOfSample&& value_of_sample) {
  for (int i = 0; i < samples; ++i) row[i] = static_cast<T>(value_of_sample(i));
  repeat_last_sample(row, lanes, samples);
}

// rows [samples][features], row-major, into row S = {} of a jet [feature][lane].
template <class T, class U>
void gather(const U* rows, int samples, const Jet<T>& jet) {
  for (int feature = 0; feature < jet.features; ++feature) {
    const U* column = rows + feature;
    fill_lanes(jet.row(0, feature), jet.lanes, samples,
               [=](std::int64_t sample) { return column[sample * jet.features]; });
  }
}

// [feature][lane] of `lanes` values, as a row of a jet, back to rows [samples][features].
template <class T, class U>
void scatter(const T* values, int features, int lanes, int samples, U* rows) {
  for (std::int64_t feature = 0; feature < features; ++feature) {
    for (std::int64_t i = 0; i < samples; ++i) {
      rows[i * features + feature] = static_cast<U>(values[feature * lanes + i]);
    }
  }
}

}  // namespace finn::core
