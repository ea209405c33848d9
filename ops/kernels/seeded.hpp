// The first layer, whose argument is z = W x + b with x seeded: z[{i}] is the same number for every
// sample and all higher coefficients are 0, so that
//   (phi o z)[S] = phi^(|S|)(z[{}]) c[S],   c[S] = product over i in S of z[{i}].
// Products of adjoints and derivatives below Underflow::factor are 0 (underflow.hpp).
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

template <class P, class T = typename P::T>
FINN_INLINE void seeded_composition_row(int n, const T* factors, const T* derivatives,
                                        std::ptrdiff_t d_stride, T* y, std::ptrdiff_t y_stride,
                                        int lanes) {
  for (int i = 0; i < lanes; i += P::kLanes) {
    for (int s = 0; s < 1 << n; ++s) {
      P derivative =
          P::load(derivatives + __builtin_popcount(static_cast<unsigned>(s)) * d_stride + i);
      (P(factors[s]) * derivative).store(y + s * y_stride + i);
    }
  }
}

template <class P, class T = typename P::T>
FINN_INLINE void seeded_transpose_row(int n, const T* factors, const T* derivatives,
                                      std::ptrdiff_t d_stride, const T* y_adjoint,
                                      std::ptrdiff_t y_stride, int lanes, T* z_adjoint,
                                      T* factor_adjoints) {
  for (int s = 0; s < 1 << n; ++s) {
    const T* derivative = derivatives + __builtin_popcount(static_cast<unsigned>(s)) * d_stride;
    P factor(factors[s]), sum(T(0));
    for (int i = 0; i < lanes; i += P::kLanes) {
      P above = P::load(y_adjoint + s * y_stride + i);
      P before = s == 0 ? P(T(0)) : P::load(z_adjoint + i);
      P lifted = lifted_magnitude(above);
      P here = P::load(derivative + i), next = P::load(derivative + d_stride + i);
      P kept = kept_factor(above, lifted, bounded_magnitude(next));
      multiply_add(factor * kept, next, before).store(z_adjoint + i);
      sum = multiply_add(kept_factor(above, lifted, bounded_magnitude(here)), here, sum);
    }
    factor_adjoints[s] = lane_sum(sum);
  }
}

// See KernelTable::seeded_composition and seeded_transpose.
template <class T, class Isa>
void seeded_composition_kernel(int n, const T* factors, const T* derivatives,
                               std::ptrdiff_t d_stride, T* y, std::ptrdiff_t y_stride, int lanes) {
  if (lanes < Pack<T, Isa>::kLanes) {
    seeded_composition_row<NarrowPack<T, Isa>>(n, factors, derivatives, d_stride, y, y_stride,
                                               lanes);
  } else {
    seeded_composition_row<Pack<T, Isa>>(n, factors, derivatives, d_stride, y, y_stride, lanes);
  }
}

template <class T, class Isa>
void seeded_transpose_kernel(int n, const T* factors, const T* derivatives, std::ptrdiff_t d_stride,
                             const T* y_adjoint, std::ptrdiff_t y_stride, int lanes, T* z_adjoint,
                             T* factor_adjoints) {
  if (lanes < Pack<T, Isa>::kLanes) {
    seeded_transpose_row<NarrowPack<T, Isa>>(n, factors, derivatives, d_stride, y_adjoint, y_stride,
                                             lanes, z_adjoint, factor_adjoints);
  } else {
    seeded_transpose_row<Pack<T, Isa>>(n, factors, derivatives, d_stride, y_adjoint, y_stride,
                                       lanes, z_adjoint, factor_adjoints);
  }
}

}  // namespace finn::ops
