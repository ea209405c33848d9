// log sigma_n and its derivative sigma_{n-1} / sigma_n, for every finite x, where sigma_n itself is
// 0 from x = -9.2 (float) or -26.6 (double) on.
//
//   x < 0:   log sigma_n = -x^2 + log(u_{n-1} / u_{-1} / sqrt(pi)),  derivative u_{n-2} / u_{n-1},
//            with the u of repeated_erfc.hpp, in which no exponential is left
//   x >= 0:  log sigma_n as it is, log(1 - q) with q = erfc(x) / 2 for n = 1
//
// A logarithm whose magnitude is below the smallest normal number, and a derivative there, is 0. A
// value below the format's range becomes -largest, a derivative above it largest. log sigma_n
// (-inf) = -inf with derivative inf, (inf) = inf (0 for n = 1) with derivative 0; NaN gives NaN.
// Largest errors measured: docs/ACCURACY.md.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/gauss.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/log.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/repeated_erfc.hpp"
#include "ops/kernels/scalar.hpp"
#include "ops/kernels/sigma.hpp"

namespace finn::ops {

template <class T>
struct LogSigmaRange;
template <>
struct LogSigmaRange<float> {
  static constexpr float furthest = 0x1p14f;     // beyond it all is like a power of x
  static constexpr float root = 0x1.fffffep63f;  // its square is finite
};
template <>
struct LogSigmaRange<double> {
  static constexpr double furthest = 0x1p30;
  static constexpr double root = 0x1.fffffffffffffp511;
};

inline constexpr long double kHalfLogPi = 0.572364942924700087071713675676529355824L;

template <class P>
struct LogAndSlope {
  P log, slope;
};

// -z^2 + log(factor / sqrt(pi)), the factor in (0, 1]. All terms have one sign.
template <class P, class T = typename P::T>
FINN_INLINE P log_of_gauss_times(const P& z, const Compensated<P>& factor) {
  P bounded = minimum(z, P(LogSigmaRange<T>::root));
  P square = bounded * bounded;
  P low = product_low(bounded, bounded, square);
  P log = log_of_normal(factor.high, P(T(0))) + factor.low / factor.high;
  return ((log - P(T(kHalfLogPi))) - low) - square;
}

// slope growth, at most the largest number, for products below four times that.
template <class P, class T = typename P::T>
FINN_INLINE P bounded_product(const P& slope, const P& growth) {
  P quarter = P(T(0.25)) * slope * growth;
  return P(T(4)) * minimum(quarter, P(Format<T>::largest / 4));
}

// n is 4 or 8 and not below the order.
template <int n, class P, class T = typename P::T>
FINN_INLINE LogAndSlope<P> log_sigma_left(int order, const P& z, const P& capped,
                                          const RatioArgument<P>& at, const LowerDescent<P>& u) {
  Compensated<P> one{P(T(1)), P(T(0))};
  // here[m] / base is sigma_m / sigma_0; from m = 4 on both are of the upper descent.
  Compensated<P> here[n + 1] = {u.fifth, u.fourth, u.third, one, u.first};
  Compensated<P> base = u.fifth;
  if constexpr (n > 4) {
    UpperDescent<P> v(capped, upper_ratio(at));
    here[4] = v.fifth;
    here[5] = v.fourth;
    here[6] = v.third;
    here[7] = one;
    here[8] = v.first;
    base = divide(multiply(u.fifth, v.fifth), u.first);
  }
  P growth = maximum(z * P(T(1) / LogSigmaRange<T>::furthest), one.high);
  P slope = divide(here[order - 1], here[order]).value();
  return {log_of_gauss_times(z, divide(here[order], base)), bounded_product(slope, growth)};
}

template <int n, class P, class T = typename P::T>
FINN_INLINE LogAndSlope<P> log_sigma_right(int order, const P& x, const LowerDescent<P>& u) {
  using Range = SigmaRange<T>;
  P one(T(1)), zero(T(0));
  Gauss<P> g = gauss(minimum(x, P(Range::left)));
  Compensated<P> sigma_0 = lowered(g.mantissa, g.raised_power);
  Compensated<P> raised_erfc = u.template times<0>(divide(g.mantissa, u.fifth));
  Compensated<P> half_erfc = lowered(raised_erfc, g.raised_power);
  P sigma[n + 1];
  sigma_right<n>(minimum(x, P(Range::right)), sigma_0, half_erfc, sigma);
  sigma[0] = lowered(g.mantissa.high * g.raised_power, Format<T>::smallest);
  P growth = maximum(x * P(T(1) / Range::right), one);
  P slope = sigma[order - 1] / sigma[order];
  if (order == 1) {
    P q = lowered(raised_erfc.high * g.raised_power, Format<T>::smallest);
    return {log_of_one_plus(-q), slope};
  }
  P log = log_of_normal(sigma[order], zero);
  P log_of_growth = log_of_normal(minimum(growth, P(Format<T>::largest)), zero);
  return {multiply_add(P(T(order - 1)), log_of_growth, log), slope / growth};
}

// Of numbers, not NaN.
template <int n, class P, class T = typename P::T>
FINN_INLINE LogAndSlope<P> log_sigma(int order, const P& x) {
  P zero(T(0)), largest(Format<T>::largest), infinity(static_cast<T>(__builtin_inf()));
  P z = abs(x);
  P capped = minimum(z, P(LogSigmaRange<T>::furthest));
  RatioArgument<P> at = ratio_argument(capped);
  LowerDescent<P> u(capped, lower_ratio(at));
  LogAndSlope<P> left = log_sigma_left<n>(order, z, capped, at, u);
  LogAndSlope<P> right = log_sigma_right<n>(order, maximum(x, zero), u);
  P log = select_less(x, zero, left.log, right.log);
  P slope = select_less(x, zero, left.slope, right.slope);
  P log_at_infinity = order == 1 ? minimum(x, zero) : x;
  return {select_less(largest, z, log_at_infinity, log), select_less(largest, -x, infinity, slope)};
}

// Order 0: log sigma_0 = -x^2 - log(pi)/2.
template <class P, class T = typename P::T>
FINN_INLINE LogAndSlope<P> log_gauss(const P& x) {
  P largest(Format<T>::largest), infinity(static_cast<T>(__builtin_inf()));
  P z = abs(x);
  P slope = -with_sign(P(T(2)) * minimum(z, P(Format<T>::largest / 2)), x);
  return {
      select_less(largest, z, -infinity, log_of_gauss_times(z, Compensated<P>{P(T(1)), P(T(0))})),
      select_less(largest, z, -x, slope)};
}

template <class T, class Isa, class Function>
FINN_INLINE void for_each_log(const T* x, std::ptrdiff_t length, T* log, T* slope,
                              Function&& function) {
  using P = Strip<T, Isa>;
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    P argument = lanes.load(x);
    LogAndSlope<P> result = function(select_number(argument, argument, P(T(0))));
    lanes.store(select_number(argument, result.log, argument), log);
    if (slope != nullptr) lanes.store(select_number(argument, result.slope, argument), slope);
  });
}

// See KernelTable::log_sigma.
template <class T, class Isa>
void log_sigma_kernel(int order, const T* x, std::ptrdiff_t length, T* log, T* slope) {
  using P = Strip<T, Isa>;
  if (order == 0) {
    for_each_log<T, Isa>(x, length, log, slope,
                         [](const P& a) FINN_INLINE_LAMBDA { return log_gauss(a); });
  } else if (order <= 4) {
    for_each_log<T, Isa>(x, length, log, slope,
                         [=](const P& a) FINN_INLINE_LAMBDA { return log_sigma<4>(order, a); });
  } else {
    for_each_log<T, Isa>(x, length, log, slope,
                         [=](const P& a) FINN_INLINE_LAMBDA { return log_sigma<8>(order, a); });
  }
}

}  // namespace finn::ops
