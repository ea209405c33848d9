// Expectations by samples, with their standard errors: of a function of the caller, of -log p (the
// entropy), and the level whose region holds a given share (highest-density regions).
#pragma once

#include <cstdint>
#include <functional>

#include "finn/model/workspace.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/sampler.hpp"

namespace finn::net {

// Of which samples an expectation is the mean, under what is given, [given_columns] or null.
struct SampleMean {
  const double* given;
  std::int64_t samples;  // at least 2
  std::uint64_t seed;
};

// What means over samples need of a distribution, of whichever kind.
struct SampledDistribution {
  int variables, given_columns;
  // Rows [first, first + rows) of the samples of a seed, into x [rows][variables]; given
  // [rows][given_columns].
  std::function<void(std::uint64_t seed, std::int64_t first, const double* given, std::int64_t rows,
                     double* x)>
      sample;
  // The logarithm of the density at x [rows][variables + given_columns], into logs [rows].
  std::function<void(const double* x, std::int64_t rows, double* logs)> log_density;
};

// That of a distribution with functions sample and density, both of which must live as long.
template <class Kind>
SampledDistribution sampled(const Kind& distribution, Workspace& workspace) {
  return {distribution.variables(), distribution.given_columns(),
          [&](std::uint64_t seed, std::int64_t first, const double* given, std::int64_t rows,
              double* x) { sample(distribution, workspace, seed, first, given, rows, x); },
          [&](const double* x, std::int64_t rows, double* logs) {
            density(distribution, workspace, x, rows, nullptr, logs);
          }};
}

// Writes values [count][outputs] of a function at x [count][variables]; calls come one after the
// other, on the caller's thread.
using SampleFunction = std::function<void(const double* x, std::int64_t count, double* values)>;

// value and standard_error [outputs].
void expectation(const SampledDistribution& distribution, const SampleMean& by, int outputs,
                 const SampleFunction& function, double* value, double* standard_error);

// Of the density in x, in nats.
void entropy(const SampledDistribution& distribution, const SampleMean& by, double* value,
             double* standard_error);

// The density above which the points lie that hold this share of the probability, 0 < share < 1: a
// quantile of the density at samples; its standard error is that of the share, in densities.
void density_level(const SampledDistribution& distribution, const SampleMean& by, double share,
                   double* level, double* standard_error);

}  // namespace finn::net
