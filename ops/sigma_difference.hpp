// y_k = sigma_1(a_k upper + b_k) - sigma_1(a_k lower + b_k) for plain values (variables = 0), where
// every lane has slopes a >= 0 and biases b of its own: the integral of a step of a sum of products
// over an interval, to full relative accuracy.
//
// It is taken on the left, where sigma_1 is small, by sigma_1(z) = 1 - sigma_1(-z); and where the
// arguments are so near that the difference would lose digits, as a quadrature of sigma_0.
#pragma once

#include <cmath>
#include <utility>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// Nodes and weights of Gauss-Legendre quadrature on [-1, 1], 8 points (DLMF 3.5, table 3.5.2 and
// its neighbours); the right half.
inline constexpr double kStepNodes[] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                        0.9602898564975363};
inline constexpr double kStepWeights[] = {0.3626837833783620, 0.3137066458778873,
                                          0.2223810344533745, 0.1012285362903763};

// Whether sigma_1 is so nearly the same over this width that its difference would lose digits, and
// sigma_0 so smooth that the quadrature loses none.
template <class T>
bool is_narrow_step(T low, T width) {
  return width * (1 + 2 * std::fabs(low) + width) < T(0.5);
}

// sigma_1(low + width) - sigma_1(low) by quadrature.
template <class T>
T narrow_step(T low, T width) {
  const T half = T(0.5) * width;
  const T middle = low + half;
  T x[8], values[8];
  for (int q = 0; q < 4; ++q) {
    x[2 * q] = middle - half * static_cast<T>(kStepNodes[q]);
    x[2 * q + 1] = middle + half * static_cast<T>(kStepNodes[q]);
  }
  kernels<T>().gaussian(x, 8, values, nullptr);
  T sum(0);
  for (int q = 0; q < 4; ++q) {
    sum += static_cast<T>(kStepWeights[q]) * (values[2 * q] + values[2 * q + 1]);
  }
  return half * sum;
}

template <class T>
struct SigmaDifference {
  core::Jet<T> slopes, biases, y;
  T lower, upper;
  T* scratch;  // [4][features][lanes]

  T* piece(int which) const { return scratch + which * y.size(); }

  void evaluate() const {
    T *low = piece(0), *high = piece(1), *at_low = piece(2), *at_high = piece(3);
    make_arguments(low, high);
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      if (low[i] + high[i] > 0) low[i] = -std::exchange(high[i], -low[i]);
    }
    kernels<T>().sigma_family(1, 1, low, y.size(), at_low, 0);
    kernels<T>().sigma_family(1, 1, high, y.size(), at_high, 0);
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      const T width = slopes.value[i] * (upper - lower);
      y.value[i] =
          is_narrow_step(low[i], width) ? narrow_step(low[i], width) : at_high[i] - at_low[i];
    }
  }
  void transpose() const {
    T *low = piece(0), *high = piece(1), *at_low = piece(2), *at_high = piece(3);
    make_arguments(low, high);
    kernels<T>().gaussian(low, y.size(), at_low, nullptr);
    kernels<T>().gaussian(high, y.size(), at_high, nullptr);
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      slopes.adjoint[i] += y.adjoint[i] * (at_high[i] * upper - at_low[i] * lower);
      biases.adjoint[i] += y.adjoint[i] * (at_high[i] - at_low[i]);
    }
  }

 private:
  void make_arguments(T* low, T* high) const {
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      low[i] = slopes.value[i] * lower + biases.value[i];
      high[i] = slopes.value[i] * upper + biases.value[i];
    }
  }
};

template <class T>
core::Jet<T> sigma_difference(core::Tape<T>& tape, const core::Jet<T>& slopes,
                              const core::Jet<T>& biases, T lower, T upper) {
  const core::Jet<T> y = tape.value(slopes.features);
  const SigmaDifference<T> operation{slopes, biases, y,
                                     lower,  upper,  tape.sweep_scratch(4 * y.size())};
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
