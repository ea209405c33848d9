// y = a b on jets, feature by feature: the product of the subset algebra, 3^n terms.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Product {
  core::Jet<T> a, b, y;

  void transpose() const {
    const auto correlation = kernels<T>().correlation[y.variables];
    const int size = static_cast<int>(y.size());
    correlation(y.adjoint, y.stride, b.value, b.stride, a.adjoint, a.stride, size, true);
    correlation(y.adjoint, y.stride, a.value, a.stride, b.adjoint, b.stride, size, true);
  }
};

// a and b have the same variables and features.
template <class T>
core::Jet<T> product(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Product<T> operation{a, b, tape.jet(a.variables, a.features)};
  const core::Jet<T>& y = operation.y;
  std::fill_n(y.value, static_cast<std::ptrdiff_t>(y.coefficients()) * y.stride, T(0));
  kernels<T>().add_product[y.variables](a.value, a.stride, b.value, b.stride, y.value, y.stride,
                                        static_cast<int>(y.size()));
  tape.record(operation);
  return y;
}

}  // namespace finn::ops
