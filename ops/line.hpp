// y_k = a_k x + b_k for plain values (variables = 0): many lines of one feature, with slopes and
// biases that every lane has for itself.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"

namespace finn::ops {

template <class T>
struct Line {
  core::Jet<T> x, slopes, biases, y;

  void evaluate() const {
    for (int k = 0; k < y.features; ++k) {
      const T *slope = slopes.row(0, k), *bias = biases.row(0, k);
      T* value = y.row(0, k);
      for (int lane = 0; lane < y.lanes; ++lane) {
        value[lane] = slope[lane] * x.value[lane] + bias[lane];
      }
    }
  }
  void transpose() const {
    for (int k = 0; k < y.features; ++k) {
      const T *slope = slopes.row(0, k), *above = y.adjoint_row(0, k);
      T *slope_adjoint = slopes.adjoint_row(0, k), *bias_adjoint = biases.adjoint_row(0, k);
      for (int lane = 0; lane < y.lanes; ++lane) {
        slope_adjoint[lane] += above[lane] * x.value[lane];
        bias_adjoint[lane] += above[lane];
        x.adjoint[lane] += above[lane] * slope[lane];
      }
    }
  }
};

// x has one feature; slopes and biases those of y.
template <class T>
core::Jet<T> line(core::Tape<T>& tape, const core::Jet<T>& x, const core::Jet<T>& slopes,
                  const core::Jet<T>& biases) {
  const Line<T> operation{x, slopes, biases, tape.value(slopes.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
