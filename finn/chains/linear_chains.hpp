// A mixture of linear chains: each component draws one variable after the other, each from a normal
// around a linear function of those before it,
//
//   f(x) = sum_k w_k prod_i N(x_i; a_ki + sum_{j < i} b_kij x_j, s_ki).
//
// These are the mixtures of normals with full covariances, written so that every conditional of the
// chain rule is at hand: given x_1 .. x_(i-1), x_i is a mixture of normals whose weights say how
// well each component explains what came before. docs/CHAINS.md.
#pragma once

#include <cstddef>
#include <vector>

#include "core/random.hpp"

namespace finn::net {

struct LinearChains {
  int variables = 0;
  int components = 0;
  std::vector<double> log_weight;         // [components]
  std::vector<double> offset, deviation;  // [components][variables]
  std::vector<double> slope;  // [components][variables][variables], 0 from the diagonal on

  LinearChains() = default;
  LinearChains(int variable_count, int component_count);

  std::size_t at(int component, int variable) const {
    return static_cast<std::size_t>(component) * static_cast<std::size_t>(variables) +
           static_cast<std::size_t>(variable);
  }
  // The mean of a variable of a component where those before it are x.
  double mean(int component, int variable, const double* x) const;
  // log N of a variable of a component at x, of which variable and those before it are read.
  double log_normal(int component, int variable, const double* x) const;
  // The mixture that scale_i x_i + shift_i follows where x follows this one; scale > 0,
  // [variables] each.
  LinearChains in_units(const double* scale, const double* shift) const;
};

// log sum_k exp(logs_k); -infinity of none.
double log_sum(const std::vector<double>& logs);

// The conditional of one variable given those before it: a mixture of normals in one variable.
// Serves one thread.
class LinearConditional {
 public:
  explicit LinearConditional(const LinearChains& chains);

  // That of this variable where those before it are `before`.
  void set(int variable, const double* before);
  double mean() const;
  double deviation() const;
  double log_density(double x) const;
  double cdf(double x) const;
  double survival(double x) const;  // 1 - cdf, with its digits where that is small
  // Where the cdf is p, 0 < p < 1, to 1e-14 of p or of 1 - p, or to the last digits of x.
  double quantile(double p) const;
  // A component by its share, then from its normal.
  double sample(core::Random& random) const;

 private:
  // The share of the mixture on one side of x: above it where `upper`.
  double tail(double x, bool upper) const;

  const LinearChains& chains_;
  std::vector<double> log_peaks_;  // [components][variables]: log N where it is largest
  std::vector<double> log_share_, mean_, deviation_, log_peak_;  // [components]
  mutable std::vector<double> logs_;                             // likewise
};

}  // namespace finn::net
