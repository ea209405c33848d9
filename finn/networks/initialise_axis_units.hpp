// The first axis units of an mlp: where the points lie. docs/INITIALISATION.md.
#pragma once

#include "core/random.hpp"
#include "finn/networks/points.hpp"

namespace finn::net {

// Draws `units` units of each feature of the points: their centres lie at quantiles of the points,
// evenly in rank, and their widths reach from one to the next. slopes and locations are
// [features][units]; a unit is sigma_1(slope x + location). Returns the points with the values of
// the units behind their features.
Points draw_axis_units(const Points& points, int units, core::Random& random, double* slopes,
                       double* locations);

// Appends the features of more to each point.
Points joined(const Points& points, const Points& more);

}  // namespace finn::net
