// y = a b for plain values (variables = 0) with the same features. Unlike product it keeps to the
// features of its operands, so that they may be slices of larger values.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Multiply {
  core::Jet<T> a, b, y;

  RowShape shape() const { return {1, y.size(), y.size()}; }
  void evaluate() const { kernels<T>().multiply_add(shape(), a.value, b.value, nullptr, y.value); }
  void transpose() const {
    kernels<T>().multiply_add_transpose(shape(), a.value, b.value, y.adjoint, a.adjoint, b.adjoint,
                                        nullptr);
  }
};

template <class T>
core::Jet<T> multiply(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Multiply<T> operation{a, b, tape.value(a.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
