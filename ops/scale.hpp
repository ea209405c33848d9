// y_j = scale_j x_j + shift_j for plain values (variables = 0), with scale and shift parameters of
// their own per feature: how a constraint acts on f.
#pragma once

#include "core/tape.hpp"

namespace finn::ops {

template <class T>
struct ScaleParameters {
  const T* scale = nullptr;  // [features]
  const T* shift = nullptr;  // [features]
  T* scale_adjoint = nullptr;
  T* shift_adjoint = nullptr;
};

template <class T>
struct Scale {
  core::Jet<T> x, y;
  ScaleParameters<T> parameters;

  void evaluate() const {
    for (int j = 0; j < x.features; ++j) {
      for (int i = 0; i < x.lanes; ++i) {
        y.row(0, j)[i] = parameters.scale[j] * x.row(0, j)[i] + parameters.shift[j];
      }
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      T scale_sum = 0;
      T shift_sum = 0;
      for (int i = 0; i < x.lanes; ++i) {
        const T adjoint = y.adjoint_row(0, j)[i];
        x.adjoint_row(0, j)[i] += parameters.scale[j] * adjoint;
        scale_sum += x.row(0, j)[i] * adjoint;
        shift_sum += adjoint;
      }
      parameters.scale_adjoint[j] += scale_sum;
      parameters.shift_adjoint[j] += shift_sum;
    }
  }
};

template <class T>
core::Jet<T> scale(core::Tape<T>& tape, const core::Jet<T>& x,
                   const ScaleParameters<T>& parameters) {
  const Scale<T> operation{x, tape.value(x.features), parameters};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
