// Plain values (variables = 0) whose features stand in groups of the same size, one group after the
// other: sums over each group, and the shares of its members.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct GroupSum {
  core::Jet<T> x, y;
  T factor;

  int size() const { return x.features / y.features; }
  void evaluate() const {
    std::fill_n(y.value, y.size(), T(0));
    for (int k = 0; k < x.features; ++k) {
      kernels<T>().add_scaled(factor, x.row(0, k), x.lanes, y.row(0, k / size()));
    }
  }
  void transpose() const {
    for (int k = 0; k < x.features; ++k) {
      kernels<T>().add_scaled(factor, y.adjoint_row(0, k / size()), x.lanes, x.adjoint_row(0, k));
    }
  }
};

// y_g = factor sum over the members of group g.
template <class T>
core::Jet<T> sum_groups(core::Tape<T>& tape, const core::Jet<T>& x, int size, T factor) {
  const GroupSum<T> operation{x, tape.value(x.features / size), factor};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

template <class T>
struct GroupShares {
  core::Jet<T> x, y;
  int size;

  int groups() const { return x.features / size; }
  void evaluate() const { kernels<T>().group_shares(groups(), size, x.lanes, x.value, y.value); }
  void transpose() const {
    kernels<T>().group_shares_transpose(groups(), size, x.lanes, y.value, y.adjoint, x.adjoint);
  }
};

// softmax over each group: shares >= 0 that add up to 1.
template <class T>
core::Jet<T> group_shares(core::Tape<T>& tape, const core::Jet<T>& x, int size) {
  const GroupShares<T> operation{x, tape.value(x.features), size};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
