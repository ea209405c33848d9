// Products of a matrix of each lane with jets: z[s][o] = sum over i of W[o][i] x[s][i], lane by
// lane, and the transpose. Planes of x are [in][lanes], of z [out][lanes], W is [out][in][lanes].
//
// Nothing is shared between lanes, so a matrix is read once for all planes or the memory that holds
// it bounds everything: a block of rows x planes sums, one register each, stays in registers while
// i runs, and takes each weight from memory once for all its planes. A sum is in increasing i, an
// adjoint in increasing s, then o, whatever the block: in one rounding for each term where the set
// is fused. Error of z: at most `in` unit roundoffs of sum over i of |W[o][i] x[s][i]|, twice that
// where the set is not fused.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// How many sums a block has: as many as two multipliers with four steps each keep in flight.
inline constexpr int kLaneSums = 8;

template <int rows, int planes, class P, class T = typename P::T>
FINN_INLINE void lane_affine_block(const AffineShape<T>& shape, const T* weights, const T* x,
                                   T* z) {
  const std::ptrdiff_t lanes = shape.lanes, row = shape.in * lanes;
  P sum[rows][planes];
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int s = 0; s < planes; ++s) sum[r][s] = P(T(0));
  }
  for (int i = 0; i < shape.in; ++i) {
    P column[planes];
    FINN_UNROLL for (int s = 0; s < planes; ++s) column[s] = P::load(x + s * shape.x_stride);
    FINN_UNROLL for (int r = 0; r < rows; ++r) {
      P weight = P::load(weights + r * row);
      FINN_UNROLL for (int s = 0; s < planes; ++s) {
        sum[r][s] = multiply_add(weight, column[s], sum[r][s]);
      }
    }
    weights += lanes;
    x += lanes;
  }
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int s = 0; s < planes; ++s) {
      sum[r][s].store(z + s * shape.z_stride + r * lanes);
    }
  }
}

// The adjoints of `rows` rows of W, and what these rows add to those of x.
template <int rows, int planes, class P, class T = typename P::T>
FINN_INLINE void lane_affine_transpose_block(const AffineShape<T>& shape, const T* weights,
                                             const T* x, const T* z_adjoint, T* weight_adjoint,
                                             T* x_adjoint) {
  const std::ptrdiff_t lanes = shape.lanes, row = shape.in * lanes;
  P above[rows][planes];
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int s = 0; s < planes; ++s) {
      above[r][s] = P::load(z_adjoint + s * shape.z_stride + r * lanes);
    }
  }
  for (int i = 0; i < shape.in; ++i) {
    P column[planes], sum[planes];
    FINN_UNROLL for (int s = 0; s < planes; ++s) {
      column[s] = P::load(x + s * shape.x_stride);
      sum[s] = P::load(x_adjoint + s * shape.x_stride);
    }
    FINN_UNROLL for (int r = 0; r < rows; ++r) {
      P weight = P::load(weights + r * row);
      P weight_sum = P::load(weight_adjoint + r * row);
      FINN_UNROLL for (int s = 0; s < planes; ++s) {
        sum[s] = multiply_add(above[r][s], weight, sum[s]);
        weight_sum = multiply_add(above[r][s], column[s], weight_sum);
      }
      weight_sum.store(weight_adjoint + r * row);
    }
    FINN_UNROLL for (int s = 0; s < planes; ++s) sum[s].store(x_adjoint + s * shape.x_stride);
    weights += lanes;
    weight_adjoint += lanes;
    x += lanes;
    x_adjoint += lanes;
  }
}

// Calls block.run<rows, planes>(row, plane) for blocks that cover `planes` planes and the rows from
// `row` on, the last rows in smaller ones.
template <int rows, int planes, class Block>
FINN_INLINE void for_rows_of_planes(int row, int row_count, int plane, const Block& block) {
  for (; row + rows <= row_count; row += rows) block.template run<rows, planes>(row, plane);
  if constexpr (rows > 1) {
    if (row < row_count) for_rows_of_planes<rows / 2, planes>(row, row_count, plane, block);
  }
}

// Calls block.run for all rows of the planes from `plane` on: four planes, two or one at a time.
template <int planes, class Block>
FINN_INLINE void for_blocks(int plane, int plane_count, int row_count, const Block& block) {
  for (; plane + planes <= plane_count; plane += planes) {
    for_rows_of_planes<kLaneSums / planes, planes>(0, row_count, plane, block);
  }
  if constexpr (planes > 1) {
    if (plane < plane_count) for_blocks<planes / 2>(plane, plane_count, row_count, block);
  }
}

// Lanes [lane, lane + chunk) of a product, one register P at a time, so that a line of the cache
// that holds weights is used up at once.
template <class P, int chunk, class T = typename P::T>
struct LaneAffineBlock {
  const AffineShape<T>& shape;
  const T *weights, *x;
  T* z;
  std::ptrdiff_t lane;

  template <int rows, int planes>
  FINN_INLINE void run(std::ptrdiff_t row, std::ptrdiff_t plane) const {
    for (std::ptrdiff_t i = lane; i < lane + chunk; i += P::kLanes) {
      lane_affine_block<rows, planes, P>(shape, weights + row * shape.in * shape.lanes + i,
                                         x + plane * shape.x_stride + i,
                                         z + plane * shape.z_stride + row * shape.lanes + i);
    }
  }
};

template <class P, int chunk, class T = typename P::T>
struct LaneAffineTransposeBlock {
  const AffineShape<T>& shape;
  const T *weights, *x, *z_adjoint;
  T *weight_adjoint, *x_adjoint;
  std::ptrdiff_t lane;

  template <int rows, int planes>
  FINN_INLINE void run(std::ptrdiff_t row, std::ptrdiff_t plane) const {
    for (std::ptrdiff_t i = lane; i < lane + chunk; i += P::kLanes) {
      const std::ptrdiff_t weight = row * shape.in * shape.lanes + i;
      const std::ptrdiff_t input = plane * shape.x_stride + i;
      lane_affine_transpose_block<rows, planes, P>(
          shape, weights + weight, x + input,
          z_adjoint + plane * shape.z_stride + row * shape.lanes + i, weight_adjoint + weight,
          x_adjoint + input);
    }
  }
};

// See KernelTable::lane_affine and lane_affine_transpose.
template <class T, class Isa>
void lane_affine_kernel(const AffineShape<T>& shape, const T* weights, const T* x, T* z) {
  constexpr int whole = core::kPackLanes<T>;
  if (shape.lanes < whole) {
    using Block = LaneAffineBlock<Pack<T, typename Isa::Narrow, 1>, core::kNarrowLanes>;
    return for_blocks<4>(0, shape.coefficients, shape.out, Block{shape, weights, x, z, 0});
  }
  using Block = LaneAffineBlock<Pack<T, Isa, 1>, whole>;
  for (std::ptrdiff_t lane = 0; lane < shape.lanes; lane += whole) {
    for_blocks<4>(0, shape.coefficients, shape.out, Block{shape, weights, x, z, lane});
  }
}

template <class T, class Isa>
void lane_affine_transpose_kernel(const AffineShape<T>& shape, const T* weights, const T* x,
                                  const T* z_adjoint, T* weight_adjoint, T* x_adjoint) {
  constexpr int whole = core::kPackLanes<T>;
  if (shape.lanes < whole) {
    using Block = LaneAffineTransposeBlock<Pack<T, typename Isa::Narrow, 1>, core::kNarrowLanes>;
    return for_blocks<4>(0, shape.coefficients, shape.out,
                         Block{shape, weights, x, z_adjoint, weight_adjoint, x_adjoint, 0});
  }
  using Block = LaneAffineTransposeBlock<Pack<T, Isa, 1>, whole>;
  for (std::ptrdiff_t lane = 0; lane < shape.lanes; lane += whole) {
    for_blocks<4>(0, shape.coefficients, shape.out,
                  Block{shape, weights, x, z_adjoint, weight_adjoint, x_adjoint, lane});
  }
}

}  // namespace finn::ops
