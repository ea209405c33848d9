// y_k = a_k x + b_k for plain values (variables = 0): many lines of one feature, with slopes and
// biases that every lane has for itself.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Line {
  core::Jet<T> x, slopes, biases, y;

  RowShape shape() const { return {y.features, y.lanes, y.lanes}; }
  void evaluate() const {
    kernels<T>().multiply_add(shape(), slopes.value, x.value, biases.value, y.value);
  }
  void transpose() const {
    kernels<T>().multiply_add_transpose(shape(), slopes.value, x.value, y.adjoint, slopes.adjoint,
                                        x.adjoint, biases.adjoint);
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
