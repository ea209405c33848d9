// y_k = s p_k x_k for plain values (variables = 0): a row of lanes for each parameter, which all
// lanes share, times a constant.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/broadcast.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct ScaleRows {
  core::Jet<T> x, y;
  ParameterBlock<T> parameters;
  T scale;

  void evaluate() const {
    for (int k = 0; k < y.features; ++k) {
      kernels<T>().scale(scale * parameters.value[k], x.row(0, k), T(0), y.lanes, y.row(0, k));
    }
  }
  void transpose() const {
    const KernelTable<T>& table = kernels<T>();
    for (int k = 0; k < y.features; ++k) {
      const T* above = y.adjoint_row(0, k);
      table.add_scaled(scale * parameters.value[k], above, y.lanes, x.adjoint_row(0, k));
      parameters.adjoint[k] += scale * static_cast<T>(table.dot(above, x.row(0, k), y.lanes));
    }
  }
};

// x has as many features as there are parameters.
template <class T>
core::Jet<T> scale_rows(core::Tape<T>& tape, T scale, const ParameterBlock<T>& parameters,
                        const core::Jet<T>& x) {
  const ScaleRows<T> operation{x, tape.value(parameters.count), parameters, scale};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
