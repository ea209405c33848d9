// The normaliser of a function: y_j = s_j p_j + sum over k of lambda_jk h_k, in every lane.
//
// s [outputs] and lambda [outputs][functions] are numbers, or rows of lanes. Either way each lane
// is s_j p_j, rounded, to which lambda_jk h_k is added in increasing k, in one rounding where the
// set is fused: a lane has the same bits whichever way its parameters come. Error of y_j: at most
// functions + 1 unit roundoffs of |s_j p_j| + sum over k of |lambda_jk h_k|, twice that where the
// set is not fused.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Parameter `index` in the lanes of a pack: a number for all of them, or a row.
template <bool of_lanes, class P, class T = typename P::T>
FINN_INLINE P lane_parameter(const T* parameters, std::ptrdiff_t index, int lanes,
                             const PackAt<P>& at) {
  if constexpr (of_lanes) {
    return at.load(parameters + index * lanes);
  } else {
    return P(parameters[index]);
  }
}

template <bool of_lanes, class T, class Isa>
void normalise_rows(const NormaliserShape& shape, const NormaliserOperands<T>& values, T* y) {
  const int lanes = shape.lanes;
  for_each_pack<T, Isa>(lanes, [&]<class P>(const PackAt<P>& at) FINN_INLINE_LAMBDA {
    std::ptrdiff_t coefficient = 0;
    for (std::ptrdiff_t j = 0; j < shape.outputs; ++j) {
      P sum = lane_parameter<of_lanes>(values.scale, j, lanes, at) * at.load(values.p + j * lanes);
      for (std::ptrdiff_t k = 0; k < shape.functions; ++k) {
        P lambda = lane_parameter<of_lanes>(values.coefficients, coefficient++, lanes, at);
        sum = multiply_add(lambda, at.load(values.h + k * lanes), sum);
      }
      at.store(sum, y + j * lanes);
    }
  });
}

// See KernelTable::normalise.
template <class T, class Isa>
void normalise_kernel(const NormaliserShape& shape, const NormaliserOperands<T>& values, T* y) {
  if (shape.of_lanes) {
    normalise_rows<true, T, Isa>(shape, values, y);
  } else {
    normalise_rows<false, T, Isa>(shape, values, y);
  }
}

template <bool of_lanes, class T, class Isa>
void normalise_transpose_rows(const NormaliserShape& shape, const NormaliserOperands<T>& values,
                              const T* y_adjoint, const NormaliserAdjoints<T>& adjoints) {
  const int lanes = shape.lanes;
  for_each_pack<T, Isa>(lanes, [&]<class P>(const PackAt<P>& at) FINN_INLINE_LAMBDA {
    std::ptrdiff_t coefficient = 0;
    for (std::ptrdiff_t j = 0; j < shape.outputs; ++j) {
      P above = at.load(y_adjoint + j * lanes);
      P scale = lane_parameter<of_lanes>(values.scale, j, lanes, at);
      at.add_product(scale, above, adjoints.p + j * lanes);
      if constexpr (of_lanes) {
        at.add_product(at.load(values.p + j * lanes), above, adjoints.scale + j * lanes);
      }
      for (std::ptrdiff_t k = 0; k < shape.functions; ++k, ++coefficient) {
        P lambda = lane_parameter<of_lanes>(values.coefficients, coefficient, lanes, at);
        at.add_product(lambda, above, adjoints.h + k * lanes);
        if constexpr (of_lanes) {
          at.add_product(at.load(values.h + k * lanes), above,
                         adjoints.coefficients + coefficient * lanes);
        }
      }
    }
  });
}

// See KernelTable::normalise_transpose.
template <class T, class Isa>
void normalise_transpose_kernel(const NormaliserShape& shape, const NormaliserOperands<T>& values,
                                const T* y_adjoint, const NormaliserAdjoints<T>& adjoints) {
  if (shape.of_lanes) {
    normalise_transpose_rows<true, T, Isa>(shape, values, y_adjoint, adjoints);
  } else {
    normalise_transpose_rows<false, T, Isa>(shape, values, y_adjoint, adjoints);
  }
}

}  // namespace finn::ops
