// Where the density of a distribution is highest.
#pragma once

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/expectation.hpp"

namespace finn::net {

// x [variables] and the logarithm of the density there, which may be null. The search begins at the
// best of the samples and of the few that lie best apart from it, and climbs along one variable
// after the other with steps that halve: the best of these peaks to about 1e-8 of the spread, and
// no promise that no higher one was missed.
void mode(const Distribution& distribution, Workspace& workspace, const SampleMean& by, double* x,
          double* log_density);

}  // namespace finn::net
