// sigma_0 and its derivative by themselves, for those who need no higher order: one exponential.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/gauss.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"

namespace finn::ops {

// sigma_0, or 0 where it is less than smallest; NaN for NaN.
template <class P, class T = typename P::T>
FINN_INLINE P gaussian_value(const P& argument, T smallest) {
  P number = select_number(argument, argument, P(T(0)));
  Gauss<P> g = gauss(minimum(abs(number), P(SigmaRange<T>::left)));
  return select_number(argument, lowered(g.mantissa.high * g.raised_power, smallest), argument);
}

// See KernelTable::gaussian: the bits are those of the sigma family.
template <class T, class Isa>
void gaussian_kernel(const T* x, std::ptrdiff_t length, T* value, T* slope, T smallest) {
  using P = Strip<T, Isa>;
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    P argument = lanes.load(x);
    P number = select_number(argument, argument, P(T(0)));
    P z = minimum(abs(number), P(SigmaRange<T>::left));
    Gauss<P> g = gauss(z);
    P raised = g.mantissa.high * g.raised_power;
    lanes.store(select_number(argument, lowered(raised, smallest), argument), value);
    if (slope == nullptr) return;
    P half_slope = -with_sign(z, number) * raised;
    lanes.store(select_number(argument, lowered_signed<-1>(half_slope, smallest), argument), slope);
  });
}

}  // namespace finn::ops
