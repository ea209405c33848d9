// y_k = sigma_1(a_k upper + b_k) - sigma_1(a_k lower + b_k) for plain values (variables = 0), where
// every lane has slopes a >= 0 and biases b of its own: the integral of a step of a sum of products
// over an interval, to full relative accuracy (kernels/sigma_difference.hpp).
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct SigmaDifference {
  core::Jet<T> slopes, biases, y;
  Interval<T> interval;

  void evaluate() const {
    kernels<T>().sigma_difference(interval, slopes.value, biases.value, y.size(), y.value);
  }
  void transpose() const {
    kernels<T>().sigma_difference_transpose(interval, slopes.value, biases.value, y.adjoint,
                                            y.size(), slopes.adjoint, biases.adjoint);
  }
};

template <class T>
core::Jet<T> sigma_difference(core::Tape<T>& tape, const core::Jet<T>& slopes,
                              const core::Jet<T>& biases, const Interval<T>& interval) {
  const SigmaDifference<T> operation{slopes, biases, tape.value(slopes.features), interval};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
