// Expectations by samples, with their standard errors: of a function of the caller, of -log p (the
// entropy), and the level whose region holds a given share (highest-density regions).
#pragma once

#include <cstdint>
#include <functional>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// Of which samples an expectation is the mean, under what is given, [given_columns] or null.
struct SampleMean {
  const double* given;
  std::int64_t samples;  // at least 2
  std::uint64_t seed;
};

// Writes values [count][outputs] of a function at x [count][variables]; calls come one after the
// other, on the caller's thread.
using SampleFunction = std::function<void(const double* x, std::int64_t count, double* values)>;

// value and standard_error [outputs].
void expectation(const Distribution& distribution, Workspace& workspace, const SampleMean& by,
                 int outputs, const SampleFunction& function, double* value,
                 double* standard_error);

// Of the density in x, in nats.
void entropy(const Distribution& distribution, Workspace& workspace, const SampleMean& by,
             double* value, double* standard_error);

// The density above which the points lie that hold this share of the probability, 0 < share < 1: a
// quantile of the density at samples; its standard error is that of the share, in densities.
void density_level(const Distribution& distribution, Workspace& workspace, const SampleMean& by,
                   double share, double* level, double* standard_error);

}  // namespace finn::net
