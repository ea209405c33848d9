// What keeps a fit to bins from putting all of a bin into one spike, or into a step at its edge,
// which its count cannot tell from a density that is smooth: now and then a row counts as one of a
// point that is drawn from its intervals. docs/TRAINING.md, "Bins and censored rows".
#pragma once

#include "core/random.hpp"
#include "finn/data/interval_row.hpp"

namespace finn::net {

// How often: one time in ten. The loss is then, in the mean over its draws, a tenth of that of rows
// that lie evenly in their intervals, which is infinite where f is 0 in a part of one.
inline constexpr double kRandomPlaces = 0.1;

// Draws whether, and then a uniform point of u in each interval with two finite ends, of the row
// from lower to upper [variables].
void take_random_place(const IntervalReader& reader, int variables, core::Random& random,
                       double* lower, double* upper);

}  // namespace finn::net
