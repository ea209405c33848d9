// Problems with known answers on which heads and options are compared (bench/fit.cpp).
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace finn::bench {

// A function on a box: to be fitted at uniform points, or a density to be fitted to its samples.
struct Problem {
  std::string name;
  std::vector<double> lower, upper;
  double epsilon;                                         // the integral to hold
  std::function<double(const double* x)> value;           // the function or density
  std::function<void(std::mt19937_64&, double* x)> draw;  // a sample in the box; null: no density
  double best;          // least possible mean squared error, or the entropy in nats; 0 if not known
  std::string measure;  // what is reported

  bool is_density() const { return static_cast<bool>(draw); }
  std::size_t variables() const { return lower.size(); }
};

// The names are those of docs/NETWORKS.md.
std::vector<Problem> problems();

}  // namespace finn::bench
