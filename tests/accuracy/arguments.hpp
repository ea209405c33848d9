// What the functions are tried at.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/random.hpp"

namespace finn::accuracy {

// All finite floats in ascending order, as numbers 0 .. kFloats - 1.
inline constexpr std::int64_t kFloats = 2 * std::int64_t{0x7f800000};
inline float float_of(std::int64_t index) {
  const std::int64_t magnitude = index - kFloats / 2;
  if (magnitude >= 0) return std::bit_cast<float>(static_cast<std::uint32_t>(magnitude));
  return -std::bit_cast<float>(static_cast<std::uint32_t>(-magnitude - 1));
}

// Blocks of neighbouring floats, every `stride`-th one, so that steps from one to the next are
// seen.
class FloatBlocks {
 public:
  static constexpr std::int64_t kBlock = 256;
  explicit FloatBlocks(std::int64_t stride) : stride_(stride) {}
  std::int64_t count() const { return (kFloats / kBlock + stride_ - 1) / stride_; }
  std::int64_t total() const { return count() * kBlock; }
  std::vector<float> operator()(std::int64_t index) const {
    std::vector<float> x;
    const std::int64_t first = index * stride_ * kBlock;
    for (std::int64_t i = first; i < std::min(first + kBlock, kFloats); ++i) {
      x.push_back(float_of(i));
    }
    return x;
  }

 private:
  std::int64_t stride_;
};

// Blocks of doubles: a quarter each uniform in [-28, 30], uniform in [-3, 3], of any magnitude from
// 2^-60 to 2^8, and from 2^-1000 to 2^1000; the first block holds the boundaries.
class DoubleBlocks {
 public:
  static constexpr std::int64_t kBlock = 4096;
  explicit DoubleBlocks(std::int64_t arguments) : count_((arguments + kBlock - 1) / kBlock) {}
  std::int64_t count() const { return count_; }
  std::int64_t total() const { return count_ * kBlock; }
  std::vector<double> operator()(std::int64_t index) const {
    if (index == 0) return boundaries();
    core::Random random(static_cast<std::uint64_t>(index));
    std::vector<double> x;
    for (std::int64_t i = 0; i < kBlock; i += 4) {
      x.push_back(random.uniform(-28, 30));
      x.push_back(random.uniform(-3, 3));
      for (const double range : {34.0, 1000.0}) {
        const double middle = range == 34.0 ? -26 : 0;
        const double magnitude = std::exp2(middle + random.uniform(-range, range));
        x.push_back(random.uniform(-1, 1) < 0 ? -magnitude : magnitude);
      }
    }
    return x;
  }

 private:
  // Zeros, the ends of the format, and the neighbours of the points where a kernel or its result
  // changes: powers of two, the ends of the left tail, the limits of SigmaRange.
  static std::vector<double> boundaries() {
    using Limits = std::numeric_limits<double>;
    std::vector<double> points{0.0,           Limits::denorm_min(),
                               Limits::min(), 1e300,
                               Limits::max(), 3.0,
                               9.2,           26.5,
                               26.6,          27.2,
                               28.5,          30.0};
    for (int k = -60; k <= 600; ++k) points.push_back(std::ldexp(1.0, k));
    std::vector<double> x;
    for (const double point : points) {
      for (const double at :
           {std::nextafter(point, 0), point, std::nextafter(point, Limits::max())}) {
        x.push_back(at);
        x.push_back(-at);
      }
    }
    return x;
  }

  std::int64_t count_;
};

}  // namespace finn::accuracy
