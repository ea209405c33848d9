// The family sigma_n, sigma_{n-1}, ..., sigma_1, sigma_0, sigma_{-1}, ... at one argument, where
// sigma_n is the (n-1)-fold integral of (1 + erf)/2 from -infinity and sigma_{k-1} = sigma_k'.
//
//   sigma_n(x) = i^{n-1}erfc(-x) / 2      (DLMF 7.18; i^k erfc = I_k below)
//   sigma_0(x) = exp(-x^2) / sqrt(pi)
//
// One exponential, one polynomial for the ratio of the two highest I_k at z = |x|, and recurrences
// whose terms are all positive: downward for x < 0, where the upward one is unstable, upward for
// x >= 0. Hence every sigma_k, k >= 0, is >= 0 and has full relative accuracy in both tails.
// Derivation and measured errors: docs/SIGMA.md.
//
// Range: every argument. sigma_k(-inf) = 0, sigma_1(inf) = 1, sigma_k(inf) = inf for k >= 2;
// NaN gives NaN. Results below the smallest normal number may be flushed to 0; those of order -k
// already below (2|x|)^k times it, where the Gaussian is flushed.
#pragma once

#include "ops/kernels/pack.hpp"
#include "ops/kernels/sigma_coefficients.hpp"

namespace finn::ops {

template <class P, class T, int n>
FINN_INLINE P sigma_ratio(const P& s) {
  using Fit = SigmaFit<T, n>;
  P p(Fit::coefficients[Fit::degree]);
  for (int k = Fit::degree - 1; k >= 0; --k) p = multiply_add(p, s, P(Fit::coefficients[k]));
  return p;
}

// family[k] = sigma_{n-k}(x), k = 0 .. n.
template <int n, class T, class Isa>
FINN_INLINE void sigma_positive_orders(const Pack<T, Isa>& x, const Pack<T, Isa>& z,
                                       Pack<T, Isa>* family) {
  using P = Pack<T, Isa>;
  constexpr T centre = SigmaFit<T, n>::centre;
  const P square = z * z;
  P gauss = exp(-square);
  gauss = multiply_add(-square_low(z, square), gauss, gauss);
  const P phi = gauss * P(T(0.56418958354775628694807945156077258584L));  // 1 / sqrt(pi)

  // u[k + 1] is proportional to I_k(z): u_{k-2} = 2z u_{k-1} + 2k u_k (DLMF 7.18.7).
  P u[n + 1];
  u[n] = sigma_ratio<P, T, n>((z - P(centre)) / (z + P(centre)));
  u[n - 1] = z + P(centre);
  const P twice = z + z;
  for (int k = n - 1; k >= 1; --k) u[k - 1] = multiply_add(twice, u[k], P(T(2 * k)) * u[k + 1]);

  // x < 0: I_{m-1}(z) / 2 = (u_{m-1} / u_{-1}) phi. The quotient first: phi / u_{-1} underflows.
  const P scale = P(T(1)) / u[0];
  P left[n + 1];
  for (int m = 1; m <= n; ++m) left[m] = u[m] * scale * phi;

  // x >= 0: (m - 1) sigma_m = x sigma_{m-1} + sigma_{m-2} / 2.
  P right[n + 1];
  right[0] = phi;
  right[1] = P(T(1)) - left[1];
  for (int m = 2; m <= n; ++m) {
    right[m] = multiply_add(x, right[m - 1], P(T(0.5)) * right[m - 2]) * P(T(1) / T(m - 1));
  }
  family[n] = phi;
  for (int m = 1; m <= n; ++m) family[n - m] = select_less(x, P(T(0)), left[m], right[m]);
}

// sigma_{-k} is the k-th derivative of sigma_0: phi^{(k+1)} = -2x phi^{(k)} - 2k phi^{(k-1)}.
template <class T, class Isa>
FINN_INLINE void sigma_negative_orders(const Pack<T, Isa>& clamped, const Pack<T, Isa>& phi,
                                       int count, T* out, std::ptrdiff_t stride) {
  using P = Pack<T, Isa>;
  const P minus_twice = -(clamped + clamped);
  P previous(T(0));
  P current = phi;
  for (int k = 0; k < count; ++k) {
    const P next = multiply_add(minus_twice, current, P(T(-2 * k)) * previous);
    next.store(out + k * stride);
    previous = current;
    current = next;
  }
}

template <int n, class T, class Isa>
void sigma_family_of_order(int count, const T* x, int lanes, T* out, std::ptrdiff_t stride) {
  using P = Pack<T, Isa>;
  // Beyond this |x| the Gaussian is 0 and the ratio no longer matters, but infinities would.
  const P limit(sizeof(T) == 4 ? T(16) : T(40));
  for (int i = 0; i < lanes; i += P::kLanes) {
    const P argument = P::load(x + i);
    const P magnitude = abs(argument);
    const P z = select_less(limit, magnitude, limit, magnitude);
    P family[n + 1];
    sigma_positive_orders<n>(argument, z, family);
    const int positive = count <= n ? count : n + 1;
    for (int k = 0; k < positive; ++k) family[k].store(out + k * stride + i);
    if (count <= n + 1) continue;
    const P clamped = select_less(argument, P(T(0)), -z, z);
    sigma_negative_orders(clamped, family[n], count - n - 1, out + (n + 1) * stride + i, stride);
  }
}

template <class T, class Isa>
void sigma_family(int order, int count, const T* x, int lanes, T* out, std::ptrdiff_t stride) {
  switch (order) {
#define FINN_SIGMA_ORDER(n)                                         \
  case n:                                                           \
    sigma_family_of_order<n, T, Isa>(count, x, lanes, out, stride); \
    break;
    FINN_SIGMA_ORDER(1)
    FINN_SIGMA_ORDER(2)
    FINN_SIGMA_ORDER(3)
    FINN_SIGMA_ORDER(4)
    FINN_SIGMA_ORDER(5)
    FINN_SIGMA_ORDER(6)
    FINN_SIGMA_ORDER(7)
    FINN_SIGMA_ORDER(8)
#undef FINN_SIGMA_ORDER
    default:
      break;
  }
}

}  // namespace finn::ops
