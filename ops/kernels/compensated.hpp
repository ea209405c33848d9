// Sums that are kept unevaluated: high + low, where low is about a roundoff of high.
//
// A chain of operations on them loses a few squares of the roundoff, not a roundoff per step: the
// roundoff of each sum and product is itself a number, and is computed (O. Moller, BIT 5, 1965;
// T. J. Dekker, "A floating-point technique for extending the available precision", Numerische
// Mathematik 18, 1971). The result is rounded once, at the end.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {

template <class P>
struct Compensated {
  P high, low;

  FINN_INLINE P value() const { return high + low; }
};

// a cut to half its bits. The other half, a - that, is exact.
template <class P, class T = typename P::T>
FINN_INLINE P upper_half(const P& a) {
  using Bits = typename Format<T>::Bits;
  constexpr int cut = (Format<T>::fraction_bits + 2) / 2;
  return bit_and(a, static_cast<Bits>(~Bits{0} << cut));
}

// a b - product: what the rounded product lacks. Exact; without a fused multiply-add by Dekker's
// product of halves, in double up to 2^-106 of the product.
template <class P>
FINN_INLINE P product_low(const P& a, const P& b, const P& product) {
  if constexpr (P::Isa::fused) {
    return multiply_subtract(a, b, product);
  } else {
    P a_high = upper_half(a), a_low = a - a_high;
    P b_high = upper_half(b), b_low = b - b_high;
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
  }
}

// c - a b where that is small against c.
template <class P>
FINN_INLINE P residual(const P& a, const P& b, const P& c) {
  if constexpr (P::Isa::fused) {
    return subtract_product(a, b, c);
  } else {
    P product = a * b;
    return (c - product) - product_low(a, b, product);
  }
}

// a + b, exactly (Knuth).
template <class P>
FINN_INLINE Compensated<P> exact_sum(P a, P b) {
  P high = a + b;
  P b_part = high - a;
  return {high, (a - (high - b_part)) + (b - b_part)};
}

// a + b; low is exact where |b| <= |a|.
template <class P>
FINN_INLINE Compensated<P> fast_sum(const P& a, const P& b) {
  P high = a + b;
  return {high, b - (high - a)};
}

// a b + c, but for the roundoff of low.
template <class P>
FINN_INLINE Compensated<P> exact_multiply_add(const P& a, const P& b, const P& c) {
  P product = a * b;
  Compensated<P> sum = exact_sum(product, c);
  return {sum.high, sum.low + product_low(a, b, product)};
}

// a b + c where |a b| <= |c|, or up to twice that. Elsewhere low misses up to a roundoff of high:
// then nothing is gained, and little lost.
template <class P>
FINN_INLINE Compensated<P> fast_multiply_add(const P& a, const P& b, const P& c) {
  if constexpr (P::Isa::fused) {
    P high = multiply_add(a, b, c);
    return {high, multiply_add(a, b, c - high)};
  } else {
    P product = a * b;
    P high = c + product;
    return {high, ((c - high) + product) + product_low(a, b, product)};
  }
}

// a x + c, exact and fast likewise.
template <class P>
FINN_INLINE Compensated<P> exact_multiply_add(const P& a, const Compensated<P>& x,
                                              const Compensated<P>& c) {
  Compensated<P> sum = exact_multiply_add(a, x.high, c.high);
  return {sum.high, multiply_add(a, x.low, sum.low + c.low)};
}
template <class P>
FINN_INLINE Compensated<P> exact_multiply_add(const P& a, const Compensated<P>& x, const P& c) {
  Compensated<P> sum = exact_multiply_add(a, x.high, c);
  return {sum.high, multiply_add(a, x.low, sum.low)};
}
template <class P>
FINN_INLINE Compensated<P> fast_multiply_add(const P& a, const Compensated<P>& x,
                                             const Compensated<P>& c) {
  Compensated<P> sum = fast_multiply_add(a, x.high, c.high);
  return {sum.high, multiply_add(a, x.low, sum.low + c.low)};
}

// power x for a power of two.
template <class P>
FINN_INLINE Compensated<P> scale(const P& power, const Compensated<P>& x) {
  return {power * x.high, power * x.low};
}

// x numerator / denominator; the denominator a power of two.
template <int numerator, int denominator = 1, class P>
FINN_INLINE Compensated<P> multiply(const Compensated<P>& x) {
  if constexpr (numerator == denominator) return x;
  if constexpr (numerator == 2 * denominator) return {x.high + x.high, x.low + x.low};
  P factor(static_cast<typename P::T>(numerator) / denominator);
  if constexpr ((numerator & (numerator - 1)) == 0) return scale(factor, x);
  P high = factor * x.high;
  return {high, multiply_add(factor, x.low, product_low(factor, x.high, high))};
}

// a b, its high part rounded.
template <class P>
FINN_INLINE Compensated<P> multiply(const Compensated<P>& a, const Compensated<P>& b) {
  P cross = multiply_add(a.low, b.high, a.high * b.low);
  if constexpr (P::Isa::fused) {
    P high = multiply_add(a.high, b.high, cross);
    return {high, multiply_subtract(a.high, b.high, high) + cross};
  } else {
    P product = a.high * b.high;
    return fast_sum(product, product_low(a.high, b.high, product) + cross);
  }
}

template <class P>
FINN_INLINE Compensated<P> divide(const Compensated<P>& a, const Compensated<P>& b) {
  P inverse = P(typename P::T(1)) / b.high;
  P high = a.high * inverse;
  P remainder = residual(high, b.high, a.high) + a.low;
  return {high, subtract_product(high, b.low, remainder) * inverse};
}

}  // namespace finn::ops
