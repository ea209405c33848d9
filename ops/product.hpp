// y = a b on jets, feature by feature: the product of the subset algebra, 3^n terms.
#pragma once

#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Product {
  core::Jet<T> a, b, y;

  void transpose() const {
    const auto correlation = kernels<T>().correlation[y.variables];
    for (int feature = 0; feature < y.features; ++feature) {
      const T* above = y.adjoint_row(0, feature);
      correlation(above, y.stride, b.row(0, feature), b.stride, a.adjoint_row(0, feature), a.stride,
                  y.lanes, true);
      correlation(above, y.stride, a.row(0, feature), a.stride, b.adjoint_row(0, feature), b.stride,
                  y.lanes, true);
    }
  }
};

// a and b have the same variables and features.
template <class T>
core::Jet<T> product(core::Tape<T>& tape, const core::Jet<T>& a, const core::Jet<T>& b) {
  const Product<T> operation{a, b, tape.jet(a.variables, a.features)};
  const core::Jet<T>& y = operation.y;
  std::fill_n(y.value, static_cast<std::ptrdiff_t>(y.coefficients()) * y.stride, T(0));
  for (int feature = 0; feature < y.features; ++feature) {
    kernels<T>().add_product[y.variables](a.row(0, feature), a.stride, b.row(0, feature), b.stride,
                                          y.row(0, feature), y.stride, y.lanes);
  }
  tape.record(operation);
  return y;
}

}  // namespace finn::ops
