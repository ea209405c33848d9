// Sums of plain values (variables = 0), over features or over the samples of a tile.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct FeatureSum {
  core::Jet<T> x, y;
  T factor;

  void evaluate() const {
    std::fill_n(y.value, y.size(), T(0));
    for (int j = 0; j < x.features; ++j) {
      kernels<T>().add_scaled(factor, x.row(0, j), x.lanes, y.value);
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      kernels<T>().add_scaled(factor, y.adjoint, x.lanes, x.adjoint_row(0, j));
    }
  }
};

template <class T>
core::Jet<T> weighted_feature_sum(core::Tape<T>& tape, const core::Jet<T>& x, T factor) {
  const FeatureSum<T> operation{x, tape.value(1), factor};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

// One feature: the sum, or the mean, of the features of each sample.
template <class T>
core::Jet<T> sum_features(core::Tape<T>& tape, const core::Jet<T>& x) {
  return weighted_feature_sum(tape, x, T(1));
}
template <class T>
core::Jet<T> mean_features(core::Tape<T>& tape, const core::Jet<T>& x) {
  return weighted_feature_sum(tape, x, T(1) / static_cast<T>(x.features));
}

template <class T>
struct SampleSum {
  core::Jet<T> x, y;
  int samples;

  void evaluate() const {
    for (int j = 0; j < x.features; ++j) {
      const T sum = static_cast<T>(kernels<T>().sum(x.row(0, j), samples));
      kernels<T>().move_rows(1, &sum, nullptr, y.lanes, y.row(0, j));
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      const T adjoint = static_cast<T>(kernels<T>().sum(y.adjoint_row(0, j), y.lanes));
      kernels<T>().add_constant(adjoint, samples, x.adjoint_row(0, j));
    }
  }
};

// Each feature summed over the samples of the tile; every lane holds the sum.
template <class T>
core::Jet<T> sum_samples(core::Tape<T>& tape, const core::Jet<T>& x) {
  const SampleSum<T> operation{x, tape.value(x.features), tape.samples()};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
