// Linear combinations of jets: y = p a + q b, with fixed factors.
#pragma once

#include "core/tape.hpp"

namespace finn::ops {

// Calls body(coefficient row offset) for each coefficient's plane of features x lanes values.
template <class T, class Body>
void for_each_plane(const core::Jet<T>& jet, Body&& body) {
  const int count = jet.features * jet.lanes;
  for (core::Subset s = 0; s < jet.coefficients(); ++s) {
    body(static_cast<std::ptrdiff_t>(s) * jet.stride, count);
  }
}

template <class T>
struct Combination {
  core::Jet<T> a, b, y;
  T p, q;

  void evaluate() const {
    for_each_plane(y, [&](std::ptrdiff_t plane, int count) {
      for (int i = 0; i < count; ++i) {
        y.value[plane + i] = p * a.value[plane + i] + q * b.value[plane + i];
      }
    });
  }
  void transpose() const {
    for_each_plane(y, [&](std::ptrdiff_t plane, int count) {
      for (int i = 0; i < count; ++i) {
        a.adjoint[plane + i] += p * y.adjoint[plane + i];
        b.adjoint[plane + i] += q * y.adjoint[plane + i];
      }
    });
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
