// The density of a distribution and its logarithm, at rows.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/query_row.hpp"

namespace finn::net {

// Sets the variables of a row, [variables], to points, and returns the logarithm of the weight of
// the domain there; Domain::kOutside for a point outside of the distribution.
double set_points(const Distribution& distribution, const double* row, QueryRow& query);

// x [rows][columns]: the variables, what is given, the conditions. density and log_density are
// [rows], per volume of x; either may be null. Outside of the distribution they are 0 and
// -infinity. That of a mixture is finite everywhere else, also where the density underflows; that
// of an mlp without a uniform share is -infinity there.
void density(const Distribution& distribution, Workspace& workspace, const double* x,
             std::int64_t rows, double* density, double* log_density);

}  // namespace finn::net
