// Linear combinations of jets: y = p a + q b, with fixed factors.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Combination {
  core::Jet<T> a, b, y;
  T p, q;

  void evaluate() const {
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      kernels<T>().combine(p, a.row(s, 0), q, b.row(s, 0), y.size(), y.row(s, 0));
    }
  }
  void transpose() const {
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      kernels<T>().add_scaled(p, y.adjoint_row(s, 0), y.size(), a.adjoint_row(s, 0));
      kernels<T>().add_scaled(q, y.adjoint_row(s, 0), y.size(), b.adjoint_row(s, 0));
    }
  }
};

// a and b have the same variables and features.
template <class T>
core::Jet<T> combination(core::Tape<T>& tape, T p, const core::Jet<T>& a, T q,
                         const core::Jet<T>& b) {
  const Combination<T> operation{a, b, tape.jet(a.variables, a.features), p, q};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

template <class T>
core::Jet<T> add(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  return combination(tape, T(1), a, T(1), b);
}

template <class T>
core::Jet<T> subtract(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  return combination(tape, T(1), a, T(-1), b);
}

}  // namespace finn::ops
