// softplus(x) = log(1 + exp(x)) and its derivatives.
//
// softplus(x) = max(x, 0) + log(1 + exp(-|x|)); its slope is logistic(x) = 1 / (1 + exp(-x)),
// without a difference on either side; and with h = x/2, logistic = (1 + tanh(h))/2, so that the
// k-th derivative is 2^-k tanh^(k-1)(h) from the second on. Every argument; NaN gives NaN. Largest
// errors measured: docs/ACCURACY.md.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/log.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/tanh.hpp"

namespace finn::ops {

FINN_PACK FINN_INLINE FINN_PACK_TYPE softplus(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  P number = select_number(x, x, P(T(0)));
  P sum = maximum(number, P(T(0))) + log_of_one_plus(exp(-abs(number)));
  return select_number(x, sum, x);
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE logistic(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  P one(T(1));
  P number = select_number(x, x, P(T(0)));
  P e = exp(-abs(number));
  return select_number(x, select_less(number, P(T(0)), e, one) / (one + e), x);
}

// See KernelTable::softplus_family.
template <class T, class Isa>
void softplus_family(int count, const T* x, std::ptrdiff_t length, T* out, std::ptrdiff_t stride) {
  using P = Strip<T, Isa>;
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    P argument = lanes.load(x);
    lanes.store(softplus(argument), out);
    if (count > 1) lanes.store(logistic(argument), out + stride);
    if (count <= 2) return;
    P factor(T(0.5)), half(T(0.5));
    TanhAndSlope<P> at = tanh_and_slope(half * argument);
    for (int k = 2; k < count; ++k) {
      factor = half * factor;
      lanes.store(factor * tanh_derivative(at, k - 1), out + k * stride);
    }
  });
}

}  // namespace finn::ops
