// tanh and its derivatives, for networks without positivity.
//
// With e = exp(-2|x|), |t| = (1 - e)/(1 + e) from e - 1 as it is, not as a difference, and
// s = 1 - t^2 = sech^2(x) = 4e/(1 + e)^2, which keeps the relative accuracy that 1 - t^2 would
// lose. The k-th derivative is s Q_k(t) for k >= 1, where Q_1 = 1 and Q_{k+1} = (1 - t^2) Q_k' - 2t
// Q_k. The coefficients of Q_k are integers. Every argument; NaN gives NaN. e, and with it every
// derivative, is 0 where it would be less than four times the smallest normal number. Largest error
// of tanh measured: docs/ACCURACY.md; its derivatives change sign.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class P>
struct TanhAndSlope {
  P tanh, slope;
};

FINN_PACK FINN_INLINE TanhAndSlope<FINN_PACK_TYPE> tanh_and_slope(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  constexpr int lift = Format<T>::fraction_bits + 2;
  P one(T(1));
  P number = select_number(x, x, P(T(0)));
  P h = minimum(P(T(2)) * minimum(abs(number), P(-ExpConstants<T>::smallest)),
                P(-ExpConstants<T>::smallest));
  ScaledExp<P> e = scaled_exp(h, P(T(0)), P(T(lift)));
  P least(T(4) * Format<T>::smallest * exact_power_of_two<T>(lift));
  P kept = as_selected(select_less(e.power, least, P(T(0)), e.power));
  P power = kept * P(exact_power_of_two<T>(-lift));
  P minus_one = multiply_add(power, e.minus_one.high, power - one);
  P exp = multiply_add(power, e.minus_one.high, power);
  P one_plus = one + exp;
  P t = with_sign(-minus_one / (P(T(2)) + minus_one), number);
  return {select_number(x, t, x), select_number(x, P(T(4)) * exp / (one_plus * one_plus), x)};
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE tanh(const FINN_PACK_TYPE& x) {
  return tanh_and_slope(x).tanh;
}

// Q[k][j] is the coefficient of t^j in Q_k.
struct TanhPolynomials {
  double q[kMaxTanhDerivatives][kMaxTanhDerivatives] = {};

  constexpr TanhPolynomials() {
    q[1][0] = 1;
    for (int k = 1; k + 1 < kMaxTanhDerivatives; ++k) {
      for (int j = 0; j < k; ++j) {
        if (j > 0) q[k + 1][j - 1] += j * q[k][j];
        q[k + 1][j + 1] -= (j + 2) * q[k][j];
      }
    }
  }
};

// The k-th derivative, 1 <= k < kMaxTanhDerivatives.
template <class P, class T = typename P::T>
FINN_INLINE P tanh_derivative(const TanhAndSlope<P>& at, int k) {
  static constexpr TanhPolynomials polynomials;
  const double* coefficients = polynomials.q[k];
  P q(static_cast<T>(coefficients[k - 1]));
  for (int j = k - 2; j >= 0; --j) q = multiply_add(q, at.tanh, P(static_cast<T>(coefficients[j])));
  return at.slope * q;
}

// See KernelTable::tanh_family.
template <class T, class Isa>
void tanh_family(int count, const T* x, std::ptrdiff_t length, T* out, std::ptrdiff_t stride) {
  using P = Strip<T, Isa>;
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    TanhAndSlope<P> at = tanh_and_slope(lanes.load(x));
    lanes.store(at.tanh, out);
    for (int k = 1; k < count; ++k) lanes.store(tanh_derivative(at, k), out + k * stride);
  });
}

}  // namespace finn::ops
