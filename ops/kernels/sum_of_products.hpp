// One axis of a sum of products (ops/sum_of_products.hpp): the sums over the steps of each term,
// and their transpose, without subnormal numbers (underflow.hpp). values are in [0, 1], and 0 where
// they are below Underflow::factor.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

// Packs of P divide the lanes: see KernelTable::step_sums and step_sums_transpose.
template <class P, class T = typename P::T>
FINN_INLINE void step_sum_rows(int terms, int steps, const T* factors, const T* values, int lanes,
                               T* sums) {
  for (std::ptrdiff_t j = 0; j < terms; ++j) {
    const T* factor = factors + j * steps;
    const T* rows = values + j * steps * lanes;
    for (int i = 0; i < lanes; i += P::kLanes) {
      P sum = P(factor[0]) * P::load(rows + i);
      for (std::ptrdiff_t k = 1; k < steps; ++k) {
        sum = multiply_add(P(factor[k]), P::load(rows + k * lanes + i), sum);
      }
      factor_or_zero(sum).store(sums + j * lanes + i);
    }
  }
}

template <class T, class Isa>
void step_sums_kernel(int terms, int steps, const T* factors, const T* values, int lanes, T* sums) {
  if (lanes < Pack<T, Isa>::kLanes) {
    step_sum_rows<NarrowPack<T, Isa>>(terms, steps, factors, values, lanes, sums);
  } else {
    step_sum_rows<Pack<T, Isa>>(terms, steps, factors, values, lanes, sums);
  }
}

template <class P, class T = typename P::T>
FINN_INLINE void step_sum_transpose_rows(int terms, int steps, const T* factors, const T* values,
                                         const T* slopes, const T* sum_adjoint, int lanes,
                                         T* argument_adjoint, T* factor_adjoint) {
  alignas(core::kPackBytes) T lifted[core::kTileLanes<T>];
  for (std::ptrdiff_t j = 0; j < terms; ++j) {
    const T* above = sum_adjoint + j * lanes;
    for (int i = 0; i < lanes; i += P::kLanes) {
      lifted_magnitude(P::load(above + i)).store(lifted + i);
    }
    for (std::ptrdiff_t row = j * steps; row < (j + 1) * steps; ++row) {
      P factor(factors[row]), sum(T(0));
      for (int i = 0; i < lanes; i += P::kLanes) {
        P value = P::load(values + row * lanes + i);
        P adjoint = kept_factor(P::load(above + i), P::load(lifted + i), value);
        sum = multiply_add(adjoint, value, sum);
        (factor * adjoint * P::load(slopes + row * lanes + i))
            .store(argument_adjoint + row * lanes + i);
      }
      factor_adjoint[row] = lane_sum(sum);
    }
  }
}

template <class T, class Isa>
void step_sums_transpose_kernel(int terms, int steps, const T* factors, const T* values,
                                const T* slopes, const T* sum_adjoint, int lanes,
                                T* argument_adjoint, T* factor_adjoint) {
  if (lanes < Pack<T, Isa>::kLanes) {
    step_sum_transpose_rows<NarrowPack<T, Isa>>(terms, steps, factors, values, slopes, sum_adjoint,
                                                lanes, argument_adjoint, factor_adjoint);
  } else {
    step_sum_transpose_rows<Pack<T, Isa>>(terms, steps, factors, values, slopes, sum_adjoint, lanes,
                                          argument_adjoint, factor_adjoint);
  }
}

}  // namespace finn::ops
