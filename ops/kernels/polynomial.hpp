// Polynomials with constant coefficients, lowest first.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/compensated.hpp"

namespace finn::ops {

// sum over k = first .. last, in steps of `step`, of c[k] x^((k - first) / step), by Horner.
template <int first, int last, int step, class T, class P>
FINN_INLINE P horner(const T* c, const P& x) {
  constexpr int top = first + (last - first) / step * step;
  P sum(c[top]);
  for (int k = top - step; k >= first; k -= step) sum = multiply_add(sum, x, P(c[k]));
  return sum;
}

// sum over k = first .. last of c[k] x^(k - first). Even and odd powers apart: two chains that run
// side by side take half the time of one.
template <int first, int last, class T, class P>
FINN_INLINE P polynomial(const T* c, const P& x) {
  P square = x * x;
  return multiply_add(horner<first + 1, last, 2>(c, square), x, horner<first, last, 2>(c, square));
}

// The fit Fit of coefficients.hpp, all of it; the error is little more than that of the last
// rounding if the constant is large against the rest.
template <class Fit, class P>
FINN_INLINE P fitted(const P& x) {
  return polynomial<0, Fit::degree>(Fit::coefficients, x);
}
template <class Fit, class P>
FINN_INLINE Compensated<P> compensated_fit(const Compensated<P>& x) {
  P constant(Fit::coefficients[0]), constant_low(Fit::constant_low);
  if constexpr (P::Isa::fused) {
    P slope = polynomial<1, Fit::degree>(Fit::coefficients, x.high);
    Compensated<P> sum = fast_multiply_add(x.high, slope, constant);
    return {sum.high, multiply_add(slope, x.low, sum.low + constant_low)};
  } else {
    P rest = polynomial<2, Fit::degree>(Fit::coefficients, x.high);
    Compensated<P> slope = fast_multiply_add(x.high, rest, P(Fit::coefficients[1]));
    Compensated<P> sum = fast_multiply_add(x.high, slope.high, constant);
    P low = multiply_add(slope.high, x.low, sum.low + constant_low);
    return {sum.high, multiply_add(x.high, slope.low, low)};
  }
}

}  // namespace finn::ops
