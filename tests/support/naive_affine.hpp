// Naive reference: a layer in long double. parameters are the weights [out][in], then the biases.
#pragma once

#include <type_traits>
#include <vector>

#include "ops/affine.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::test {

inline Features naive_affine(const Features& x, int out, const std::vector<Real>& parameters) {
  const std::size_t in = x.size();
  Features z;
  for (std::size_t o = 0; o < static_cast<std::size_t>(out); ++o) {
    z.push_back(Real(0) * x[0]);
    z[o][0] = parameters[static_cast<std::size_t>(out) * in + o];
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t s = 0; s < x[i].size(); ++s) z[o][s] += parameters[o * in + i] * x[i][s];
    }
  }
  return z;
}

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
