// What the Rosenblatt transform changes by, and so its inverse: u_k is a conditional cdf, whose
// derivative by x_k is the conditional density, and by what stands before it, or is given, what
// the logarithms of the two masses change by of which u_k is the ratio. It is triangular, and so is
// its inverse, dx/du.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// x [rows][columns] as rosenblatt takes it. jacobian [rows][variables][columns] is du_k by every
// column, and inverse [rows][variables][variables] is dx_k/du_j; either may be null. The inverse is
// not finite where a conditional density is 0.
void rosenblatt_jacobian(const Distribution& distribution, Workspace& workspace, const double* x,
                         std::int64_t rows, double* jacobian, double* inverse);

}  // namespace finn::net
