// One coefficient of a jet as a plain value: the mixed partial over the variables in S.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Coefficient {
  core::Jet<T> x, y;
  core::Subset subset;

  void transpose() const {
    kernels<T>().add_scaled(T(1), y.adjoint, y.size(), x.adjoint_row(subset, 0));
  }
};

template <class T>
core::Jet<T> coefficient(core::Tape<T>& tape, const core::Jet<T>& x, core::Subset subset) {
  const Coefficient<T> operation{x, tape.value(x.features), subset};
  std::copy_n(x.row(subset, 0), x.size(), operation.y.value);
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
