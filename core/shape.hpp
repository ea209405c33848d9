// Shapes of dense row-major arrays, and the checked products behind every allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace finn::core {

// a * b for sizes; fails with ERROR_SIZE when a factor is negative or the product overflows.
std::int64_t checked_product(std::int64_t a, std::int64_t b);

// Extents of an array of rank 0 .. 4, slowest index first. Rank 0 is a scalar: count() = 1.
class Shape {
 public:
  static constexpr int kMaxRank = 4;

  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents);  // each >= 0; the count must not overflow

  int rank() const noexcept { return rank_; }
  std::int64_t operator[](int axis) const noexcept {
    return extents_[static_cast<std::size_t>(axis)];
  }
  std::int64_t count() const noexcept { return count_; }
  bool operator==(const Shape&) const = default;

 private:
  std::array<std::int64_t, kMaxRank> extents_{};
  int rank_ = 0;
  std::int64_t count_ = 1;
};

}  // namespace finn::core
