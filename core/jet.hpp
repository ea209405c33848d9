// A value on the tape: one multilinear jet per feature and lane of a tile.
//
// Layout [coefficient][feature][lane]. Lanes are samples: contiguous, a whole number of packs and
// 64-byte aligned, so that all jet algebra is vertical; or four, of a tile that has no more
// samples. Coefficient S is the mixed partial over the variables in S. With variables = 0 a jet is
// a plain [feature][lane] array.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/subset.hpp"

namespace finn::core {

// A pack is 64 bytes of lanes whatever the instruction set, so that sums over lanes have the same
// order everywhere. A tile holds up to four packs.
inline constexpr int kPackBytes = 64;
inline constexpr int kTilePacks = 4;

template <class T>
inline constexpr int kPackLanes = kPackBytes / static_cast<int>(sizeof(T));
template <class T>
inline constexpr int kTileLanes = kTilePacks* kPackLanes<T>;

// Lanes of a tile of up to four samples: a single point costs a quarter of a pack of floats. What
// goes through a plane regardless of features takes it up to the end of its last pack, which lies
// in the padding, where values are unspecified (Tape::scratch_jet).
inline constexpr int kNarrowLanes = 4;

// The next whole number of packs.
template <class T>
constexpr std::ptrdiff_t whole_packs(std::ptrdiff_t lanes) {
  return (lanes + kPackLanes<T> - 1) / kPackLanes<T> * kPackLanes<T>;
}

// Between the planes of a jet: one would be enough to keep them off the same cache sets where a
// plane is a multiple of 4096 bytes, but then a few rows of all planes crowd into neighbouring ones
// (docs/PERFORMANCE.md).
template <class T>
inline constexpr int kPlanePadding = 9 * kPackLanes<T>;

template <class T>
struct Jet {
  T* value = nullptr;
  T* adjoint = nullptr;  // same layout; null unless the tape records
  int variables = 0;
  int features = 0;
  int lanes = 0;              // a multiple of kPackLanes<T>, or kNarrowLanes
  std::ptrdiff_t stride = 0;  // from one coefficient to the next

  std::size_t coefficients() const { return coefficient_count(variables); }
  // Elements of a plane: of one coefficient.
  std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(features) * lanes; }
  // Elements of all planes with the padding between them.
  std::ptrdiff_t extent() const { return static_cast<std::ptrdiff_t>(coefficients()) * stride; }
  T* row(Subset subset, int feature) const { return value + offset(subset, feature); }
  T* adjoint_row(Subset subset, int feature) const { return adjoint + offset(subset, feature); }

 private:
  std::ptrdiff_t offset(Subset subset, int feature) const {
    return static_cast<std::ptrdiff_t>(subset) * stride +
           static_cast<std::ptrdiff_t>(feature) * lanes;
  }
};

}  // namespace finn::core
