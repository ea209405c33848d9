// Functions of plain values (variables = 0), one by one: losses and users' graphs.
#pragma once

#include <cmath>

#include "core/tape.hpp"

namespace finn::ops {

// One line per function: name, value at x, derivative in terms of the argument x and the result y.
#define FINN_UNARY_FUNCTIONS(X)                                         \
  X(exp, std::exp(x), y)                                                \
  X(log, std::log(x), T(1) / x)                                         \
  X(tanh, std::tanh(x), T(1) - y * y)                                   \
  X(softplus, std::fmax(x, T(0)) + std::log1p(std::exp(-std::fabs(x))), \
    T(1) / (T(1) + std::exp(-x)))                                       \
  X(square, x* x, T(2) * x)                                             \
  X(sqrt, std::sqrt(x), T(0.5) / y)                                     \
  X(abs, std::fabs(x), T((x > 0) - (x < 0)))

// A unary function as a pair of static functions, here for the tape and for parameter maps.
#define FINN_UNARY_RULE(name, value_of_x, derivative_of_x_and_y)      \
  template <class T>                                                  \
  struct rule_##name {                                                \
    static T value(T x) { return value_of_x; }                        \
    static T derivative([[maybe_unused]] T x, [[maybe_unused]] T y) { \
      return derivative_of_x_and_y;                                   \
    }                                                                 \
  };
FINN_UNARY_FUNCTIONS(FINN_UNARY_RULE)
#undef FINN_UNARY_RULE

template <class T, class Rule>
struct Unary {
  core::Jet<T> x, y;

  void evaluate() const {
    for (int i = 0; i < x.features * x.lanes; ++i) y.value[i] = Rule::value(x.value[i]);
  }
  void transpose() const {
    for (int i = 0; i < x.features * x.lanes; ++i) {
      x.adjoint[i] += y.adjoint[i] * Rule::derivative(x.value[i], y.value[i]);
    }
  }
};

#define FINN_UNARY_OPERATION(name, value_of_x, derivative_of_x_and_y)    \
  template <class T>                                                     \
  core::Jet<T> name(core::Tape<T>& tape, const core::Jet<T>& x) {        \
    const Unary<T, rule_##name<T>> operation{x, tape.value(x.features)}; \
    operation.evaluate();                                                \
    tape.record(operation);                                              \
    return operation.y;                                                  \
  }
FINN_UNARY_FUNCTIONS(FINN_UNARY_OPERATION)
#undef FINN_UNARY_OPERATION

template <class T>
struct Quotient {
  core::Jet<T> a, b, y;

  void evaluate() const {
    for (int i = 0; i < y.features * y.lanes; ++i) y.value[i] = a.value[i] / b.value[i];
  }
  void transpose() const {
    for (int i = 0; i < y.features * y.lanes; ++i) {
      const T adjoint = y.adjoint[i] / b.value[i];
      a.adjoint[i] += adjoint;
      b.adjoint[i] -= adjoint * y.value[i];
    }
  }
};

// a / b for plain values with the same features.
template <class T>
core::Jet<T> divide(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Quotient<T> operation{a, b, tape.value(a.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
