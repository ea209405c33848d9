// The worst of many results against a reference.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace finn::accuracy {

// A reference value: of 64 bits at least, and of a range that makes no double subnormal.
using Reference = long double;

template <class T>
class Worst {
 public:
  using Bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  static constexpr Reference kRoundoff = std::numeric_limits<T>::epsilon() / 2;
  static constexpr Reference kSmallest = std::numeric_limits<T>::min();
  static constexpr Reference kLargest = std::numeric_limits<T>::max();

  // The error of `got` at x, relative to the reference or to `floor`, whichever is larger.
  // vanishes: `got` is 0 where the reference is below the smallest normal number.
  void add(T x, T got, Reference expected, double floor, bool vanishes) {
    if (got < smallest) smallest = got;
    const Reference size = std::fabs(expected);
    if (!(size <= kLargest)) return;
    const Reference error = std::fabs(got - expected);
    if (vanishes && size < kSmallest * (1 + 16 * kRoundoff)) {
      if (got == 0 || error < 16 * kRoundoff * kSmallest) return;
    } else if (size < kSmallest && floor == 0) {
      const auto spacings = static_cast<double>(error / std::numeric_limits<T>::denorm_min());
      if (!(spacings <= subnormal)) subnormal = spacings;
      return;
    }
    const Reference scale = std::fmax(size, Reference(floor));
    const auto relative = static_cast<double>(error / scale / kRoundoff);
    if (relative <= units) return;
    units = relative;
    argument = x;
    ulps = static_cast<double>(error / std::ldexp(kRoundoff, std::ilogb(scale) + 1));
  }

  // By how many numbers `got` lies below `before`, the result at the next smaller argument.
  void add_step(T before, T got) {
    const Bits step = std::bit_cast<Bits>(before) - std::bit_cast<Bits>(got);
    if (step > decrease) decrease = step;
  }

  bool operator==(const Worst&) const = default;

  void merge(const Worst& other) {
    if (!(other.units <= units)) {
      units = other.units;
      ulps = other.ulps;
      argument = other.argument;
    }
    if (!(other.subnormal <= subnormal)) subnormal = other.subnormal;
    if (other.smallest < smallest) smallest = other.smallest;
    if (other.decrease > decrease) decrease = other.decrease;
  }

  double units = 0;      // unit roundoffs
  double ulps = 0;       // of the format, at the result
  T argument = 0;        // where
  double subnormal = 0;  // spacings of the subnormal numbers, where the result is one of them
  T smallest = std::numeric_limits<T>::infinity();
  Bits decrease = 0;
};

}  // namespace finn::accuracy
