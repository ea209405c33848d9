// sigma_0(z) = exp(-z^2) / sqrt(pi), taken apart, and the range of the sigma family.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/pack.hpp"

namespace finn::ops {

template <class T>
struct SigmaRange;
template <>
struct SigmaRange<float> {
  static constexpr float left = 10.75;      // beyond it every order is 0, those down to -8 included
  static constexpr float right = 0x1p17;    // beyond it sigma_n grows like x^(n-1)
  static constexpr int lift = 84;           // see Gauss
  static constexpr float least = 0x1p-40f;  // what is below it cannot be seen beside 1
};
template <>
struct SigmaRange<double> {
  static constexpr double left = 27.5;
  static constexpr double right = 0x1p140;
  static constexpr int lift = 160;
  static constexpr double least = 0x1p-120;
};

inline constexpr long double kInverseSqrtPi = 0.564189583547756286948079451560772585844L;

// sigma_0 = mantissa raised_power 2^-lift, with a mantissa in [0.39, 0.80]. raised_power is a power
// of two and normal, as are its products with what the recurrences make of the mantissa.
template <class P>
struct Gauss {
  Compensated<P> mantissa;
  P raised_power;
};

// raised 2^-(lift + extra) for raised >= 0, or 0 where that is less than smallest, which is normal:
// exact, and nothing on the way is subnormal.
template <int extra = 0, class P, class T = typename P::T>
FINN_INLINE P lowered(const P& raised, T smallest) {
  constexpr int lift = SigmaRange<T>::lift + extra;
  P least(smallest * exact_power_of_two<T>(lift));
  P kept = as_selected(select_less(raised, least, P(T(0)), raised));
  return kept * P(exact_power_of_two<T>(-lift));
}

// raised 2^-(lift + extra) for a number of either sign, or 0 where its magnitude is less than
// smallest: exact, as lowered() is for numbers >= 0.
template <int extra = 0, class P, class T = typename P::T>
FINN_INLINE P lowered_signed(const P& raised, T smallest) {
  constexpr int lift = SigmaRange<T>::lift + extra;
  P least(smallest * exact_power_of_two<T>(lift));
  P kept = as_selected(select_less(abs(raised), least, P(T(0)), raised));
  return kept * P(exact_power_of_two<T>(-lift));
}

// value raised_power 2^-lift in two parts, for sums with numbers near 1.
template <class P, class T = typename P::T>
FINN_INLINE Compensated<P> lowered(const Compensated<P>& value, const P& raised_power) {
  return scale(lowered(raised_power, SigmaRange<T>::least), value);
}

// For z in [0, SigmaRange::left]. exp(-z^2) takes z^2 in two parts, or z^2 roundoffs were lost.
template <class P, class T = typename P::T>
FINN_INLINE Gauss<P> gauss(const P& z) {
  constexpr int lift = SigmaRange<T>::lift;
  constexpr T c_low = static_cast<T>(kInverseSqrtPi - static_cast<long double>(T(kInverseSqrtPi)));
  P square = z * z;
  ScaledExp<P> e = scaled_exp(square, product_low(z, z, square), P(T(lift)));
  P c(static_cast<T>(kInverseSqrtPi));
  Compensated<P> mantissa = fast_multiply_add(c, e.minus_one.high, c);
  mantissa.low = multiply_add(c, e.minus_one.low, mantissa.low + P(c_low));
  return {mantissa, e.power};
}

}  // namespace finn::ops
