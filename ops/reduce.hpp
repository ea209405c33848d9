// Sums of plain values (variables = 0), over features or over the samples of a tile.
#pragma once

#include "core/tape.hpp"

namespace finn::ops {

template <class T>
struct FeatureSum {
  core::Jet<T> x, y;
  T factor;

  void evaluate() const {
    for (int i = 0; i < x.lanes; ++i) {
      T sum = 0;
      for (int j = 0; j < x.features; ++j) sum += x.row(0, j)[i];
      y.value[i] = factor * sum;
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      for (int i = 0; i < x.lanes; ++i) x.adjoint_row(0, j)[i] += factor * y.adjoint[i];
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

// The sum of the first `samples` lanes of a row, in order.
template <class T>
double sum_lanes(const T* row, int samples) {
  double sum = 0;
  for (int i = 0; i < samples; ++i) sum += static_cast<double>(row[i]);
  return sum;
}

template <class T>
struct SampleSum {
  core::Jet<T> x, y;
  int samples;

  void evaluate() const {
    for (int j = 0; j < x.features; ++j) {
      std::fill_n(y.row(0, j), y.lanes, static_cast<T>(sum_lanes(x.row(0, j), samples)));
    }
  }
  void transpose() const {
    for (int j = 0; j < x.features; ++j) {
      const T adjoint = static_cast<T>(sum_lanes(y.adjoint_row(0, j), y.lanes));
      for (int i = 0; i < samples; ++i) x.adjoint_row(0, j)[i] += adjoint;
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
