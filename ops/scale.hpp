// y_j = scale_j x_j + shift_j for plain values (variables = 0), with scale and shift parameters of
// their own per feature: how a constraint acts on f.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

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
      kernels<T>().scale(parameters.scale[j], x.row(0, j), parameters.shift[j], x.lanes,
                         y.row(0, j));
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      const T* adjoint = y.adjoint_row(0, j);
      kernels<T>().add_scaled(parameters.scale[j], adjoint, x.lanes, x.adjoint_row(0, j));
      parameters.scale_adjoint[j] +=
          static_cast<T>(kernels<T>().dot(x.row(0, j), adjoint, x.lanes));
      parameters.shift_adjoint[j] += static_cast<T>(kernels<T>().sum(adjoint, x.lanes));
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
