// sigma_0(z) = exp(-z^2) / sqrt(pi), taken apart, and the range of the sigma family.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/exp.hpp"

namespace finn::ops {

template <class T>
struct SigmaRange;
template <>
struct SigmaRange<float> {
  static constexpr float deep = 7.5;      // from here on results on the left can be subnormal
  static constexpr float left = 12;       // beyond it every order is 0, those down to -8 included
  static constexpr float right = 0x1p17;  // beyond it sigma_n grows like x^(n-1)
  static constexpr int lift = 84;         // see Gauss
};
template <>
struct SigmaRange<double> {
  static constexpr double deep = 25;
  static constexpr double left = 28.5;
  static constexpr double right = 0x1p140;
  static constexpr int lift = 160;
};

inline constexpr long double kInverseSqrtPi = 0.564189583547756286948079451560772585844L;

// sigma_0 = mantissa power, with a mantissa in [0.39, 0.80]; power is a power of two, exact also
// where it is subnormal. raised_power = 2^lift power is always normal.
template <class P>
struct Gauss {
  Compensated<P> mantissa;
  P power, raised_power;
};

// value power, rounded once where it is subnormal, too: what value.high power loses there comes
// back by way of the raised power.
template <class P, class T = typename P::T>
FINN_INLINE P scaled_to_subnormal(const Compensated<P>& value, const P& power,
                                  const P& raised_power) {
  constexpr int lift = SigmaRange<T>::lift;
  P product = value.high * power;
  P lost = value.high * raised_power - product * P(exact_power_of_two<T>(lift));
  lost = multiply_add(value.low, raised_power, lost);
  return multiply_add(lost, P(exact_power_of_two<T>(-lift)), product);
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
  return {mantissa, e.power * P(exact_power_of_two<T>(-lift)), e.power};
}

}  // namespace finn::ops
