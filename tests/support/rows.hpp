// Calls a kernel that fills rows, on arguments of any number.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/jet.hpp"

namespace finn::test {

// `count` rows of results at x. fill(x, length, rows) has to write row(k)[i] for k < count and
// i < length.
template <class T>
class Rows {
 public:
  template <class Fill>
  Rows(const std::vector<T>& x, int count, Fill&& fill)
      : count_(count), length_(static_cast<std::ptrdiff_t>(x.size())) {
    rows_.assign(static_cast<std::size_t>(count * stride()), kUnset);
    fill(x.data(), length_, *this);
  }

  int count() const { return count_; }
  std::ptrdiff_t stride() const { return length_ + kGap; }
  T* row(int k) { return rows_.data() + k * stride(); }
  const T* row(int k) const { return rows_.data() + k * stride(); }

  // What lies between the rows has not been written to.
  bool gaps_are_unset() const {
    for (int k = 0; k < count_; ++k) {
      const T* gap = row(k) + length_;
      if (std::count(gap, gap + kGap, kUnset) != kGap) return false;
    }
    return true;
  }

 private:
  static constexpr int kGap = core::kPackLanes<T>;
  static constexpr T kUnset = -12345;

  int count_;
  std::ptrdiff_t length_;
  std::vector<T> rows_;
};

}  // namespace finn::test
