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

  void transpose() const {
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      a.adjoint[i] += y.adjoint[i] * b.value[i];
      b.adjoint[i] += y.adjoint[i] * a.value[i];
    }
  }
};

template <class T>
core::Jet<T> multiply(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Multiply<T> operation{a, b, tape.value(a.features)};
  kernels<T>().multiply(a.value, b.value, a.size(), operation.y.value);
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
