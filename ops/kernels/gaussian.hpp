// sigma_0 and its derivative by themselves, for those who need no higher order: one exponential.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/exp.hpp"
#include "ops/kernels/gauss.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"

namespace finn::ops {

// The Gaussian at each argument; NaN for NaN.
template <class P, class T = typename P::T>
FINN_INLINE Gauss<P> gauss_at(const P& argument) {
  P number = select_number(argument, argument, P(T(0)));
  Gauss<P> g = gauss(minimum(abs(number), P(SigmaRange<T>::left)));
  g.mantissa.high = select_number(argument, g.mantissa.high, argument);
  return g;
}

template <class P>
FINN_INLINE P gaussian_value(const P& argument) {
  Gauss<P> g = gauss_at(argument);
  return g.mantissa.value() * g.power;
}

// See KernelTable::gaussian: the bits are those of the sigma family.
template <class T, class Isa>
void gaussian_kernel(const T* x, std::ptrdiff_t length, T* value, T* slope) {
  using P = Strip<T, Isa>;
  constexpr T down = exact_power_of_two<T>(-SigmaRange<T>::lift);
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    P argument = lanes.load(x);
    Gauss<P> g = gauss_at(argument);
    lanes.store(g.mantissa.value() * g.power, value);
    if (slope == nullptr) return;
    P number = select_number(argument, argument, P(T(0)));
    P z = minimum(abs(number), P(SigmaRange<T>::left));
    P raised = g.mantissa.high * g.raised_power;
    lanes.store(P(T(-2)) * with_sign(z, number) * raised * P(down), slope);
  });
}

}  // namespace finn::ops
