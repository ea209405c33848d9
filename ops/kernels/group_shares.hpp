// Shares of the members of groups, lane by lane: y_k = exp(x_k - m) / sum over the group of
// exp(x_l - m) with the largest m of the group, so that nothing overflows. The shares are >= 0 and
// add up to 1 within one unit roundoff for each member. A NaN makes the group NaN in its lane. The
// same bits on all sets: there is no product.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/elementwise.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Rows y [size][lanes] from rows x less the largest of each lane.
template <class T, class Isa>
FINN_INLINE void subtract_largest(int size, int lanes, const T* x, T* y) {
  for_each_pack<T, Isa>(lanes, [&]<class P>(const PackAt<P>& at) FINN_INLINE_LAMBDA {
    P largest = at.load(x);
    for (std::ptrdiff_t k = 1; k < size; ++k) largest = maximum(at.load(x + k * lanes), largest);
    for (std::ptrdiff_t k = 0; k < size; ++k) {
      at.store(at.load(x + k * lanes) - largest, y + k * lanes);
    }
  });
}

// Rows y [size][lanes] over their sum, in the order of the rows.
template <class T, class Isa>
FINN_INLINE void divide_by_sum(int size, int lanes, T* y) {
  for_each_pack<T, Isa>(lanes, [&]<class P>(const PackAt<P>& at) FINN_INLINE_LAMBDA {
    P sum = at.load(y);
    for (std::ptrdiff_t k = 1; k < size; ++k) sum = sum + at.load(y + k * lanes);
    for (std::ptrdiff_t k = 0; k < size; ++k) at.store(at.load(y + k * lanes) / sum, y + k * lanes);
  });
}

// See KernelTable::group_shares.
template <class T, class Isa>
void group_shares_kernel(int groups, int size, int lanes, const T* x, T* y) {
  const std::ptrdiff_t group = std::ptrdiff_t{1} * size * lanes;
  for (int g = 0; g < groups; ++g, x += group, y += group) {
    subtract_largest<T, Isa>(size, lanes, x, y);
    unary_kernel<T, Isa, rule_exp>(y, group, y);
    divide_by_sum<T, Isa>(size, lanes, y);
  }
}

// x_adjoint_k += y_k (y_adjoint_k - sum over the group of y_l y_adjoint_l).
template <class T, class Isa>
void group_shares_transpose_kernel(int groups, int size, int lanes, const T* y, const T* y_adjoint,
                                   T* x_adjoint) {
  const std::ptrdiff_t group = std::ptrdiff_t{1} * size * lanes;
  for (int g = 0; g < groups; ++g, y += group, y_adjoint += group, x_adjoint += group) {
    for_each_pack<T, Isa>(lanes, [&]<class P>(const PackAt<P>& at) FINN_INLINE_LAMBDA {
      P mean(T(0));
      for (std::ptrdiff_t k = 0; k < group; k += lanes) {
        mean = multiply_add(at.load(y + k), at.load(y_adjoint + k), mean);
      }
      for (std::ptrdiff_t k = 0; k < group; k += lanes) {
        at.add_product(at.load(y + k), at.load(y_adjoint + k) - mean, x_adjoint + k);
      }
    });
  }
}

}  // namespace finn::ops
