// y_j = s_j p_j + sum over k of lambda_jk h_k for plain values (variables = 0): how a constraint
// and the projection on linear constraints act on the partials p of a network, with functions h of
// the sample. s and lambda are parameters of all samples, or values that every lane has for itself;
// a sample has the same bits either way (kernels/normalise.hpp).
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// scale [outputs] and coefficients [outputs][functions], with where their adjoints are added, null
// where nobody asks for them. Coefficients are null where there are no functions.
template <class T>
struct NormaliserParameters {
  const T* scale = nullptr;
  const T* coefficients = nullptr;
  T* scale_adjoint = nullptr;
  T* coefficient_adjoint = nullptr;
};

template <class T>
struct Normalise {
  core::Jet<T> p, h, y;
  NormaliserParameters<T> parameters;
  int samples;

  NormaliserShape shape() const { return {p.features, h.features, p.lanes, false}; }
  NormaliserOperands<T> operands() const {
    return {p.value, h.value, parameters.scale, parameters.coefficients};
  }
  void evaluate() const { kernels<T>().normalise(shape(), operands(), y.value); }
  void transpose() const {
    kernels<T>().normalise_transpose(shape(), operands(), y.adjoint,
                                     {p.adjoint, h.adjoint, nullptr, nullptr});
    for (int j = 0; j < p.features; ++j) transpose_parameters(j);
  }

 private:
  T sample_dot(const T* values, int j) const {
    return static_cast<T>(kernels<T>().dot(values, y.adjoint_row(0, j), samples));
  }
  void transpose_parameters(int j) const {
    if (parameters.scale_adjoint != nullptr) {
      parameters.scale_adjoint[j] += sample_dot(p.row(0, j), j);
    }
    if (parameters.coefficient_adjoint == nullptr) return;
    for (int k = 0; k < h.features; ++k) {
      parameters.coefficient_adjoint[j * h.features + k] += sample_dot(h.row(0, k), j);
    }
  }
};

// p [outputs] and h [functions]; h is a default Jet where there are no functions.
template <class T>
core::Jet<T> normalise(core::Tape<T>& tape, const core::Jet<T>& p, const core::Jet<T>& h,
                       const NormaliserParameters<T>& parameters) {
  const Normalise<T> operation{p, h, tape.value(p.features), parameters, tape.samples()};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

template <class T>
struct NormaliseLanes {
  core::Jet<T> p, h, scale, coefficients, y;

  NormaliserShape shape() const { return {p.features, h.features, p.lanes, true}; }
  NormaliserOperands<T> operands() const {
    return {p.value, h.value, scale.value, coefficients.value};
  }
  void evaluate() const { kernels<T>().normalise(shape(), operands(), y.value); }
  void transpose() const {
    kernels<T>().normalise_transpose(shape(), operands(), y.adjoint,
                                     {p.adjoint, h.adjoint, scale.adjoint, coefficients.adjoint});
  }
};

// scale has the features of p, coefficients those of p times those of h: [outputs][functions]. h
// and coefficients are default Jets where there are no functions.
template <class T>
core::Jet<T> normalise_lanes(core::Tape<T>& tape, const core::Jet<T>& p, const core::Jet<T>& h,
                             const core::Jet<T>& scale, const core::Jet<T>& coefficients) {
  const NormaliseLanes<T> operation{p, h, scale, coefficients, tape.value(p.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
