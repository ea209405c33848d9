// Parameters as plain values (variables = 0), the same in every lane or with an offset that each
// lane adds: how samples come to have weights of their own.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Some parameters and where their adjoints are added, null when the tape does not record.
template <class T>
struct ParameterBlock {
  const T* value = nullptr;
  T* adjoint = nullptr;
  int count = 0;
};

template <class T>
struct Broadcast {
  core::Jet<T> y;
  ParameterBlock<T> parameters;

  void evaluate() const {
    kernels<T>().move_rows(y.features, parameters.value, nullptr, y.lanes, y.value);
  }
  void transpose() const {
    for (int k = 0; k < y.features; ++k) {
      parameters.adjoint[k] += static_cast<T>(kernels<T>().sum(y.adjoint_row(0, k), y.lanes));
    }
  }
};

// y_k = p_k in every lane.
template <class T>
core::Jet<T> broadcast(core::Tape<T>& tape, const ParameterBlock<T>& parameters) {
  const Broadcast<T> operation{tape.value(parameters.count), parameters};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

template <class T>
struct AddOffset {
  core::Jet<T> offsets, y;
  ParameterBlock<T> parameters;

  void evaluate() const {
    kernels<T>().move_rows(y.features, parameters.value, offsets.value, y.lanes, y.value);
  }
  void transpose() const {
    for (int k = 0; k < y.features; ++k) {
      parameters.adjoint[k] += static_cast<T>(kernels<T>().sum(y.adjoint_row(0, k), y.lanes));
    }
    kernels<T>().add_scaled(T(1), y.adjoint, y.size(), offsets.adjoint);
  }
};

// y_k = p_k + offsets_k.
template <class T>
core::Jet<T> add_offset(core::Tape<T>& tape, const core::Jet<T>& offsets,
                        const ParameterBlock<T>& parameters) {
  const AddOffset<T> operation{offsets, tape.value(parameters.count), parameters};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
