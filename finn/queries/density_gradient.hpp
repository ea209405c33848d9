// The gradient of the logarithm of a density, the score, by everything that a row holds.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// x [rows][columns] as density takes it, gradient [rows][columns]; 0 in rows outside of the
// distribution. By variables and by what is given that of a mixture is right also where the density
// underflows; anything else is no number where the density is 0.
void log_density_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                          std::int64_t rows, double* gradient);

}  // namespace finn::net
