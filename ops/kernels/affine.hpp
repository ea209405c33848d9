// Products of a weight matrix with jets: forward, input gradient, weight gradient.
//
// Lanes are contiguous, so Z = W X broadcasts one weight over packs of samples and packs nothing.
// A block of rows x packs accumulators stays in registers while the inner index runs.
#pragma once

#include "core/subset.hpp"
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

// The columns of a product: `lanes` of them in each plane, and the planes of a jet. A block takes
// packs that lie side by side, or in a narrow tile, where a plane is one pack wide, in two planes.
template <class T>
struct Columns {
  const T* in;  // [inner][lanes] planes
  T* out;       // [row_count][lanes] planes
  int lanes;
  std::ptrdiff_t in_step;  // from one pack to the next
  std::ptrdiff_t out_step;
};

// What the sums start from: what is in out, or bias[row] in the first `biased` packs and else 0.
template <class T>
struct Start {
  bool accumulate;
  const T* bias;
  int biased;
};

// out[r][p] = start, plus sum over inner of m(r, inner) in[inner][p]; rows and packs are the block.
template <int rows, int packs, class P, class T = typename P::T>
FINN_INLINE void affine_block(const Strided<T>& m, int inner, const Columns<T>& columns,
                              const Start<T>& start) {
  P sum[rows][packs];
  T* out = columns.out;
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int p = 0; p < packs; ++p) {
      sum[r][p] = start.accumulate ? P::load(out + r * columns.lanes + p * columns.out_step)
                                   : P(p < start.biased ? start.bias[r] : T(0));
    }
  }
  const T* in = columns.in;
  for (int k = 0; k < inner; ++k) {
    P column[packs];
    FINN_UNROLL for (int p = 0; p < packs; ++p) column[p] = P::load(in + p * columns.in_step);
    FINN_UNROLL for (int r = 0; r < rows; ++r) {
      P weight(m.element[r * m.row_step + k * m.inner_step]);
      FINN_UNROLL for (int p = 0; p < packs; ++p) {
        sum[r][p] = multiply_add(weight, column[p], sum[r][p]);
      }
    }
    in += columns.lanes;
  }
  FINN_UNROLL for (int r = 0; r < rows; ++r) {
    FINN_UNROLL for (int p = 0; p < packs; ++p) {
      sum[r][p].store(out + r * columns.lanes + p * columns.out_step);
    }
  }
}

// All rows of one strip of packs, in blocks, then what is left in smaller ones: after 6 rows 4,
// since four with two registers each are enough to keep the multipliers busy.
template <int rows, int packs, class P, class T = typename P::T>
FINN_INLINE void affine_strip(Strided<T> m, int row_count, int inner, Columns<T> columns,
                              Start<T> start) {
  int row = 0;
  for (; row + rows <= row_count; row += rows) {
    affine_block<rows, packs, P>(m, inner, columns, start);
    m.element += rows * m.row_step;
    columns.out += static_cast<std::ptrdiff_t>(rows) * columns.lanes;
    if (start.biased > 0) start.bias += rows;
  }
  if constexpr (rows > 1) {
    if (row < row_count) {
      constexpr int smaller = rows == 6 ? 4 : rows / 2;
      affine_strip<smaller, packs, P>(m, row_count - row, inner, columns, start);
    }
  }
}

// One plane from `lane` on. Where there are fewer packs left than the block is wide, it is half as
// wide and twice as high.
template <int rows, int packs, class P, class T = typename P::T>
FINN_INLINE void affine_plane(const Strided<T>& m, int row_count, int inner, const T* in, int lanes,
                              T* out, const Start<T>& start, int lane) {
  constexpr int wide = packs * P::kLanes;
  for (; lane + wide <= lanes; lane += wide) {
    affine_strip<rows, packs, P>(
        m, row_count, inner, Columns<T>{in + lane, out + lane, lanes, P::kLanes, P::kLanes}, start);
  }
  if constexpr (packs > 1) {
    if (lane < lanes) {
      affine_plane<2 * rows, packs / 2, P>(m, row_count, inner, in, lanes, out, start, lane);
    }
  }
}

// All planes, out[s] from in[s]; bias in the first unless null.
template <class T>
struct Planes {
  int count;
  const T* in;
  std::ptrdiff_t in_stride;
  T* out;
  std::ptrdiff_t out_stride;
};

template <class T, class Isa>
void affine_planes(const Strided<T>& m, int row_count, int inner, int lanes,
                   const Planes<T>& planes, const T* bias, bool accumulate) {
  for (int s = 0; s < planes.count; ++s) {
    const int biased = s == 0 && bias != nullptr ? Isa::kPacks : 0;
    affine_plane<Isa::kRows, Isa::kPacks, Pack<T, Isa>>(
        m, row_count, inner, planes.in + s * planes.in_stride, lanes,
        planes.out + s * planes.out_stride, Start<T>{accumulate, bias, biased}, 0);
  }
}

// All planes of the product for a narrow tile, whose lanes fill part of a pack. Two planes at a
// time share the weights that were loaded.
template <class T, class Isa>
void narrow_planes(const Strided<T>& m, int row_count, int inner, const Planes<T>& planes,
                   const T* bias, bool accumulate) {
  using P = NarrowPack<T, Isa>;
  constexpr int rows = 6 / P::kRegisters;
  for (int s = 0; s < planes.count; s += 2) {
    const Columns<T> columns{planes.in + s * planes.in_stride, planes.out + s * planes.out_stride,
                             P::kLanes, planes.in_stride, planes.out_stride};
    const Start<T> start{accumulate, bias, s == 0 && bias != nullptr ? 1 : 0};
    if (s + 1 == planes.count) {
      affine_strip<2 * rows, 1, P>(m, row_count, inner, columns, start);
    } else {
      affine_strip<rows, 2, P>(m, row_count, inner, columns, start);
    }
  }
}

template <class T, class Isa>
FINN_INLINE void affine_product(const Strided<T>& m, int row_count, int inner, int lanes,
                                const Planes<T>& planes, const T* bias, bool accumulate) {
  if (lanes < Pack<T, Isa>::kLanes) {
    narrow_planes<T, Isa>(m, row_count, inner, planes, bias, accumulate);
  } else {
    affine_planes<T, Isa>(m, row_count, inner, lanes, planes, bias, accumulate);
  }
}

template <class T, class Isa>
void affine_kernel(const AffineShape<T>& shape, const T* weights, const T* bias, const T* x, T* z) {
  const Strided<T> m{weights, shape.in, 1};
  const Planes<T> planes{shape.coefficients, x, shape.x_stride, z, shape.z_stride};
  affine_product<T, Isa>(m, shape.out, shape.in, shape.lanes, planes, bias, false);
}

template <class T, class Isa>
void affine_input_kernel(const AffineShape<T>& shape, const T* weights, const T* z_adjoint,
                         T* x_adjoint) {
  const Strided<T> transposed{weights, 1, shape.in};
  const Planes<T> planes{shape.coefficients, z_adjoint, shape.z_stride, x_adjoint, shape.x_stride};
  affine_product<T, Isa>(transposed, shape.in, shape.out, shape.lanes, planes, nullptr, true);
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
template <int rows, int columns, class P, class T = typename P::T>
FINN_INLINE void weight_block(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                              T* weight_adjoint) {
  using Part = Pack<T, typename P::Isa, 1>;
  constexpr int parts = P::kRegisters;
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
  lane_sums<rows * columns>(sum, sums);
  FINN_UNROLL for (int o = 0; o < rows; ++o) {
    FINN_UNROLL for (int k = 0; k < columns; ++k) {
      weight_adjoint[o * shape.in + k] += sums[o * columns + k];
    }
  }
}

// Columns `first` to `last` of some rows: in blocks, then what is left, one size smaller each.
template <int rows, int columns, class P, class T = typename P::T>
FINN_INLINE void weight_rows(const AffineShape<T>& shape, int first, int last, const T* z_adjoint,
                             const T* x, T* weight_adjoint) {
  int k = first;
  for (; k + columns <= last; k += columns) {
    weight_block<rows, columns, P>(shape, z_adjoint, x + k * shape.lanes, weight_adjoint + k);
  }
  if constexpr (columns > 1) {
    if (k < last) {
      constexpr int smaller = columns == 6 ? 4 : columns / 2;
      weight_rows<rows, smaller, P>(shape, k, last, z_adjoint, x, weight_adjoint);
    }
  }
}

// How many columns of x go through all rows of z before the next ones: what fits into three
// quarters of a first-level cache of 32 KiB.
template <int columns, class T>
FINN_INLINE int weight_panel(const AffineShape<T>& shape) {
  const std::size_t column_bytes = sizeof(T) * static_cast<std::size_t>(shape.coefficients) *
                                   static_cast<std::size_t>(shape.lanes);
  const int blocks = static_cast<int>(24576 / (column_bytes * columns));
  return columns * (blocks > 1 ? blocks : 1);
}

template <int rows, int columns, class P, class T = typename P::T>
FINN_INLINE void weight_panels(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                               T* weight_adjoint, T* bias_adjoint) {
  const int panel = weight_panel<columns>(shape);
  for (int first = 0; first < shape.in; first += panel) {
    const int last = shape.in - first < panel ? shape.in : first + panel;
    int o = 0;
    for (; o + rows <= shape.out; o += rows) {
      weight_rows<rows, columns, P>(shape, first, last, z_adjoint + o * shape.lanes, x,
                                    weight_adjoint + o * shape.in);
    }
    for (; o < shape.out; ++o) {
      weight_rows<1, columns, P>(shape, first, last, z_adjoint + o * shape.lanes, x,
                                 weight_adjoint + o * shape.in);
    }
  }
  for (int o = 0; bias_adjoint != nullptr && o < shape.out; ++o) {
    P sum(T(0));
    for (int lane = 0; lane < shape.lanes; lane += P::kLanes) {
      sum = sum + P::load(z_adjoint + o * shape.lanes + lane);
    }
    bias_adjoint[o] += lane_sum(sum);
  }
}

template <class T, class Isa>
void affine_weights_kernel(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                           T* weight_adjoint, T* bias_adjoint) {
  constexpr int rows = Isa::kWeightRows, columns = Isa::kWeightColumns;
  if (shape.lanes < Pack<T, Isa>::kLanes) {
    weight_panels<rows, columns, NarrowPack<T, Isa>>(shape, z_adjoint, x, weight_adjoint,
                                                     bias_adjoint);
  } else {
    weight_panels<rows, columns, Pack<T, Isa>>(shape, z_adjoint, x, weight_adjoint, bias_adjoint);
  }
}

}  // namespace finn::ops
