// Functions of plain values (variables = 0), one by one: losses and users' graphs.
// The rules stand in kernels/unary_functions.hpp, one line each.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/unary_functions.hpp"

namespace finn::ops {

template <class T, UnaryFunction function>
struct Unary {
  core::Jet<T> x, y;

  void transpose() const {
    kernels<T>().unary_transpose[function](x.value, y.value, y.adjoint, x.size(), x.adjoint);
  }
};

template <UnaryFunction function, class T>
core::Jet<T> unary(core::Tape<T>& tape, const core::Jet<T>& x) {
  const Unary<T, function> operation{x, tape.value(x.features)};
  kernels<T>().unary[function](x.value, x.size(), operation.y.value);
  tape.record(operation);
  return operation.y;
}

// exp(tape, x) and so on.
#define FINN_UNARY_OPERATION(name, value, derivative)             \
  template <class T>                                              \
  core::Jet<T> name(core::Tape<T>& tape, const core::Jet<T>& x) { \
    return unary<unary_##name>(tape, x);                          \
  }
FINN_UNARY_FUNCTIONS(FINN_UNARY_OPERATION)
#undef FINN_UNARY_OPERATION

template <class T>
struct Quotient {
  core::Jet<T> a, b, y;

  void transpose() const {
    kernels<T>().divide_transpose(b.value, y.value, y.adjoint, y.size(), a.adjoint, b.adjoint);
  }
};

// a / b for plain values with the same features.
template <class T>
core::Jet<T> divide(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Quotient<T> operation{a, b, tape.value(a.features)};
  kernels<T>().divide(a.value, b.value, a.size(), operation.y.value);
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
