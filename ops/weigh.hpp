// y_j = w x_j for plain values (variables = 0): every feature of a sample times a weight that the
// sample has.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"

namespace finn::ops {

template <class T>
struct Weigh {
  core::Jet<T> x, weight, y;

  void evaluate() const {
    for (int j = 0; j < x.features; ++j) {
      for (int lane = 0; lane < x.lanes; ++lane) {
        y.row(0, j)[lane] = weight.value[lane] * x.row(0, j)[lane];
      }
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      const T* adjoint = y.adjoint_row(0, j);
      for (int lane = 0; lane < x.lanes; ++lane) {
        x.adjoint_row(0, j)[lane] += weight.value[lane] * adjoint[lane];
        weight.adjoint[lane] += x.row(0, j)[lane] * adjoint[lane];
      }
    }
  }
};

// weight has one feature.
template <class T>
core::Jet<T> weigh(core::Tape<T>& tape, const core::Jet<T>& x, const core::Jet<T>& weight) {
  const Weigh<T> operation{x, weight, tape.value(x.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
