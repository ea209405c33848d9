// sin and its derivatives, for networks without positivity.
//
//   sin(x) = (-1)^k sin(r),  cos(x) = (-1)^k cos(r),  k = round(x / pi),  r = x - k pi,
// with the Taylor polynomials of sin and cos on [-pi/2, pi/2], whose remainders are below 2^-58
// (double) and 2^-30 (float). The reduction is Cody and Waite's with pi in three parts, of which
// multiples are exact while |k| < 2^13 (float) or 2^23 (double). Error up to there: a few roundoffs
// of 1; beyond it grows like roundoffs of x, and from the limit on the phase means nothing, but
// the result stays in [-1.1, 1.1]. NaN gives NaN.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/polynomial.hpp"

namespace finn::ops {

template <class T>
struct SineConstants;
template <>
struct SineConstants<float> {
  static constexpr int terms = 8;
  static constexpr float pi_high = 0x1.92p+1f;  // 11 bits, as the next
  static constexpr float pi_middle = 0x1.fb4p-11f;
  static constexpr float pi_low = 0x1.4442d2p-23f;
  static constexpr float limit = 0x1p21f;
};
template <>
struct SineConstants<double> {
  static constexpr int terms = 12;
  static constexpr double pi_high = 0x1.921fb54p+1;  // 30 bits, as the next
  static constexpr double pi_middle = 0x1.10b46118p-29;
  static constexpr double pi_low = 0x1.313198a2e037p-60;
  static constexpr double limit = 0x1p50;
};

// (-1)^m / (2m + odd)!, m < terms.
template <class T>
struct SineTaylor {
  T sine[SineConstants<T>::terms] = {}, cosine[SineConstants<T>::terms] = {};

  constexpr SineTaylor() {
    long double term = 1;
    for (int m = 0; m < SineConstants<T>::terms; ++m) {
      cosine[m] = static_cast<T>(term);
      term /= 2 * m + 1;
      sine[m] = static_cast<T>(term);
      term /= -(2 * m + 2);
    }
  }
};

// See KernelTable::sine_family.
template <class T, class Isa>
void sine_family(int count, const T* x, std::ptrdiff_t length, T* out, std::ptrdiff_t stride) {
  using P = Strip<T, Isa>;
  using C = SineConstants<T>;
  static constexpr SineTaylor<T> taylor;
  constexpr int last = C::terms - 1;
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    P magic(kMagic<T>), furthest(T(1.6));
    P argument = lanes.load(x);
    P number = select_number(argument, argument, P(T(0)));
    P bounded = maximum(minimum(number, P(C::limit)), P(-C::limit));
    P k = multiply_add(bounded, P(static_cast<T>(0.318309886183790671538L)), magic) - magic;
    P r = subtract_product(k, P(C::pi_high), bounded);
    r = subtract_product(k, P(C::pi_middle), r);
    r = subtract_product(k, P(C::pi_low), r);
    r = maximum(minimum(r, furthest), -furthest);
    P half = multiply_add(k, P(T(0.5)), magic) - magic;
    P odd = abs(multiply_add(half, P(T(-2)), k));
    P sign = multiply_add(odd, P(T(-2)), P(T(1)));
    P square = r * r;
    P rows[4];
    rows[0] = sign * r * horner<0, last, 1>(taylor.sine, square);
    rows[1] = sign * horner<0, last, 1>(taylor.cosine, square);
    rows[0] = select_number(argument, rows[0], argument);
    rows[1] = select_number(argument, rows[1], argument);
    rows[2] = -rows[0];
    rows[3] = -rows[1];
    for (int row = 0; row < count; ++row) lanes.store(rows[row % 4], out + row * stride);
  });
}

}  // namespace finn::ops
