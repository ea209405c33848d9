// The exponential, for arguments of either sign and, in parts, for the kernels that scale late.
//
//   exp(-h) = 2^-k exp(-r),  k = round(h / ln 2),  r = h - k ln 2 (in two parts: exact but for the
//   roundoff of r),  exp(-r) - 1 = -r + r^2 q(r)    (q: ReducedExp in coefficients.hpp)
//
// The reduction is Cody and Waite's; multiples of the high part of ln 2 are exact.
//
// exp: every argument. 0 where the result is below the smallest normal number, and nothing on the
// way is subnormal; infinity where it is beyond the largest; NaN gives NaN. Largest error measured:
// docs/ACCURACY.md.
#pragma once

#include "ops/kernels/coefficients.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/polynomial.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {

template <class T>
struct ExpConstants;
template <>
struct ExpConstants<float> {
  static constexpr float log2_e = 0x1.715476p+0f;
  static constexpr float ln2_high = 0x1.62e4p-1f;  // 15 bits
  static constexpr float ln2_low = 0x1.7f7d1cp-20f;
  static constexpr float largest = 88.9f;     // beyond this exp is infinite
  static constexpr float smallest = -104.5f;  // below this it is 0
};
template <>
struct ExpConstants<double> {
  static constexpr double log2_e = 0x1.71547652b82fep+0;
  static constexpr double ln2_high = 0x1.62e42fefa38p-1;  // 42 bits
  static constexpr double ln2_low = 0x1.ef35793c7673p-45;
  static constexpr double largest = 709.9;
  static constexpr double smallest = -746;
};

template <class T>
constexpr T exact_power_of_two(int exponent) {
  return number_of_bits<T>(static_cast<typename Format<T>::Bits>(exponent + Format<T>::bias)
                           << Format<T>::fraction_bits);
}

// exp(-h) 2^lift = (1 + minus_one) power.
template <class P>
struct ScaledExp {
  Compensated<P> minus_one;
  P power;
};

// The lift keeps the power normal: 1 <= bias + lift - k <= 2 bias. h_low is added to h and is about
// a roundoff of it.
template <class P, class T = typename P::T>
FINN_INLINE ScaledExp<P> scaled_exp(const P& h, const P& h_low, const P& lift) {
  using C = ExpConstants<T>;
  P base = P(kMagic<T> + T(Format<T>::bias)) + lift;
  P biased = subtract_product(h, P(C::log2_e), base);
  P minus_k = biased - base;
  P r_high = multiply_add(minus_k, P(C::ln2_high), h);
  Compensated<P> r = fast_sum(r_high, multiply_add(minus_k, P(C::ln2_low), h_low));
  P square = r.high * r.high;
  P q = fitted<ReducedExp<T>>(r.high);
  P minus_one = multiply_subtract(square, q, r.high);
  P rounded_off = multiply_subtract(square, q, minus_one + r.high);
  P low = subtract_product(r.low, minus_one, rounded_off - r.low);
  return {{minus_one, low}, power_of_two(biased)};
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE exp(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  using C = ExpConstants<T>;
  constexpr int lift = Format<T>::fraction_bits + 2;  // of small results; the largest need -1
  P zero(T(0));
  P number = select_number(x, x, zero);
  P bounded = maximum(minimum(number, P(C::largest)), P(C::smallest));
  ScaledExp<P> e = scaled_exp(-bounded, zero, select_less(zero, bounded, P(T(-1)), P(T(lift))));
  P down = select_less(zero, bounded, P(T(2)), P(exact_power_of_two<T>(-lift)));
  P raised = multiply_add(e.power, e.minus_one.high, e.power);
  P least(Format<T>::smallest * exact_power_of_two<T>(lift));
  return select_number(x, as_selected(select_less(raised, least, zero, raised)) * down, x);
}

}  // namespace finn::ops
