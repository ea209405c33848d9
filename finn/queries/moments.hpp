// Mean and covariance of a distribution, for each row of what is given.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// mean [rows][variables], covariance [rows][variables][variables]; the errors to expect in them
// have the same shapes. Any of the four may be null. given [rows][given_columns], null where there
// are none.
//
// Of a mixture on a domain without a map: in closed form, from the moments of truncated normals.
// Otherwise by composite Gauss-Legendre quadrature of the marginal densities of one and of two
// variables, in u, whose error is taken from a second rule. Where tails are so heavy that a moment
// does not exist, that error is as large as the result.
void moments(const Distribution& distribution, Workspace& workspace, const double* given,
             std::int64_t rows, double* mean, double* covariance, double* mean_error,
             double* covariance_error);

}  // namespace finn::net
