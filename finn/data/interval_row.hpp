// Rows of which some variables are known and the others lie in intervals: bins of a histogram,
// rounded numbers, times that are only known to be later than one. A row has the lower ends of its
// variables in x and their upper ends in y; a variable whose ends are the same is known. Ends may
// be infinite, and what an interval has outside the domain is cut off.
#pragma once

#include <array>

#include "finn/data/check_row.hpp"
#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::net {

// What a row says of each variable, in the box of u.
struct IntervalRow {
  VariableSet points = 0;                                 // those that are known
  std::array<double, kMaxBoxVariables> lower{}, upper{};  // of a point lower alone
  double log_weight = 0;  // of the map: what makes densities of the points ones of x
};

class IntervalReader {
 public:
  // The intervals of a row, each of which doubles the values of F that it takes.
  static constexpr int kMostIntervals = 6;

  // What the region refers to must live as long.
  explicit IntervalReader(const Region& region);

  // Fails with ERROR_NOT_FINITE or ERROR_ARGUMENT, naming row and column, unless the ends
  // lower, upper [variables] are numbers in order, points lie in the domain and intervals reach
  // into it; and where there are too many intervals, or any on a domain whose map does not take one
  // variable at a time.
  void require(const double* lower, const double* upper, const RowPlace& place) const;
  // Of a row that require() lets pass. Takes no memory.
  IntervalRow read(const double* lower, const double* upper) const;
  // A point that stands for the row where only points are looked at, into x [variables]: the middle
  // of an interval, its known end where the other is infinite, the middle of the domain where
  // nothing is known. x may be lower.
  void stand_in(const double* lower, const double* upper, double* x) const;
  // x_i at u_i, of a domain whose map takes one variable at a time.
  double to_point(int i, double u) const { return maps_.to_point(i, u); }

 private:
  void require_interval(int i, double lower, double upper, const RowPlace& place) const;
  double middle(int i, double lower, double upper) const;

  Region region_;
  AxisMaps maps_;
  std::array<double, kMaxBoxVariables> lower_{}, upper_{};  // the limits of x; of separate maps
};

// Which variables of a row are known.
inline VariableSet known_variables(const double* lower, const double* upper, int variables) {
  VariableSet known = 0;
  for (int i = 0; i < variables; ++i) {
    if (lower[i] == upper[i]) known |= VariableSet{1} << i;
  }
  return known;
}

}  // namespace finn::net
