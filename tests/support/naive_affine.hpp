// Naive reference: a layer in long double. parameters are the weights [out][in], then the biases.
#pragma once

#include <type_traits>
#include <vector>

#include "ops/affine.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::test {

Features naive_affine(const Features& x, int out, const std::vector<Real>& parameters);

// The same parameters as a layer on the tape.
template <class T>
ops::Layer<T> layer_of(int in, int out, const Parameters<T>& parameters) {
  const int bias = in * out;
  T* adjoint = parameters.adjoint;
  return {in,
          out,
          parameters.value,
          parameters.value + bias,
          adjoint,
          adjoint == nullptr ? nullptr : adjoint + bias};
}

}  // namespace finn::test
