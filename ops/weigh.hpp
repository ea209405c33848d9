// y_j = w x_j for plain values (variables = 0): every feature of a sample times a weight that the
// sample has.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Weigh {
  core::Jet<T> x, weight, y;

  RowShape shape() const { return {y.features, y.lanes, y.lanes}; }
  void evaluate() const {
    kernels<T>().multiply_add(shape(), x.value, weight.value, nullptr, y.value);
  }
  void transpose() const {
    kernels<T>().multiply_add_transpose(shape(), x.value, weight.value, y.adjoint, x.adjoint,
                                        weight.adjoint, nullptr);
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
