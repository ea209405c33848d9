// Calls a kernel that fills rows of lanes, on arguments of any number.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/jet.hpp"
#include "core/tensor.hpp"

namespace finn::test {

// `count` rows of results at x, which is padded with zeros to whole packs. fill(x, lanes, rows) has
// to write row(k)[i] for k < count and i < lanes.
template <class T>
class Rows {
 public:
  template <class Fill>
  Rows(const std::vector<T>& x, int count, Fill&& fill)
      : count_(count),
        lanes_((static_cast<int>(x.size()) + kLanes - 1) / kLanes * kLanes),
        x_(core::Shape{lanes_}),
        rows_(core::Shape{count, stride()}) {
    std::copy(x.begin(), x.end(), x_.begin());
    rows_.fill(kUnset);
    fill(x_.data(), lanes_, *this);
  }

  int count() const { return count_; }
  std::ptrdiff_t stride() const { return lanes_ + kLanes; }
  T* row(int k) { return rows_.data() + k * stride(); }
  const T* row(int k) const { return rows_.data() + k * stride(); }

  // What lies between the rows has not been written to.
  bool gaps_are_unset() const {
    for (int k = 0; k < count_; ++k) {
      const T* gap = row(k) + lanes_;
      if (std::count(gap, gap + kLanes, kUnset) != kLanes) return false;
    }
    return true;
  }

 private:
  static constexpr int kLanes = core::kPackLanes<T>;
  static constexpr T kUnset = -12345;

  int count_;
  int lanes_;
  core::Tensor<T> x_;
  core::Tensor<T> rows_;
};

}  // namespace finn::test
