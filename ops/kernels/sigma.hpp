// The family sigma_n, sigma_{n-1}, ..., sigma_1, sigma_0, sigma_{-1}, ... at one argument, where
// sigma_n is the (n-1)-fold integral of (1 + erf)/2 from -infinity and sigma_{k-1} = sigma_k'.
//
//   sigma_n(x) = i^{n-1}erfc(-x) / 2      (DLMF 7.18; i^k erfc = I_k below)
//   sigma_0(x) = exp(-x^2) / sqrt(pi)
//
// One exponential, for each two orders one polynomial for a ratio r_N = I_N/I_{N-1} at z = |x| and
// one division, and recurrences whose terms are all positive: by these ratios for x < 0, where the
// upward recurrence is unstable, upward for x >= 0. Nearly all of it in compensated sums
// (compensated.hpp), so that an order comes out with little more than the error of its last
// roundings. sigma_k does not depend on the n of its family. Derivation: docs/SIGMA.md.
//
// Range: every argument. sigma_k(-inf) = 0, sigma_1(inf) = 1, sigma_k(inf) = inf for k >= 2; NaN
// gives NaN. sigma_k >= 0 for k >= 0. Raises no floating-point flag but inexact, and overflow where
// a result overflows.
// Error: every float with 2^-14 < |x| < 2^17 was tried with fused multiply-adds. For k = 0 .. 8 at
// most 2.23 (x = -0.5864), 1.80 (0.003805), 2.11 (-8.793), 2.63 (2.006), 3.12 (2.072), 3.53
// (2.008), 3.98 (2.852), 4.35 (16.02) and 5.09 (3.346) unit roundoffs, where the result is not
// below smallest, an argument of the kernel and a normal number: then it is 0, and no step on the
// way is subnormal. A result is below that of the next smaller float by one ulp at most.
// docs/ACCURACY.md has the other sets, and double.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/compensated.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/gauss.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/repeated_erfc.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {

// The pairs of orders (1, 2), (3, 4), .. of a family up to n: each has a ratio and a division.
template <int n>
inline constexpr int kSigmaPairs = (n + 1) / 2;

// The orders of pair j at x = -z <= 0, without the power of two of sigma_0, and times 2^(j + 1):
// with k = 2j + 1 and ratio = I_k/I_{k-1},
//   2 sigma_k = sigma_{k-1} / (z + k ratio),   sigma_{k+1} = ratio sigma_k.
// `before` is sigma_{k-1}. The high parts are rounded sums.
template <int k, class P, class T = typename P::T>
FINN_INLINE void sigma_left_pair(const P& z, const Compensated<P>& ratio,
                                 const Compensated<P>& before, Compensated<P>* left) {
  Compensated<P> divisor;
  if constexpr (k == 1) {
    divisor = exact_sum(z, ratio.high);
    divisor.low = divisor.low + ratio.low;
  } else {
    divisor = exact_multiply_add(P(T(k)), ratio, z);
  }
  Compensated<P> quotient = divide(before, divisor);
  left[k] = fast_sum(quotient.high, quotient.low);
  left[k + 1] = multiply(ratio, quotient);
}

// left[1 .. n], and n + 1 for an odd n.
template <int n, class P>
FINN_INLINE void sigma_left(const P& z, const Compensated<P>* ratio, const Compensated<P>& mantissa,
                            Compensated<P>* left) {
  left[0] = mantissa;
  core::unrolled<kSigmaPairs<n>>([&](auto j) FINN_INLINE_LAMBDA {
    sigma_left_pair<2 * j + 1>(z, ratio[j], left[2 * j], left);
  });
}

// 1 / (2 (m - 1)!) in two parts.
template <class T>
struct InverseFactorials {
  T high[9] = {}, low[9] = {};

  constexpr InverseFactorials() {
    long double product = 2;
    for (int m = 2; m <= 8; ++m) {
      product *= m - 1;
      high[m] = static_cast<T>(1 / product);
      low[m] = static_cast<T>(1 / product - static_cast<long double>(high[m]));
    }
  }
};

// The orders 1 .. n at x in [0, SigmaRange::right], by (m - 1) sigma_m = x sigma_{m-1} +
// sigma_{m-2} / 2 for t_m = 2 (m - 1)! sigma_m, so that one product is left to round:
//   t_2 = 2x sigma_1 + sigma_0,  t_3 = x t_2 + sigma_1,  t_m = x t_{m-1} + (m - 2)/2 t_{m-2}.
// sigma_2 is t_2 without the roundoff of its high part.
template <int n, class P, class T = typename P::T>
FINN_INLINE void sigma_right(const P& x, const Compensated<P>& sigma_0,
                             const Compensated<P>& half_erfc, P* right) {
  static constexpr InverseFactorials<T> factors;
  P one(T(1)), twice = x + x;
  Compensated<P> t[n + 2];
  t[1].high = one - half_erfc.high;
  t[1].low = ((one - t[1].high) - half_erfc.high) - half_erfc.low;
  right[1] = t[1].value();
  if constexpr (n > 1) {
    t[2] = fast_multiply_add(twice, t[1].high, sigma_0.high);
    P low = multiply_add(twice, t[1].low, sigma_0.low);
    right[2] = P(factors.high[2]) * (t[2].high + low);
    t[2].low = t[2].low + low;
  }
  core::unrolled<(n > 2 ? n - 2 : 0)>([&](auto step) FINN_INLINE_LAMBDA {
    constexpr int m = step + 3;
    if constexpr (m == 3) t[3] = fast_multiply_add(x, t[2], t[1]);
    if constexpr (m > 3) t[m] = fast_multiply_add(x, t[m - 1], multiply<m - 2, 2>(t[m - 2]));
    Compensated<P> inverse{P(factors.high[m]), P(factors.low[m])};
    right[m] = m < 4 ? inverse.high * t[m].value() : multiply(t[m], inverse).high;
  });
}

// Beyond SigmaRange::right, sigma_m(x) = x^(m-1) / (m - 1)! to a hundredth of a roundoff. With x =
// g 2^e, the powers of g are rounded once, so that nothing overflows that should not.
template <int n, class P, class T = typename P::T>
FINN_INLINE void extrapolate_right(const P& x, P* right) {
  static constexpr InverseFactorials<T> factors;
  P furthest(SigmaRange<T>::right), infinity(static_cast<T>(__builtin_inf()));
  P far = maximum(select_less(x, infinity, x, furthest), furthest);
  P g = fraction(far), e = exponent(far), zero(T(0)), largest(static_cast<T>(Format<T>::bias));
  Compensated<P> power{g, zero};
  for (int m = 2; m <= n; ++m) {
    Compensated<P> inverse{P(T(2) * factors.high[m]), P(T(2) * factors.low[m])};
    P first = minimum(P(T(m - 1)) * e, largest);
    P second = minimum(P(T(m - 1)) * e - first, largest);
    P value = multiply(power, inverse).high * two_to_the(first) * two_to_the(second);
    value = select_less(x, infinity, value, x);
    right[m] = select_less(furthest, x, value, right[m]);
    power = multiply(power, Compensated<P>{g, zero});
  }
}

// A block of lanes on its way through the kernel, which takes it step by step, some registers side
// by side: each step is a short loop, of which a processor has several turns in flight. All at once
// is twice as slow.
template <int n, class T, class Isa, int registers = 1>
class SigmaBlock {
 public:
  using P = Pack<T, Isa, registers>;
  static constexpr int kLanes = 2 * core::kTileLanes<T>;

  // x[0 .. lanes), 1 <= lanes <= kLanes. Results of a magnitude below smallest are 0.
  SigmaBlock(const T* x, std::ptrdiff_t lanes, T smallest)
      : lanes_(static_cast<int>(lanes)), smallest_(smallest) {
    for_each([&](int i) FINN_INLINE_LAMBDA { gaussian(x, i); });
    for_each([&](int i) FINN_INLINE_LAMBDA { ratios(i); });
    for_each([&](int i) FINN_INLINE_LAMBDA { left(i); });
  }

  // Row k of out is sigma_{order - k}; order <= n.
  void store(int order, int count, T* out, std::ptrdiff_t stride) {
    for_each([&](int i) FINN_INLINE_LAMBDA { right(i, order, count, out, stride); });
    if (count > order + 2) negative(count - order - 2, out + (order + 2) * stride, stride);
  }

 private:
  using Row = T[kLanes];

  template <class Step>
  FINN_INLINE void for_each(Step&& step) const {
    for (int i = 0; i < lanes_; i += P::kLanes) step(i);
  }

  FINN_INLINE static P get(const Row& row, int i) { return P::load(row + i); }
  FINN_INLINE static void put(const P& value, Row& row, int i) { value.store(row + i); }
  FINN_INLINE static Compensated<P> get(const Row (&rows)[2], int i) {
    return {P::load(rows[0] + i), P::load(rows[1] + i)};
  }
  FINN_INLINE static void put(const Compensated<P>& value, Row (&rows)[2], int i) {
    value.high.store(rows[0] + i);
    value.low.store(rows[1] + i);
  }

  // NaN is taken for 0 until the results are stored.
  FINN_INLINE static P number(const P& argument) {
    return select_number(argument, argument, P(T(0)));
  }
  // What makes a result NaN where the argument is: NaN, and 0 elsewhere.
  FINN_INLINE static P not_a_number(const P& argument) {
    return select_number(argument, P(T(0)), argument);
  }

  FINN_INLINE void gaussian(const T* arguments, int i) {
    P argument = Lanes<P>{i, lanes_ - i}.load(arguments);
    P z = minimum(abs(number(argument)), P(SigmaRange<T>::left));
    Gauss<P> g = gauss(z);
    put(argument, x_, i);
    put(z, z_, i);
    put(g.mantissa, mantissa_, i);
    put(g.raised_power, raised_power_, i);
  }

  FINN_INLINE void ratios(int i) {
    RatioArgument<P> at = ratio_argument(get(z_, i));
    core::unrolled<kSigmaPairs<n>>([&](auto j) FINN_INLINE_LAMBDA {
      put(repeated_erfc_ratio<RatioFit<2 * j + 1, T>>(at), ratio_[j], i);
    });
  }

  FINN_INLINE void left(int i) {
    Compensated<P> ratio[kSigmaPairs<n>], sigma[n + 2];
    core::unrolled<kSigmaPairs<n>>([&](auto j)
                                       FINN_INLINE_LAMBDA { ratio[j] = get(ratio_[j], i); });
    P raised_power = get(raised_power_, i);
    sigma_left<n>(get(z_, i), ratio, get(mantissa_, i), sigma);
    put(sigma[1], erfc_, i);
    core::unrolled<n>([&](auto step) FINN_INLINE_LAMBDA {
      constexpr int m = step + 1;
      put(lowered<kSigmaPairs<m>>(sigma[m].high * raised_power, smallest_), left_[m], i);
    });
  }

  FINN_INLINE void right(int i, int order, int count, T* out, std::ptrdiff_t stride) {
    P zero(T(0)), furthest(SigmaRange<T>::right);
    P argument = get(x_, i);
    P x = number(argument), nan = not_a_number(argument);
    P raised_power = get(raised_power_, i);
    Compensated<P> mantissa = get(mantissa_, i);
    P power = lowered(raised_power, SigmaRange<T>::least);
    P sigma[n + 1];
    sigma_right<n>(minimum(maximum(x, zero), furthest), scale(power, mantissa),
                   scale(P(T(0.5)) * power, get(erfc_, i)), sigma);
    if (n > 1 && any_less(furthest, x)) extrapolate_right<n>(x, sigma);
    const Lanes<P> lanes{i, lanes_ - i};
    core::unrolled<n>([&](auto step) FINN_INLINE_LAMBDA {
      constexpr int m = n - step;
      const int row = order - m;
      if (row < 0 || row >= count) return;
      lanes.store(select_less(x, zero, get(left_[m], i), sigma[m]) + nan, out + row * stride);
    });
    if (count <= order) return;
    P raised = mantissa.high * raised_power;
    lanes.store(lowered(raised, smallest_) + nan, out + order * stride);
    if (count <= order + 1) return;
    P slope = lowered_signed<-1>(-with_sign(get(z_, i), x) * raised, smallest_);
    lanes.store(slope + nan, out + (order + 1) * stride);
  }

  // The derivatives of sigma_0 from the second on: sigma_{-k-1} = -2x sigma_{-k} - 2k sigma_{-k+1}.
  // From 2^lift sigma_0, and scaled last, so that they are right where sigma_0 is below the
  // smallest number.
  void negative(int count, T* out, std::ptrdiff_t stride) {
    for_each([&](int i) FINN_INLINE_LAMBDA {
      P argument = get(x_, i);
      P nan = not_a_number(argument);
      P minus_twice = P(T(-2)) * with_sign(get(z_, i), argument);
      P previous = get(mantissa_[0], i) * get(raised_power_, i);
      P current = minus_twice * previous;
      for (int k = 1; k <= count; ++k) {
        P next = multiply_add(minus_twice, current, P(T(-2 * k)) * previous);
        Lanes<P>{i, lanes_ - i}.store(lowered_signed(next, smallest_) + nan,
                                      out + (k - 1) * stride);
        previous = current;
        current = next;
      }
    });
  }

  const int lanes_;
  const T smallest_;
  alignas(core::kPackBytes) Row x_, z_, raised_power_, left_[n + 1];
  alignas(core::kPackBytes) Row mantissa_[2], ratio_[kSigmaPairs<n>][2], erfc_[2];
};

template <class Block, class T>
FINN_INLINE void sigma_blocks(int order, int count, const T* x, std::ptrdiff_t length, T* out,
                              std::ptrdiff_t stride, T smallest) {
  for (std::ptrdiff_t i = 0; i < length; i += Block::kLanes) {
    const std::ptrdiff_t lanes = length - i < Block::kLanes ? length - i : Block::kLanes;
    Block(x + i, lanes, smallest).store(order, count, out + i, stride);
  }
}

// What fills whole packs of registers side by side, then the rest.
template <int n, class T, class Isa>
void sigma_family_up_to(int order, int count, const T* x, std::ptrdiff_t length, T* out,
                        std::ptrdiff_t stride, T smallest) {
  using Wide = SigmaBlock<n, T, Isa, Isa::sigma_registers(n)>;
  const std::ptrdiff_t whole = length / Wide::P::kLanes * Wide::P::kLanes;
  sigma_blocks<Wide>(order, count, x, whole, out, stride, smallest);
  sigma_blocks<SigmaBlock<n, T, Isa>>(order, count, x + whole, length - whole, out + whole, stride,
                                      smallest);
}

// See KernelTable::sigma_family.
template <class T, class Isa>
void sigma_family(int order, int count, const T* x, std::ptrdiff_t length, T* out,
                  std::ptrdiff_t stride, T smallest) {
  static constexpr decltype(&sigma_family<T, Isa>) up_to[] = {
      sigma_family_up_to<1, T, Isa>, sigma_family_up_to<2, T, Isa>, sigma_family_up_to<3, T, Isa>,
      sigma_family_up_to<4, T, Isa>, sigma_family_up_to<8, T, Isa>};
  up_to[order < 5 ? order - 1 : 4](order, count, x, length, out, stride, smallest);
}

}  // namespace finn::ops
