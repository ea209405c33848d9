// z = W x on jets, where every lane has a matrix of its own; the biases are those of modulate.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct LaneAffine {
  core::Jet<T> x, weights, z;

  AffineShape<T> shape() const {
    return {x.features, z.features, 1 << x.variables, x.lanes, x.stride, z.stride};
  }
  void evaluate() const { kernels<T>().lane_affine(shape(), weights.value, x.value, z.value); }
  void transpose() const {
    kernels<T>().lane_affine_transpose(shape(), weights.value, x.value, z.adjoint, weights.adjoint,
                                       x.adjoint);
  }
};

// weights are plain values, [out][in] of the features of z and x.
template <class T>
core::Jet<T> lane_affine(core::Tape<T>& tape, const core::Jet<T>& x, const core::Jet<T>& weights) {
  const int out = weights.features / x.features;
  const LaneAffine<T> operation{x, weights, tape.jet(x.variables, out)};
  operation.evaluate();
  tape.record(operation);
  return operation.z;
}

}  // namespace finn::ops
