// Plain values (variables = 0) whose features stand in groups of the same size, one group after the
// other: sums over each group, and the shares of its members.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/elementwise.hpp"
#include "ops/kernels/table.hpp"
#include "ops/multiply.hpp"

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

  void evaluate() const {
    for (int first = 0; first < x.features; first += size) {
      for (int lane = 0; lane < x.lanes; ++lane) evaluate_lane(first, lane);
    }
    kernels<T>().unary[unary_exp](y.value, y.size(), y.value);
    for (int first = 0; first < x.features; first += size) {
      for (int lane = 0; lane < x.lanes; ++lane) normalise_lane(first, lane);
    }
  }
  void transpose() const {
    for (int first = 0; first < x.features; first += size) {
      for (int lane = 0; lane < x.lanes; ++lane) transpose_lane(first, lane);
    }
  }

 private:
  // x less the largest of its group.
  void evaluate_lane(int first, int lane) const {
    T largest = x.row(0, first)[lane];
    for (int k = first; k < first + size; ++k) largest = std::max(largest, x.row(0, k)[lane]);
    for (int k = first; k < first + size; ++k) y.row(0, k)[lane] = x.row(0, k)[lane] - largest;
  }
  void normalise_lane(int first, int lane) const {
    T sum(0);
    for (int k = first; k < first + size; ++k) sum += y.row(0, k)[lane];
    for (int k = first; k < first + size; ++k) y.row(0, k)[lane] /= sum;
  }
  void transpose_lane(int first, int lane) const {
    T mean(0);
    for (int k = first; k < first + size; ++k) {
      mean += y.row(0, k)[lane] * y.adjoint_row(0, k)[lane];
    }
    for (int k = first; k < first + size; ++k) {
      x.adjoint_row(0, k)[lane] += y.row(0, k)[lane] * (y.adjoint_row(0, k)[lane] - mean);
    }
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
