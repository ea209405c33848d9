// A mixture of linear chains fitted to rows by expectation maximisation (A. P. Dempster, N. M.
// Laird, D. B. Rubin, J. R. Stat. Soc. B 39, 1977), and how many components it takes.
#pragma once

#include <cstdint>
#include <vector>

#include "finn/chains/linear_chains.hpp"

namespace finn::net {

// rows [count][variables] with weights [count], none of which is negative.
struct WeightedRows {
  int variables = 0;
  std::vector<double> x, weights;

  std::int64_t count() const { return static_cast<std::int64_t>(weights.size()); }
  const double* row(std::int64_t i) const { return x.data() + i * variables; }
};

// So many components, which begin around rows drawn by the seed. ridge is added to the variance of
// each variable, in its units: no component becomes a point.
LinearChains fit_linear_chains(const WeightedRows& rows, int components, double ridge,
                               std::uint64_t seed);

// log f of variables [first, variables) given those before, for each row.
std::vector<double> log_likelihoods(const LinearChains& chains, const WeightedRows& rows,
                                    int first);

// What best_linear_chains chooses from.
struct LinearChoices {
  int components = 16;  // at most
  // Ridges that are tried, of the variance of each variable.
  std::vector<double> ridges{1e-6, 1e-3, 1e-2, 0.03};
};

// Of 1, 2, 3, 4, 6, 8, 12 .. components and all ridges those under which the rows held out are
// likeliest, given their first `first` variables; more components are tried until two more steps
// have brought nothing. Each variable is counted in its mean and deviation over the rows.
LinearChains best_linear_chains(const WeightedRows& rows, const WeightedRows& held_out, int first,
                                const LinearChoices& choices, std::uint64_t seed);

}  // namespace finn::net
