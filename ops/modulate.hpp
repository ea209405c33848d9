// y = s x + b on jets, where every lane has a scale s and a bias b of its own for each feature: the
// bias enters S = {} only.
#pragma once

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
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      if (has_scale()) {
        kernels<T>().multiply(x.row(s, 0), scale.value, y.size(), y.row(s, 0));
      } else {
        std::copy_n(x.row(s, 0), y.size(), y.row(s, 0));
      }
    }
    if (has_bias()) kernels<T>().add_scaled(T(1), bias.value, y.size(), y.value);
  }
  void transpose() const {
    for (core::Subset s = 0; s < y.coefficients(); ++s) {
      const T* above = y.adjoint_row(s, 0);
      if (has_scale()) {
        transpose_scale(above, x.row(s, 0), x.adjoint_row(s, 0));
      } else {
        kernels<T>().add_scaled(T(1), above, y.size(), x.adjoint_row(s, 0));
      }
    }
    if (has_bias()) kernels<T>().add_scaled(T(1), y.adjoint, y.size(), bias.adjoint);
  }

 private:
  void transpose_scale(const T* above, const T* value, T* value_adjoint) const {
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      value_adjoint[i] += scale.value[i] * above[i];
      scale.adjoint[i] += value[i] * above[i];
    }
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
