// The natural logarithm, of a number and of one plus a number.
//
//   log(2^k (1 + f)) = k ln 2 + log(1 + f),   1 + f in [sqrt(1/2), sqrt(2)],
//   log(1 + f) = f - (f^2/2 - s (f^2/2 + s^2 q(s^2))),   s = f / (2 + f)
//
// as in Sun's FDLIBM, with a fit of our own (q: ReducedLog in coefficients.hpp). f is exact, so the
// relative error stays small where the logarithm is 0.
//
// Largest errors measured, in unit roundoffs: docs/ACCURACY.md.
#pragma once

#include "ops/kernels/coefficients.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/polynomial.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {

// k ln 2 + log(1 + f) for f in [sqrt(1/2) - 1, sqrt(2) - 1].
template <class P, class T = typename P::T>
FINN_INLINE P log_of_parts(const P& k, const P& f) {
  P s = f / (P(T(2)) + f);
  P t = s * s;
  P rest = t * fitted<ReducedLog<T>>(t);
  P half_square = P(T(0.5)) * f * f;
  P small = multiply_add(s, half_square + rest, k * P(ExpConstants<T>::ln2_low));
  return multiply_add(k, P(ExpConstants<T>::ln2_high), f - (half_square - small));
}

inline constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;

// k ln 2 + log(a) for a normal number a > 0.
template <class P, class T = typename P::T>
FINN_INLINE P log_of_normal(const P& a, const P& k) {
  P m = fraction(a);
  P exponents = k + exponent(a);
  P one(T(1)), root(static_cast<T>(kSqrt2));
  return log_of_parts(select_less(root, m, exponents + one, exponents),
                      select_less(root, m, P(T(0.5)) * m, m) - one);
}

// log(1 + t) for t in [-1/2, 1].
template <class P, class T = typename P::T>
FINN_INLINE P log_of_one_plus(const P& t) {
  P zero(T(0)), half(T(0.5));
  P above(static_cast<T>(kSqrt2 - 1)), below(static_cast<T>(kSqrt2 / 2 - 1));
  P k = select_less(above, t, P(T(1)), select_less(t, below, P(T(-1)), zero));
  P halved = multiply_add(half, t, -half);        // (1 + t)/2 - 1, exact there
  P doubled = multiply_add(P(T(2)), t, P(T(1)));  // 2 (1 + t) - 1, likewise
  return log_of_parts(k, select_less(above, t, halved, select_less(t, below, doubled, t)));
}

// Every argument: log(0) = -inf, log(inf) = inf, NaN below 0 and of NaN.
FINN_PACK FINN_INLINE FINN_PACK_TYPE log(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  using F = Format<T>;
  constexpr int lift = F::fraction_bits + 1;  // makes any subnormal number normal
  P zero(T(0)), smallest(F::smallest), infinity(static_cast<T>(__builtin_inf()));
  P number = select_number(x, x, zero);
  P lifted = minimum(number, smallest) * P(exact_power_of_two<T>(lift));
  P normal = select_less(number, smallest, lifted, minimum(number, P(F::largest)));
  P k = select_less(number, smallest, P(T(-lift)), zero);
  P result = log_of_normal(select_less(zero, number, normal, P(T(1))), k);
  P not_positive = select_less(number, zero, P(static_cast<T>(__builtin_nan(""))), -infinity);
  P defined = select_less(zero, number, result, not_positive);
  return select_number(x, select_less(P(F::largest), number, infinity, defined), x);
}

}  // namespace finn::ops
