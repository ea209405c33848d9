// Walking along arrays in strips of lanes, whatever their length and alignment.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/pack.hpp"

namespace finn::ops {

// Lanes i .. i + P::kLanes - 1 of arrays of which only `left` elements are left from i on. A lane
// past the end repeats the first one of its strip, so that it can neither trap nor make a NaN of
// its own, and is not stored.
template <class P, class T = typename P::T>
struct Lanes {
  std::ptrdiff_t i, left;

  FINN_INLINE P load(const T* array) const {
    if (left >= P::kLanes) return P::load(array + i);
    T lanes[P::kLanes];
    for (int j = 0; j < P::kLanes; ++j) lanes[j] = array[j < left ? i + j : i];
    return P::load(lanes);
  }
  FINN_INLINE void store(const P& a, T* array) const {
    if (left >= P::kLanes) return a.store(array + i);
    T lanes[P::kLanes];
    a.store(lanes);
    for (int j = 0; j < left; ++j) array[i + j] = lanes[j];
  }
  // array += a b.
  FINN_INLINE void add_product(const P& a, const P& b, T* array) const {
    store(multiply_add(a, b, load(array)), array);
  }
};

// Lanes i .. i + P::kLanes - 1 of rows that have them all.
template <class P, class T = typename P::T>
struct PackAt {
  std::ptrdiff_t i;

  FINN_INLINE P load(const T* row) const { return P::load(row + i); }
  FINN_INLINE void store(const P& a, T* row) const { a.store(row + i); }
  // row += a b.
  FINN_INLINE void add_product(const P& a, const P& b, T* row) const {
    store(multiply_add(a, b, load(row)), row);
  }
};

// Calls body(at) for the packs that cover the lanes of a tile: whole ones, or one narrow one.
template <class T, class Isa, class Body>
FINN_INLINE void for_each_pack(int lanes, Body&& body) {
  using P = Pack<T, Isa>;
  if (lanes < P::kLanes) return body(PackAt<NarrowPack<T, Isa>>{0});
  for (std::ptrdiff_t i = 0; i < lanes; i += P::kLanes) body(PackAt<P>{i});
}

// Calls body(lanes) for the strips that cover arrays of this length.
template <class T, class Isa, class Body>
FINN_INLINE void for_each_strip(std::ptrdiff_t length, Body&& body) {
  using P = Strip<T, Isa>;
  for (std::ptrdiff_t i = 0; i < length; i += P::kLanes) body(Lanes<P>{i, length - i});
}

// Calls body(piece) for what covers arrays of this length: whole strips, which need not ask, and
// the rest; or the one narrow pack of a row of a narrow tile, so that only what those can do
// (FourLanes) may stand in the body.
template <class T, class Isa, class Body>
FINN_INLINE void for_each_piece(std::ptrdiff_t length, Body&& body) {
  using P = Strip<T, Isa>;
  if (length == core::kNarrowLanes) return body(PackAt<NarrowPack<T, Isa>>{0});
  std::ptrdiff_t i = 0;
  for (; i + P::kLanes <= length; i += P::kLanes) body(PackAt<P>{i});
  if (i < length) body(Lanes<P>{i, length - i});
}

}  // namespace finn::ops
