// z = W x on jets, where every lane has a matrix of its own; the biases are those of modulate.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"

namespace finn::ops {

template <class T>
struct LaneAffine {
  core::Jet<T> x, weights, z;

  void evaluate() const {
    for (core::Subset s = 0; s < z.coefficients(); ++s) {
      for (int o = 0; o < z.features; ++o) evaluate_row(s, o);
    }
  }
  void transpose() const {
    for (core::Subset s = 0; s < z.coefficients(); ++s) {
      for (int o = 0; o < z.features; ++o) transpose_row(s, o);
    }
  }

 private:
  int weight(int o, int i) const { return o * x.features + i; }

  void evaluate_row(core::Subset s, int o) const {
    T* sum = z.row(s, o);
    std::fill_n(sum, z.lanes, T(0));
    for (int i = 0; i < x.features; ++i) {
      const T* w = weights.row(0, weight(o, i));
      const T* value = x.row(s, i);
      for (int lane = 0; lane < z.lanes; ++lane) sum[lane] += w[lane] * value[lane];
    }
  }
  void transpose_row(core::Subset s, int o) const {
    const T* above = z.adjoint_row(s, o);
    for (int i = 0; i < x.features; ++i) {
      const T* w = weights.row(0, weight(o, i));
      const T* value = x.row(s, i);
      T* w_adjoint = weights.adjoint_row(0, weight(o, i));
      T* value_adjoint = x.adjoint_row(s, i);
      for (int lane = 0; lane < z.lanes; ++lane) {
        w_adjoint[lane] += above[lane] * value[lane];
        value_adjoint[lane] += above[lane] * w[lane];
      }
    }
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
