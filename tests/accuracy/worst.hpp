// The worst of many results against a reference.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace finn::accuracy {

// A reference value in two parts, of which the second is needed for double only.
struct Reference {
  double high, low;
};

template <class T>
class Worst {
 public:
  using Bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  static constexpr double kRoundoff = std::numeric_limits<T>::epsilon() / 2;
  static constexpr double kSmallest = std::numeric_limits<T>::min();
  static constexpr double kLargest = std::numeric_limits<T>::max();

  // The error of `got` at x, relative to the reference or to `floor`, whichever is larger.
  void add(T x, T got, const Reference& expected, double floor) {
    if (got < smallest) smallest = got;
    const double size = std::fabs(expected.high);
    if (!(size <= kLargest)) return;
    const double error = std::fabs((static_cast<double>(got) - expected.high) - expected.low);
    if (size < kSmallest && floor == 0) {
      const double spacings = error / std::numeric_limits<T>::denorm_min();
      if (!(spacings <= subnormal)) subnormal = spacings;
      return;
    }
    const double relative = error / std::fmax(size, floor) / kRoundoff;
    if (relative <= units) return;
    units = relative;
    argument = x;
    ulps = error / (std::ldexp(kRoundoff, std::ilogb(std::fmax(size, floor)) + 1));
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
