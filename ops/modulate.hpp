// y = s x + b on jets, where every lane has a scale s and a bias b of its own for each feature: the
// bias enters S = {} only.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Modulate {
  core::Jet<T> x, scale, bias, y;  // scale and bias without features where there are none

  bool has_scale() const { return scale.features > 0; }
  bool has_bias() const { return bias.features > 0; }

  void evaluate() const {
    if (has_scale()) return evaluate_scale();
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      std::copy_n(x.row(s, 0), y.size(), y.row(s, 0));
    }
    if (has_bias()) kernels<T>().add_scaled(T(1), bias.value, y.size(), y.value);
  }
  void transpose() const {
    if (has_scale()) return transpose_scale();
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      kernels<T>().add_scaled(T(1), y.adjoint_row(s, 0), y.size(), x.adjoint_row(s, 0));
    }
    if (has_bias()) kernels<T>().add_scaled(T(1), y.adjoint, y.size(), bias.adjoint);
  }

 private:
  // S = {}, which has the bias, and the planes after it.
  RowShape first() const { return {1, y.stride, y.size()}; }
  RowShape others() const { return {(1 << y.variables) - 1, y.stride, y.size()}; }

  void evaluate_scale() const {
    const KernelTable<T>& table = kernels<T>();
    table.multiply_add(first(), x.value, scale.value, has_bias() ? bias.value : nullptr, y.value);
    if (y.variables == 0) return;
    table.multiply_add(others(), x.row(1, 0), scale.value, nullptr, y.row(1, 0));
  }
  void transpose_scale() const {
    const KernelTable<T>& table = kernels<T>();
    table.multiply_add_transpose(first(), x.value, scale.value, y.adjoint, x.adjoint, scale.adjoint,
                                 has_bias() ? bias.adjoint : nullptr);
    if (y.variables == 0) return;
    table.multiply_add_transpose(others(), x.row(1, 0), scale.value, y.adjoint_row(1, 0),
                                 x.adjoint_row(1, 0), scale.adjoint, nullptr);
  }
};

// scale and bias are plain values with the features of x, or a default Jet for none.
template <class T>
core::Jet<T> modulate(core::Tape<T>& tape, const core::Jet<T>& x, const core::Jet<T>& scale,
                      const core::Jet<T>& bias) {
  const Modulate<T> operation{x, scale, bias, tape.jet(x.variables, x.features)};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
