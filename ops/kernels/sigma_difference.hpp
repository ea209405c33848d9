// y = sigma_1(a upper + b) - sigma_1(a lower + b), a >= 0, element by element.
// The difference is taken on the left, where sigma_1 is small, by sigma_1(z) = 1 - sigma_1(-z); and
// where the arguments are so near that it would lose digits, as a quadrature of sigma_0. Largest
// relative error of y over 1 + z^2, z the argument further from 0, measured for |b| < 5: 6.40 unit
// roundoffs in double (a = 0.0373618445, b = -4.18941007 on [-0.5, 1]), 5.67 in float.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/gaussian.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/sigma.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Below 1/2, sigma_1 is so nearly the same from low to low + width that its difference would lose
// digits, and sigma_0 so smooth that the quadrature loses none.
template <class P, class T = typename P::T>
FINN_INLINE P step_variation(const P& low, const P& width) {
  return width * (P(T(1)) + P(T(2)) * abs(low) + width);
}

// sigma_1(low + width) - sigma_1(low) by quadrature.
template <class P, class T = typename P::T>
FINN_INLINE P narrow_step(const P& low, const P& width) {
  // Nodes and weights of Gauss-Legendre quadrature on [-1, 1], 8 points (DLMF 3.5, table 3.5.2 and
  // its neighbours); the right half.
  static constexpr double nodes[] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                     0.9602898564975363};
  static constexpr double weights[] = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                       0.1012285362903763};
  P half = P(T(0.5)) * width;
  P middle = low + half;
  P sum(T(0));
  for (int q = 0; q < 4; ++q) {
    P node(static_cast<T>(nodes[q])), weight(static_cast<T>(weights[q]));
    P both = gaussian_value(subtract_product(half, node, middle)) +
             gaussian_value(multiply_add(half, node, middle));
    sum = multiply_add(weight, both, sum);
  }
  return half * sum;
}

// A block of differences on its way through the kernel, step by step (SigmaBlock).
template <class T, class Isa>
class SigmaDifferenceBlock {
 public:
  using P = Strip<T, Isa>;
  static constexpr int kLanes = core::kTileLanes<T>;

  // Of slopes[0 .. left) and biases; left >= 1.
  SigmaDifferenceBlock(const Interval<T>& interval, const T* slopes, const T* biases,
                       std::ptrdiff_t left)
      : left_(left < kLanes ? static_cast<int>(left) : kLanes) {
    for_each([&](const Lanes<P>& at) FINN_INLINE_LAMBDA {
      P slope = at.load(slopes), bias = at.load(biases), zero(T(0));
      P low = multiply_add(slope, P(interval.lower), bias);
      P high = multiply_add(slope, P(interval.upper), bias);
      P middle = low + high;
      select_less(zero, middle, -high, low).store(low_ + at.i);
      select_less(zero, middle, -low, high).store(high_ + at.i);
      (slope * P(interval.extent)).store(width_ + at.i);
    });
  }

  void store(T* y) {
    SigmaBlock<1, T, Isa>(low_, left_).store(1, 1, at_low_, 0);
    SigmaBlock<1, T, Isa>(high_, left_).store(1, 1, at_high_, 0);
    for_each([&](const Lanes<P>& at) FINN_INLINE_LAMBDA {
      P low = P::load(low_ + at.i), width = P::load(width_ + at.i), most(T(0.5));
      P step = at.load(at_high_) - at.load(at_low_);
      P variation = step_variation(low, width);
      if (any_less(variation, most)) {
        step = select_less(variation, most, narrow_step(low, width), step);
      }
      at.store(step, y);
    });
  }

 private:
  template <class Step>
  FINN_INLINE void for_each(Step&& step) const {
    for (int i = 0; i < left_; i += P::kLanes) step(Lanes<P>{i, left_ - i});
  }

  const int left_;
  alignas(core::kPackBytes) T low_[kLanes], high_[kLanes], width_[kLanes], at_low_[kLanes],
      at_high_[kLanes];
};

// See KernelTable::sigma_difference.
template <class T, class Isa>
void sigma_difference_kernel(const Interval<T>& interval, const T* slopes, const T* biases,
                             std::ptrdiff_t length, T* y) {
  using Block = SigmaDifferenceBlock<T, Isa>;
  for (std::ptrdiff_t i = 0; i < length; i += Block::kLanes) {
    Block(interval, slopes + i, biases + i, length - i).store(y + i);
  }
}

// See KernelTable::sigma_difference_transpose.
template <class T, class Isa>
void sigma_difference_transpose_kernel(const Interval<T>& interval, const T* slopes,
                                       const T* biases, const T* y_adjoint, std::ptrdiff_t length,
                                       T* slope_adjoint, T* bias_adjoint) {
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    using P = Strip<T, Isa>;
    P slope = lanes.load(slopes), bias = lanes.load(biases), above = lanes.load(y_adjoint);
    P lower(interval.lower), upper(interval.upper);
    P at_low = gaussian_value(multiply_add(slope, lower, bias));
    P at_high = gaussian_value(multiply_add(slope, upper, bias));
    P by_slope = multiply_subtract(at_high, upper, at_low * lower);
    lanes.add_product(above, by_slope, slope_adjoint);
    lanes.add_product(above, at_high - at_low, bias_adjoint);
  });
}

}  // namespace finn::ops
