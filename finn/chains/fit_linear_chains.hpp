// A mixture of linear chains fitted to rows by expectation maximisation (A. P. Dempster, N. M.
// Laird, D. B. Rubin, J. R. Stat. Soc. B 39, 1977).
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
  void add(const double* row, double weight) {
    x.insert(x.end(), row, row + variables);
    weights.push_back(weight);
  }
};

// Means and deviations of the rows, each weighted, and rows in these units; a deviation of 0 is 1.
struct StandardRows {
  std::vector<double> mean, deviation;

  explicit StandardRows(const WeightedRows& rows);
  WeightedRows of(WeightedRows rows) const;
};

// So many components, which begin around rows drawn by the seed. ridge is added to the variance of
// each variable, in its units: no component becomes a point.
LinearChains fit_linear_chains(const WeightedRows& rows, int components, double ridge,
                               std::uint64_t seed);

// log f of variables [first, variables) given those before, for each row.
std::vector<double> log_likelihoods(const LinearChains& chains, const WeightedRows& rows,
                                    int first);

// How many components, and which ridge, a fit takes.
struct LinearChoice {
  int components = 1;
  double ridge = 1e-6;  // of the variance of each variable
};

// A fit in which each variable is counted in its mean and deviation over the rows.
LinearChains fit_linear_chains(const WeightedRows& rows, const LinearChoice& choice,
                               std::uint64_t seed);

}  // namespace finn::net
