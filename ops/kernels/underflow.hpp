// Products without subnormal numbers.
//
// Arithmetic on subnormal numbers takes up to a hundred times as long, on Intel's processors each
// operation that reads or makes one. Where factors become small without bound - the tails of a
// Gaussian, products of many of them - the kernels therefore give 0 for what is below a bound, by
// comparisons and selections of their own: the caller's floating-point mode stays as it is, and the
// bits are the same on every set. docs/UNDERFLOW.md.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"

namespace finn::ops {

// What is smaller than factor, of a function or an adjoint, is 0, and so is what is smaller than
// product, of a product of such numbers: the margin is for what is multiplied without a test. For a
// and b from product on, min(|a|, most) min(|b|, most) lift is a normal number that does not
// overflow.
template <class T>
struct Underflow;
template <>
struct Underflow<float> {
  static constexpr float factor = 0x1p-100f;
  static constexpr float product = 0x1p-118f;
  static constexpr float most = 0x1p8f;
  static constexpr float lift = 0x1p110f;
};
template <>
struct Underflow<double> {
  static constexpr double factor = 0x1p-960;
  static constexpr double product = 0x1p-1010;
  static constexpr double most = 0x1p12;
  static constexpr double lift = 0x1p998;
};

// a, or 0 where that is less than Underflow::factor.
template <class P, class T = typename P::T>
FINN_INLINE P factor_or_zero(const P& a) {
  return select_less(abs(a), P(Underflow<T>::factor), P(T(0)), a);
}

// What a comparison of products takes of a factor: its magnitude, bounded.
template <class P, class T = typename P::T>
FINN_INLINE P bounded_magnitude(const P& a) {
  return minimum(abs(a), P(Underflow<T>::most));
}
template <class P, class T = typename P::T>
FINN_INLINE P lifted_magnitude(const P& a) {
  return bounded_magnitude(a) * P(Underflow<T>::lift);
}

// a, or 0 where the product of two magnitudes, one of them lifted, says that a b is less than
// `least`. NaN stays.
template <class P, class T = typename P::T>
FINN_INLINE P kept_factor(const P& a, const P& lifted, const P& magnitude,
                          T least = Underflow<T>::factor) {
  return as_selected(select_less(lifted * magnitude, P(least * Underflow<T>::lift), P(T(0)), a));
}

// a b, or 0 where that is less than Underflow::product.
template <class P, class T = typename P::T>
FINN_INLINE P product_or_zero(const P& a, const P& b) {
  return kept_factor(a, lifted_magnitude(a), bounded_magnitude(b), Underflow<T>::product) * b;
}

// See KernelTable::product_or_zero.
template <class T, class Isa>
void product_or_zero_kernel(const T* a, const T* b, std::ptrdiff_t length, T* y) {
  for_each_strip<T, Isa>(length, [&](const auto& at) FINN_INLINE_LAMBDA {
    at.store(product_or_zero(at.load(a), at.load(b)), y);
  });
}

}  // namespace finn::ops
