// Losses as tape graphs on top of f: each returns the value of a tile and seeds its adjoint, so
// that the loss of a batch is the mean over rows and outputs, each row times its own weight if
// rows have weights.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "ops/elementwise.hpp"
#include "ops/kernels/table.hpp"
#include "ops/reduce.hpp"
#include "ops/sum.hpp"

namespace finn::net {

enum class Loss {
  squared_error,
  negative_log_likelihood,
  absolute_error,
  huber,
  poisson_process,     // -log f here; its integral is added by the trainer
  custom,              // a function of the caller, of a batch as a whole
  interval_likelihood  // -log of masses: finn/training/interval_loss.hpp
};

// What is compared with y: f, or F itself.
enum class LossOf { integrand, antiderivative };

struct LossOptions {
  Loss kind = Loss::squared_error;
  double huber_delta = 1;     // > 0: where the square goes over into a line
  double poisson_events = 0;  // events in one realisation; 0: as many as the data has rows
  LossOf of = LossOf::integrand;
};

// Whether rows have targets y; those of a custom loss may.
constexpr bool needs_targets(Loss loss) {
  return loss == Loss::squared_error || loss == Loss::absolute_error || loss == Loss::huber ||
         loss == Loss::interval_likelihood;
}
constexpr bool takes_targets(Loss loss) { return needs_targets(loss) || loss == Loss::custom; }
// Whether the loss needs f > 0.
constexpr bool needs_density(Loss loss) {
  return loss == Loss::negative_log_likelihood || loss == Loss::poisson_process ||
         loss == Loss::interval_likelihood;
}
// The numbers of a row of y: what f is compared with, or the upper ends of the variables.
constexpr int target_columns(Loss loss, int variables, int outputs) {
  return loss == Loss::interval_likelihood ? variables : outputs;
}

// The variables over which F is differentiated for the loss.
inline VariableSet directions_of(LossOf of, int variables) {
  return of == LossOf::integrand ? all_variables(variables) : 0;
}

// Weights of the terms of a tile: one for all, times one for each sample; rows may be null.
struct TermWeights {
  TermWeights(double weight, const double* row_weights = nullptr)
      : all(weight), rows(row_weights) {}
  double of(int sample) const { return rows == nullptr ? all : all * rows[sample]; }

  double all;
  const double* rows;  // [samples]
};

// Seeds the weights in every sample of every feature of terms; returns the weighted sum of terms.
template <class T>
double seed_weighted_sum(const core::Jet<T>& terms, int samples, const TermWeights& weights) {
  double sum = 0;
  for (int j = 0; j < terms.features; ++j) {
    T* adjoint = terms.adjoint_row(0, j);
    for (int i = 0; i < samples; ++i) adjoint[i] = static_cast<T>(weights.of(i));
    if (weights.rows == nullptr) {
      sum += ops::kernels<T>().sum(terms.row(0, j), samples);
      continue;
    }
    for (int i = 0; i < samples; ++i) {
      sum += static_cast<double>(terms.row(0, j)[i]) * weights.rows[i];
    }
  }
  return weights.all * sum;
}

// f - y with targets y [samples][outputs].
template <class T, class U>
core::Jet<T> residuals(core::Tape<T>& tape, const core::Jet<T>& f, const U* y) {
  const core::Jet<T> target = tape.value(f.features);
  core::gather(y, tape.samples(), target);
  return ops::subtract(tape, f, target);
}

// (f - y)^2.
template <class T, class U>
double squared_error(core::Tape<T>& tape, const core::Jet<T>& f, const U* y,
                     const TermWeights& weights) {
  return seed_weighted_sum(ops::square(tape, residuals(tape, f, y)), tape.samples(), weights);
}

// |f - y|, whose derivative at 0 is 0.
template <class T, class U>
double absolute_error(core::Tape<T>& tape, const core::Jet<T>& f, const U* y,
                      const TermWeights& weights) {
  return seed_weighted_sum(ops::abs(tape, residuals(tape, f, y)), tape.samples(), weights);
}

// r = f - y: r^2 / 2 where |r| <= delta, delta (|r| - delta / 2) elsewhere (P. J. Huber, "Robust
// estimation of a location parameter", 1964).
template <class T, class U>
double huber(core::Tape<T>& tape, const core::Jet<T>& f, const U* y, double delta,
             const TermWeights& weights) {
  const core::Jet<T> residual = residuals(tape, f, y);
  double sum = 0;
  for (int j = 0; j < f.features; ++j) {
    for (int i = 0; i < tape.samples(); ++i) {
      const auto r = static_cast<double>(residual.row(0, j)[i]);
      const double slope = std::clamp(r, -delta, delta);
      residual.adjoint_row(0, j)[i] = static_cast<T>(weights.of(i) * slope);
      sum += weights.of(i) * slope * (r - 0.5 * slope);
    }
  }
  return sum;
}

// -log f, of f counted in units whose logarithms join the loss where they are known.
template <class T>
double negative_log_likelihood(core::Tape<T>& tape, const core::Jet<T>& f,
                               const TermWeights& weights) {
  const TermWeights negative{-weights.all, weights.rows};
  return seed_weighted_sum(ops::log(tape, f), tape.samples(), negative);
}

// The loss of a tile with targets y [samples][outputs], null where the loss takes none.
template <class T>
double tile_loss(const LossOptions& options, core::Tape<T>& tape, const core::Jet<T>& f,
                 const double* y, const TermWeights& weights) {
  switch (options.kind) {
    case Loss::absolute_error:
      return absolute_error(tape, f, y, weights);
    case Loss::huber:
      return huber(tape, f, y, options.huber_delta, weights);
    case Loss::negative_log_likelihood:
    case Loss::poisson_process:
      return negative_log_likelihood(tape, f, weights);
    default:
      return squared_error(tape, f, y, weights);
  }
}

// By what the mean of -log f exceeds its own where f of each row is counted in a unit: the mean of
// the logarithms of the units, each times the weight of its row; row_weights [count] or null.
double mean_log_unit(const double* log_units, const double* row_weights, std::int64_t count);

// The mean of the losses over count rows, without a tape: f [count][outputs], which is overwritten,
// y [count][outputs] or null, row_weights [count] or null.
double mean_loss(const LossOptions& options, double* f, const double* y, const double* row_weights,
                 std::int64_t count, int outputs);

}  // namespace finn::net
