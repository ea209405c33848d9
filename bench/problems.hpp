// Problems with known answers on which networks and options are compared (bench/fit.cpp).
#pragma once

#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace finn::bench {

// A function on a box, a density, or the intensity of a point process: to be fitted at fresh points
// in every step, or to as many rows as there are. A row has the variables, then the conditions.
struct Problem {
  std::string name;
  std::vector<double> lower, upper;                         // of the variables
  double epsilon;                                           // the integral to hold; 0: none
  std::function<double(const double* row)> value;           // the function, density or intensity
  std::function<void(std::mt19937_64&, double* row)> draw;  // null: uniform points of the box
  double best;          // least possible mean squared error, or the entropy in nats; 0 if not known
  std::string measure;  // what is reported

  std::size_t rows = 0;  // to fit; 0: as many as wanted
  std::size_t conditions = 0;
  double integral = 0;        // the true one, where none is held and that of the fit is measured
  bool is_intensity = false;  // the rows are all events of one realisation
  bool ends_at_rows = false;  // the box ends at the largest row: the upper limit is not known

  bool is_density() const { return draw && !is_intensity; }
  std::size_t variables() const { return lower.size(); }
  std::size_t columns() const { return variables() + conditions; }
};

// With fresh points in every step; the names are those of docs/NETWORKS.md.
std::vector<Problem> problems();

// With so many rows, with conditions and without; the names are those of docs/QUALITY.md.
std::vector<Problem> data_problems();
std::vector<Problem> conditional_problems();

}  // namespace finn::bench
