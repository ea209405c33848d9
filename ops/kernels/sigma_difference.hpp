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
#include "ops/kernels/underflow.hpp"

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
    constexpr T smallest = Underflow<T>::factor;
    P both = gaussian_value(subtract_product(half, node, middle), smallest) +
             gaussian_value(multiply_add(half, node, middle), smallest);
    sum = multiply_add(weight, both, sum);
  }
  return half * sum;
}

// From here on sigma_1 is 1 to the last bit, and 1 less it on the other side makes no difference to
// 1.
template <class T>
inline constexpr T kSigmaReach = sizeof(T) == sizeof(float) ? T(4) : T(6);

// 1 where both arguments are further away than that, each on its side, and 0 elsewhere: there the
// difference is 1, and its derivatives are less than a roundoff of that.
template <class P, class T = typename P::T>
FINN_INLINE P is_all(const P& low, const P& high) {
  P reach(kSigmaReach<T>), zero(T(0));
  return select_less(reach, high, select_less(low, -reach, P(T(1)), zero), zero);
}

// A block of differences on its way through the kernel, step by step (SigmaBlock).
template <class T, class Isa>
class SigmaDifferenceBlock {
 public:
  using P = Strip<T, Isa>;
  static constexpr int kLanes = core::kTileLanes<T>;

  // Of the lanes up to left, at least one: slope_at(at) and bias_at(at) are packs.
  template <class SlopeAt, class BiasAt>
  SigmaDifferenceBlock(const Interval<T>& interval, std::ptrdiff_t left, SlopeAt&& slope_at,
                       BiasAt&& bias_at)
      : left_(left < kLanes ? static_cast<int>(left) : kLanes) {
    for_each([&](const Lanes<P>& at) FINN_INLINE_LAMBDA {
      P slope = slope_at(at), bias = bias_at(at), zero(T(0));
      P low = multiply_add(slope, P(interval.lower), bias);
      P high = multiply_add(slope, P(interval.upper), bias);
      P middle = low + high;
      is_one_ = is_one_ && !any_less(is_all(low, high), P(T(1)));
      select_less(zero, middle, -high, low).store(low_ + at.i);
      select_less(zero, middle, -low, high).store(high_ + at.i);
      (slope * P(interval.extent)).store(width_ + at.i);
    });
  }

  void store(T* y) {
    if (is_one_) {
      for_each([&](const Lanes<P>& at) FINN_INLINE_LAMBDA { at.store(P(T(1)), y); });
      return;
    }
    constexpr T smallest = Underflow<T>::factor;
    sigma_family_up_to<1, T, Isa>(1, 1, low_, left_, at_low_, 0, smallest);
    sigma_family_up_to<1, T, Isa>(1, 1, high_, left_, at_high_, 0, smallest);
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
  bool is_one_ = true;
  alignas(core::kPackBytes) T low_[kLanes], high_[kLanes], width_[kLanes], at_low_[kLanes],
      at_high_[kLanes];
};

// The derivatives of a difference.
template <class P, class T = typename P::T>
struct SigmaDifferenceSlopes {
  P slope, bias;
  bool are_zero;

  FINN_INLINE SigmaDifferenceSlopes(const Interval<T>& interval, const P& a, const P& b) {
    P lower(interval.lower), upper(interval.upper), one(T(1)), zero(T(0));
    P low = multiply_add(a, lower, b), high = multiply_add(a, upper, b);
    P all = is_all(low, high);
    are_zero = !any_less(all, one);
    if (are_zero) return;
    P at_low = gaussian_value(low, Underflow<T>::factor);
    P at_high = gaussian_value(high, Underflow<T>::factor);
    slope = select_less(all, one, multiply_subtract(at_high, upper, at_low * lower), zero);
    bias = select_less(all, one, at_high - at_low, zero);
  }
};

// See KernelTable::sigma_difference.
template <class T, class Isa>
void sigma_difference_kernel(const Interval<T>& interval, const T* slopes, const T* biases,
                             std::ptrdiff_t length, T* y) {
  using Block = SigmaDifferenceBlock<T, Isa>;
  for (std::ptrdiff_t i = 0; i < length; i += Block::kLanes) {
    Block(
        interval, length - i,
        [&](const auto& at) FINN_INLINE_LAMBDA { return at.load(slopes + i); },
        [&](const auto& at) FINN_INLINE_LAMBDA { return at.load(biases + i); })
        .store(y + i);
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
    const SigmaDifferenceSlopes<P> by(interval, slope, bias);
    if (by.are_zero) return;
    lanes.add_product(above, by.slope, slope_adjoint);
    lanes.add_product(above, by.bias, bias_adjoint);
  });
}

}  // namespace finn::ops
