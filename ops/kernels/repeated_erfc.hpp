// Ratios of the repeated integrals of erfc, I_k = i^k erfc (DLMF 7.18), at z >= 0: one polynomial
// for the ratio of two neighbours, the rest by the recurrence downwards, all of whose terms are
// positive. docs/SIGMA.md.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/coefficients.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/gauss.hpp"
#include "ops/kernels/polynomial.hpp"

namespace finn::ops {

// What a ratio needs of z.
template <class P>
struct RatioArgument {
  Compensated<P> s;  // (z - 3) / (z + 3), the low part up to a factor near 1
  P inverse;         // 1 / (z + 3), rounded
  P lack;            // 1 / (z + 3) = inverse (1 + lack)
};

// The sum z + 3 is exact whichever term is larger: 3 is a multiple of its last place.
template <class P, class T = typename P::T>
FINN_INLINE RatioArgument<P> ratio_argument(const P& z) {
  P one(T(1));
  Compensated<P> sum = fast_sum(P(T(3)), z);
  P inverse = one / sum.high;
  P lack = subtract_product(inverse, sum.low, residual(inverse, sum.high, one));
  P s = subtract_product(P(T(6)), inverse, one);
  return {{s, multiply_subtract(s, lack, lack)}, inverse, lack};
}

// The fit of p(s) = (z + 3) I_N/I_{N-1}.
template <int N, class T>
struct RatioFit;
template <class T>
struct RatioFit<1, T> : RepeatedErfcRatio1<T> {};
template <class T>
struct RatioFit<3, T> : RepeatedErfcRatio3<T> {};
template <class T>
struct RatioFit<5, T> : RepeatedErfcRatio5<T> {};
template <class T>
struct RatioFit<7, T> : RepeatedErfcRatio7<T> {};

// I_N/I_{N-1} at z, by the fit of p(s) = (z + 3) I_N/I_{N-1}.
template <class Fit, class P>
FINN_INLINE Compensated<P> repeated_erfc_ratio(const RatioArgument<P>& at) {
  Compensated<P> p = compensated_fit<Fit>(at.s);
  P high = p.high * at.inverse;
  P low = multiply_add(p.low, at.inverse, product_low(p.high, at.inverse, high));
  return {high, multiply_add(high, at.lack, low)};
}

// u_k, k = top .. top - 4, with u_{k-2} = 2z u_{k-1} + 2k u_k (DLMF 7.18.7), from u_{top-1} = 1 and
// u_top = I_top/I_{top-1}: I_k times a common factor.
template <int top, class P>
struct Descent {
  using T = typename P::T;

  Compensated<P> first, third, fourth, fifth;  // u_top, u_{top-2}, u_{top-3}, u_{top-4}

  FINN_INLINE Descent(const P& z, const Compensated<P>& ratio) : first(ratio) {
    P twice = z + z;
    Compensated<P> term = multiply<2 * top>(first);
    third = exact_sum(term.high, twice);
    third.low = third.low + term.low;
    fourth = exact_multiply_add(twice, third, P(T(2 * top - 2)));
    fifth = exact_multiply_add(twice, fourth, multiply<2 * top - 4>(third));
  }

  // u_k unit, its high part rounded.
  template <int k>
  FINN_INLINE Compensated<P> times(const Compensated<P>& unit) const {
    if constexpr (k == top) return multiply(first, unit);
    if constexpr (k == top - 1) return fast_sum(unit.high, unit.low);
    if constexpr (k == top - 2) return multiply(third, unit);
    if constexpr (k == top - 3) return multiply(fourth, unit);
  }
};

// Those of the sigma family: u_3 .. u_{-1} and u_7 .. u_3.
template <class P>
using LowerDescent = Descent<3, P>;
template <class P>
using UpperDescent = Descent<7, P>;

template <class P>
FINN_INLINE Compensated<P> lower_ratio(const RatioArgument<P>& at) {
  return repeated_erfc_ratio<RatioFit<3, typename P::T>>(at);
}
template <class P>
FINN_INLINE Compensated<P> upper_ratio(const RatioArgument<P>& at) {
  return repeated_erfc_ratio<RatioFit<7, typename P::T>>(at);
}

}  // namespace finn::ops
