// One variable counted from its linear regression on others: r = (x - offset - sum slopes_j z_j) /
// scale, a residual of mean 0 and deviation 1 over the rows of which the regression was made.
#pragma once

#include <vector>

#include "finn/chains/linear_chains.hpp"

namespace finn::net {

// Of a variable that is about normal.
struct MeanAndDeviation {
  double mean, deviation;
};

struct LinearShift {
  double offset = 0, scale = 1;
  std::vector<double> slopes;

  // z [slopes].
  double mean(const double* z) const {
    double sum = offset;
    for (std::size_t j = 0; j < slopes.size(); ++j) sum += slopes[j] * z[j];
    return sum;
  }
  double residual(double x, const double* z) const { return (x - mean(z)) / scale; }
  double value(double residual, const double* z) const { return mean(z) + scale * residual; }
};

// The regression of a column on those before it, of a mixture of one component that was fitted to
// the rows.
LinearShift linear_shift(const LinearChains& normal, int column);

}  // namespace finn::net
