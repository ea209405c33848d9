// z = W x + b on jets: one matrix product for all coefficients; the bias enters S = {} only.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// One layer's weights [out][in] and bias [out] (null for none), with where their adjoints are added
// (null when the tape does not record). Under positivity these are the mapped weights
// (ops/positivity.hpp).
template <class T>
struct Layer {
  int in = 0;
  int out = 0;
  const T* weights = nullptr;
  const T* bias = nullptr;
  T* weight_adjoint = nullptr;
  T* bias_adjoint = nullptr;
};

template <class T>
AffineShape<T> affine_shape(const core::Jet<T>& x, int out, std::ptrdiff_t z_stride) {
  return {x.features, out, 1 << x.variables, x.lanes, x.stride, z_stride};
}

template <class T>
struct Affine {
  core::Jet<T> x, z;
  Layer<T> layer;

  AffineShape<T> shape() const { return affine_shape(x, layer.out, z.stride); }
  void transpose() const {
    const KernelTable<T>& table = kernels<T>();
    table.affine_weights(shape(), z.adjoint, x.value, layer.weight_adjoint, layer.bias_adjoint);
    table.affine_input(shape(), layer.weights, z.adjoint, x.adjoint);
  }
};

// x must have layer.in features.
template <class T>
core::Jet<T> affine(core::Tape<T>& tape, const core::Jet<T>& x, const Layer<T>& layer) {
  const Affine<T> operation{x, tape.jet(x.variables, layer.out), layer};
  kernels<T>().affine(operation.shape(), layer.weights, layer.bias, x.value, operation.z.value);
  tape.record(operation);
  return operation.z;
}

}  // namespace finn::ops
