// Losses as tape graphs on top of f: each returns the value of a tile and seeds its adjoint, so
// that the loss of a batch is the mean over rows and outputs.
#pragma once

#include "core/tile.hpp"
#include "ops/elementwise.hpp"
#include "ops/reduce.hpp"
#include "ops/sum.hpp"

namespace finn::net {

enum class Loss { squared_error, negative_log_likelihood };

// Seeds weight in every sample of every feature of terms and returns weight times their sum.
template <class T>
double seed_weighted_sum(const core::Jet<T>& terms, int samples, double weight) {
  double sum = 0;
  for (int j = 0; j < terms.features; ++j) {
    std::fill_n(terms.adjoint_row(0, j), samples, static_cast<T>(weight));
    sum += ops::kernels<T>().sum(terms.row(0, j), samples);
  }
  return weight * sum;
}

// (f - y)^2 with targets y [batch][outputs].
template <class T, class U>
double squared_error(core::Tape<T>& tape, const core::Jet<T>& f, const U* y, double weight) {
  const core::Jet<T> target = tape.value(f.features);
  core::gather(y, tape.samples(), target);
  const core::Jet<T> terms = ops::square(tape, ops::subtract(tape, f, target));
  return seed_weighted_sum(terms, tape.samples(), weight);
}

// -log f.
template <class T>
double negative_log_likelihood(core::Tape<T>& tape, const core::Jet<T>& f, double weight) {
  return seed_weighted_sum(ops::log(tape, f), tape.samples(), -weight);
}

}  // namespace finn::net
