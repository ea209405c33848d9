// Features of plain values (variables = 0): some of them, with signs, and sums of such pieces.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Features [first, first + count) of x, in the same memory. For operations that keep to the
// features of their operands.
template <class T>
core::Jet<T> slice(core::Jet<T> x, int first, int count) {
  if (x.adjoint != nullptr) x.adjoint = x.adjoint_row(0, first);
  x.value = x.row(0, first);
  x.features = count;
  return x;
}

template <class T>
struct Flip {
  core::Jet<T> x, y;
  std::uint64_t flipped;

  T sign(int feature) const { return (flipped >> feature & 1) != 0 ? T(-1) : T(1); }
  void evaluate() const {
    for (int i = 0; i < x.features; ++i) {
      kernels<T>().scale(sign(i), x.row(0, i), T(0), x.lanes, y.row(0, i));
    }
  }
  void transpose() const {
    for (int i = 0; i < x.features; ++i) {
      kernels<T>().add_scaled(sign(i), y.adjoint_row(0, i), x.lanes, x.adjoint_row(0, i));
    }
  }
};

// x with the sign of the features in `flipped` changed; bit i stands for feature i.
template <class T>
core::Jet<T> flip(core::Tape<T>& tape, const core::Jet<T>& x, std::uint64_t flipped) {
  if (flipped == 0) return x;
  const Flip<T> operation{x, tape.value(x.features), flipped};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

template <class T>
struct AddRows {
  core::Jet<T> part, sum;
  core::Subset subset;
  int first;
  T factor;

  std::ptrdiff_t size() const { return part.size(); }
  void evaluate() const {
    kernels<T>().add_scaled(factor, part.value, size(), sum.row(subset, first));
  }
  void transpose() const {
    kernels<T>().add_scaled(factor, sum.adjoint_row(subset, first), size(), part.adjoint);
  }
};

// Features first, first + 1, .. of sum += factor part, for plain values part; of a jet, in the
// coefficient of a subset. Nobody may have read sum before.
template <class T>
void add_rows(core::Tape<T>& tape, T factor, const core::Jet<T>& part, int first,
              const core::Jet<T>& sum, core::Subset subset = 0) {
  const AddRows<T> operation{part, sum, subset, first, factor};
  operation.evaluate();
  tape.record(operation);
}

// Zeros, for add_rows to add to.
template <class T>
core::Jet<T> zeros(core::Tape<T>& tape, int features) {
  const core::Jet<T> sum = tape.value(features);
  std::fill_n(sum.value, sum.size(), T(0));
  return sum;
}

}  // namespace finn::ops
