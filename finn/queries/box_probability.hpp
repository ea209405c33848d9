// Probabilities of boxes, one for each row: between limits, below a point (cdf), above it.
#pragma once

#include <cstdint>

#include "finn/domains/axis_maps.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/query_row.hpp"

namespace finn::net {

// Where variable i of the model is integrated from and to, limits of x, within what a row has of
// it so far.
void set_limits(const AxisMaps& maps, int i, double lower, double upper, QueryRow& row);

// Boxes of x, [rows][variables] each, whose limits may be infinite. width may be null: upper -
// lower. Where it is given upper is not read, and a box so narrow that lower + width has lost the
// digits of width has the right probability all the same, if no map lies between x and u.
struct Boxes {
  const double* lower;
  const double* upper;
  const double* width;
};

// value and error [rows], the error to expect in value, which may be null. given
// [rows][given_columns], null where there are none.
void box_probability(const Distribution& distribution, Workspace& workspace, const Boxes& boxes,
                     const double* given, std::int64_t rows, double* value, double* error);

// Which side of a point: that where all variables are at most, or at least, what it says.
enum class Side { below, above };

// x [rows][columns], as density takes it; infinite variables are allowed.
void orthant_probability(const Distribution& distribution, Workspace& workspace, Side side,
                         const double* x, std::int64_t rows, double* value);

}  // namespace finn::net
