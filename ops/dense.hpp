// y = phi(W x + b): a hidden layer in one operation.
//
// The result is that of compose(affine(x)), but z = W x + b is never there as a whole: a few rows
// at a time are composed while they are in the first-level cache, and the sweep needs g = phi' o z,
// not z.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/activation.hpp"
#include "ops/affine.hpp"
#include "ops/compose.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// How many rows of z are made at a time: a multiple of the blocks of the affine kernels, and more
// in a narrow tile, so that they are as many packs.
inline constexpr int kDenseRows = 12;
template <class T>
constexpr int dense_rows(int lanes) {
  return lanes < core::kPackLanes<T> ? kDenseRows * core::kPackLanes<T> / lanes : kDenseRows;
}

template <class T>
struct Dense {
  core::Jet<T> x, y;
  Layer<T> layer;
  const T* g;    // layout of y
  T* z_adjoint;  // layout of y

  void transpose() const {
    const KernelTable<T>& table = kernels<T>();
    table.correlation[x.variables](y.adjoint, y.stride, g, y.stride, z_adjoint, y.stride,
                                   static_cast<int>(y.size()), false);
    const AffineShape<T> shape = affine_shape(x, layer.out, y.stride);
    table.affine_weights(shape, z_adjoint, x.value, layer.weight_adjoint, layer.bias_adjoint);
    table.affine_input(shape, layer.weights, z_adjoint, x.adjoint);
  }
};

// Calls body(row, rows, z, z_stride) for a few rows [row, row + rows) of z = W x + b after the
// other.
template <class T, class Body>
void for_rows_of_affine(core::Tape<T>& tape, const core::Jet<T>& x, const Layer<T>& layer,
                        Body&& body) {
  const core::Jet<T> z = tape.scratch_jet(x.variables, std::min(dense_rows<T>(x.lanes), layer.out));
  for (int row = 0; row < layer.out; row += z.features) {
    const int rows = std::min(z.features, layer.out - row);
    kernels<T>().affine(affine_shape(x, rows, z.stride), layer.weights + row * layer.in,
                        layer.bias + row, x.value, z.value);
    body(row, rows, z);
  }
}

template <class T>
core::Jet<T> dense(core::Tape<T>& tape, const core::Jet<T>& x, const Layer<T>& layer,
                   const Activation<T>& phi) {
  const core::Jet<T> y = tape.jet(x.variables, layer.out);
  T* g = tape.recording() ? tape.scratch(y.extent()) : nullptr;
  for_rows_of_affine(tape, x, layer, [&](int row, int rows, const core::Jet<T>& z) {
    compose_planes(phi, z.variables, rows * z.lanes, z.value, z.stride, y.row(0, row), y.stride,
                   g == nullptr ? nullptr : g + row * y.lanes, y.stride);
  });
  if (tape.recording()) {
    tape.record(Dense<T>{x, y, layer, g, tape.sweep_scratch(y.extent())});
  }
  return y;
}

}  // namespace finn::ops
