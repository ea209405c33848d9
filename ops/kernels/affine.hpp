// Products of a weight matrix with jets: forward, input gradient, weight gradient.
//
// Lanes are contiguous, so Z = W X broadcasts one weight over packs of samples and packs nothing.
// A block of rows x packs accumulators stays in registers while the inner index runs.
#pragma once

#include "ops/kernels/pack.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// A matrix read by (row, inner): element[row * row_step + inner * inner_step].
template <class T>
struct Strided {
  const T* element;
  std::ptrdiff_t row_step;
  std::ptrdiff_t inner_step;
};

// out[r][p] (row stride `lanes`) = start[r] or out[r][p], plus sum over inner of m(r, inner)
// in[inner][p]; rows and packs are the block.
template <int rows, int packs, class T, class Isa>
FINN_INLINE void affine_block(const Strided<T>& m, int inner, const T* in, int lanes, T* out,
                              const T* start, bool accumulate) {
  using P = Pack<T, Isa>;
  P sum[rows][packs];
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int p = 0; p < packs; ++p) {
      sum[r][p] = accumulate ? P::load(out + r * lanes + p * P::kLanes)
                             : P(start != nullptr ? start[r] : T(0));
    }
  }
  for (int k = 0; k < inner; ++k) {
    P column[packs];
    FINN_UNROLL for (int p = 0; p < packs; ++p) column[p] = P::load(in + p * P::kLanes);
    FINN_UNROLL for (int r = 0; r < rows; ++r) {
      P weight(m.element[r * m.row_step + k * m.inner_step]);
      FINN_UNROLL for (int p = 0; p < packs; ++p) {
        sum[r][p] = multiply_add(weight, column[p], sum[r][p]);
      }
    }
    in += lanes;
  }
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int p = 0; p < packs; ++p) sum[r][p].store(out + r * lanes + p * P::kLanes);
  }
}

// All rows of one strip of packs, in blocks, then what is left in smaller ones: after 6 rows 4,
// since four with two registers each are enough to keep the multipliers busy.
template <int rows, int packs, class T, class Isa>
FINN_INLINE void affine_strip(Strided<T> m, int row_count, int inner, const T* in, int lanes,
                              T* out, const T* start, bool accumulate) {
  int row = 0;
  for (; row + rows <= row_count; row += rows) {
    affine_block<rows, packs, T, Isa>(m, inner, in, lanes, out, start, accumulate);
    m.element += rows * m.row_step;
    out += static_cast<std::ptrdiff_t>(rows) * lanes;
    if (start != nullptr) start += rows;
  }
  if constexpr (rows > 1) {
    if (row < row_count) {
      constexpr int smaller = rows == 6 ? 4 : rows / 2;
      affine_strip<smaller, packs, T, Isa>(m, row_count - row, inner, in, lanes, out, start,
                                           accumulate);
    }
  }
}

// One plane: out [row_count][lanes] from in [inner][lanes]. Where there are fewer packs left than
// the block is wide, it is half as wide and twice as high.
template <int rows, int packs, class T, class Isa>
FINN_INLINE void affine_plane_from(const Strided<T>& m, int row_count, int inner, const T* in,
                                   int lanes, T* out, const T* start, bool accumulate, int lane) {
  constexpr int wide = packs * Pack<T, Isa>::kLanes;
  for (; lane + wide <= lanes; lane += wide) {
    affine_strip<rows, packs, T, Isa>(m, row_count, inner, in + lane, lanes, out + lane, start,
                                      accumulate);
  }
  if constexpr (packs > 1) {
    if (lane < lanes) {
      affine_plane_from<2 * rows, packs / 2, T, Isa>(m, row_count, inner, in, lanes, out, start,
                                                     accumulate, lane);
    }
  }
}

template <class T, class Isa>
void affine_plane(const Strided<T>& m, int row_count, int inner, const T* in, int lanes, T* out,
                  const T* start, bool accumulate) {
  affine_plane_from<Isa::kRows, Isa::kPacks, T, Isa>(m, row_count, inner, in, lanes, out, start,
                                                     accumulate, 0);
}

template <class T, class Isa>
void affine_kernel(const AffineShape<T>& shape, const T* weights, const T* bias, const T* x, T* z) {
  const Strided<T> m{weights, shape.in, 1};
  for (int s = 0; s < shape.coefficients; ++s) {
    affine_plane<T, Isa>(m, shape.out, shape.in, x + s * shape.x_stride, shape.lanes,
                         z + s * shape.z_stride, s == 0 ? bias : nullptr, false);
  }
}

template <class T, class Isa>
void affine_input_kernel(const AffineShape<T>& shape, const T* weights, const T* z_adjoint,
                         T* x_adjoint) {
  const Strided<T> transposed{weights, 1, shape.in};
  for (int s = 0; s < shape.coefficients; ++s) {
    affine_plane<T, Isa>(transposed, shape.in, shape.out, z_adjoint + s * shape.z_stride,
                         shape.lanes, x_adjoint + s * shape.x_stride, nullptr, true);
  }
}

// The compiler no longer knows where the pointer came from, and keeps it instead of one for each
// row.
template <class T>
FINN_INLINE void hide(const T*& pointer) {
  asm("" : "+r"(pointer));
}

// weight_adjoint[o][k], o < rows, k < columns, += sum over coefficients and lanes; rows and columns
// are the block. The registers of a pack one after the other, as the sums take nearly all there
// are.
template <int rows, int columns, class T, class Isa>
FINN_INLINE void weight_block(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                              T* weight_adjoint) {
  using Part = Pack<T, Isa, 1>;
  constexpr int parts = kWholePack<T, Isa>;
  const std::ptrdiff_t lanes = shape.lanes;
  Part sum[rows * columns][parts];
  FINN_UNROLL for (int j = 0; j < rows * columns; ++j) {
    FINN_UNROLL for (int i = 0; i < parts; ++i) sum[j][i] = Part(T(0));
  }
  for (int s = 0; s < shape.coefficients; ++s) {
    for (int lane = 0; lane < shape.lanes; lane += parts * Part::kLanes) {
      hide(z_adjoint);
      hide(x);
      FINN_UNROLL for (int i = 0; i < parts; ++i) {
        Part adjoint[rows];
        FINN_UNROLL for (int o = 0; o < rows; ++o) {
          adjoint[o] = load_once<Part>(z_adjoint + o * lanes + i * Part::kLanes);
        }
        FINN_UNROLL for (int k = 0; k < columns; ++k) {
          Part input = load_once<Part>(x + k * lanes + i * Part::kLanes);
          FINN_UNROLL for (int o = 0; o < rows; ++o) {
            sum[o * columns + k][i] = multiply_add(adjoint[o], input, sum[o * columns + k][i]);
          }
        }
      }
      z_adjoint += parts * Part::kLanes;
      x += parts * Part::kLanes;
    }
    z_adjoint += shape.z_stride - lanes;
    x += shape.x_stride - lanes;
  }
  T sums[rows * columns];
  lane_sums<rows * columns, T, Isa>(sum, sums);
  FINN_UNROLL for (int o = 0; o < rows; ++o) {
    FINN_UNROLL for (int k = 0; k < columns; ++k) {
      weight_adjoint[o * shape.in + k] += sums[o * columns + k];
    }
  }
}

// Columns `first` to `last` of some rows: in blocks, then what is left, one size smaller each.
template <int rows, int columns, class T, class Isa>
FINN_INLINE void weight_rows(const AffineShape<T>& shape, int first, int last, const T* z_adjoint,
                             const T* x, T* weight_adjoint) {
  int k = first;
  for (; k + columns <= last; k += columns) {
    weight_block<rows, columns, T, Isa>(shape, z_adjoint, x + k * shape.lanes, weight_adjoint + k);
  }
  if constexpr (columns > 1) {
    if (k < last) {
      weight_rows<rows, columns / 2, T, Isa>(shape, k, last, z_adjoint, x, weight_adjoint);
    }
  }
}

// How many columns of x go through all rows of z before the next ones: what fits into half of a
// first-level cache of 32 KiB.
template <int columns, class T>
FINN_INLINE int weight_panel(const AffineShape<T>& shape) {
  const std::size_t column_bytes = sizeof(T) * static_cast<std::size_t>(shape.coefficients) *
                                   static_cast<std::size_t>(shape.lanes);
  const int blocks = static_cast<int>(16384 / (column_bytes * columns));
  return columns * (blocks > 1 ? blocks : 1);
}

template <class T, class Isa>
void affine_weights_kernel(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                           T* weight_adjoint, T* bias_adjoint) {
  constexpr int rows = Isa::kWeightRows, columns = Isa::kWeightColumns;
  const int panel = weight_panel<columns>(shape);
  for (int first = 0; first < shape.in; first += panel) {
    const int last = shape.in - first < panel ? shape.in : first + panel;
    int o = 0;
    for (; o + rows <= shape.out; o += rows) {
      weight_rows<rows, columns, T, Isa>(shape, first, last, z_adjoint + o * shape.lanes, x,
                                         weight_adjoint + o * shape.in);
    }
    for (; o < shape.out; ++o) {
      weight_rows<1, columns, T, Isa>(shape, first, last, z_adjoint + o * shape.lanes, x,
                                      weight_adjoint + o * shape.in);
    }
  }
  using P = Pack<T, Isa>;
  for (int o = 0; bias_adjoint != nullptr && o < shape.out; ++o) {
    P sum(T(0));
    for (int lane = 0; lane < shape.lanes; lane += P::kLanes) {
      sum = sum + P::load(z_adjoint + o * shape.lanes + lane);
    }
    bias_adjoint[o] += lane_sum(sum);
  }
}

}  // namespace finn::ops
