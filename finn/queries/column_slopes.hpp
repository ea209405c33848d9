// From what a mass changes by with points of the box to what it changes by with the columns of a
// row: variables, what is given, conditions.
#pragma once

#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"

namespace finn::net {

// Columns [first, end) of a row x [columns] of a distribution.
struct ColumnRange {
  int first, end;
};

// gradient[column] += factor times the derivative of log(part / whole) by each column of the range,
// whose variables both have at points; row and gradient are [columns].
void add_column_slopes(const Distribution& distribution, const double* row, ColumnRange columns,
                       double factor, const MassSlopes& part, const MassSlopes& whole,
                       double* gradient);

}  // namespace finn::net
