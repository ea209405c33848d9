// Where, between the limits of one variable, a given share of the mass lies on one side: a cdf
// inverted, for many rows in step, so that a network is evaluated for all of them at once.
#pragma once

#include <array>
#include <limits>

#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {

// A row whose variable `axis` is looked for; the other variables have their roles.
struct AxisSearch {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  QueryRow roles;
  Mass whole;            // of all of the interval of the axis
  double below;          // the share of the mass that lies below the point wanted, in u
  double above;          // 1 - below, which keeps its digits where below is near 1
  double start;          // where to begin, within the limits; kUnknown leaves it to the search
  double last_step = 0;  // a step that is no longer than this is the last one
  double u = 0;          // the answer
};

// Newton's method on the logarithm of the smaller of the two shares, within a bracket that every
// evaluation narrows, halved where a step would leave it. Ends when the share is met to 2
// roundoffs, or when the bracket or the step is as small as the numbers there allow, or as the
// search asks for: an error of e becomes one of the size of e^2 in a step. given: of the rows, at
// this stride.
void find_roots(RowQueries& queries, int axis, AxisSearch* searches, int count, const double* given,
                std::int64_t stride);

}  // namespace finn::net
