// tanh and its derivatives, for networks without positivity.
//
// With t = tanh(x) and s = 1 - t^2 = sech^2(x), the k-th derivative is s Q_k(t) for k >= 1, where
// Q_1 = 1 and Q_{k+1} = (1 - t^2) Q_k' - 2t Q_k. The coefficients of Q_k are integers. s is formed
// from exp(-2|x|), so that it keeps its relative accuracy where 1 - t^2 would lose it.
#pragma once

#include "ops/kernels/pack.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

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

template <class T, class Isa>
void tanh_family(int count, const T* x, int lanes, T* out, std::ptrdiff_t stride) {
  using P = Pack<T, Isa>;
  static constexpr TanhPolynomials polynomials;
  for (int i = 0; i < lanes; i += P::kLanes) {
    const P argument = P::load(x + i);
    const P t = tanh(argument);
    const P magnitude = abs(argument);
    const P e = exp(-(magnitude + magnitude));
    const P one_plus = P(T(1)) + e;
    const P s = P(T(4)) * e / (one_plus * one_plus);
    t.store(out + i);
    for (int k = 1; k < count; ++k) {
      P q(T(polynomials.q[k][k - 1]));
      for (int j = k - 2; j >= 0; --j) q = multiply_add(q, t, P(T(polynomials.q[k][j])));
      (s * q).store(out + k * stride + i);
    }
  }
}

}  // namespace finn::ops
