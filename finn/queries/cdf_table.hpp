// The cdf of one variable at a few points, by which the search for a quantile knows where to begin.
#pragma once

#include <vector>

namespace finn::net {

class CdfTable {
 public:
  // shares [points] of the mass that lie below points that are spread evenly from lower to upper,
  // both of them included; at least 2.
  CdfTable(double lower, double upper, std::vector<double> shares);

  // About where this share lies below, 0 .. 1: by a line between two points, and within the limits.
  double at(double share) const;

 private:
  double lower_, step_;
  std::vector<double> shares_;
};

}  // namespace finn::net
