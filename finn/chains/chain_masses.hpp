// Probabilities of boxes of a chain, and its moments. Of one variable they are cdfs; of more they
// are sums over points of the chain, one variable after the other, each drawn within its interval:
//
//   P(box) = E prod_i P(a_i <= X_i <= b_i | c, X_1 .. X_(i-1)),
//
// the estimator of Geweke, Hajivassiliou and Keane, which is never negative and needs no rejection.
// Points are those of a lattice moved at random several times (a Richtmyer lattice: R. Cranley, T.
// N. L. Patterson, SIAM J. Numer. Anal. 13, 1976), and the standard error is that of the moves.
// docs/CHAINS.md.
#pragma once

#include <cstdint>

#include "finn/chains/chain.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"

namespace finn::net {

// Shapes and meanings as those of finn/queries of a distribution; errors are standard errors.
void box_probability(const Chain& chain, Workspace& workspace, const Boxes& boxes,
                     const double* given, std::int64_t rows, double* value, double* error);
void orthant_probability(const Chain& chain, Workspace& workspace, Side side, const double* x,
                         std::int64_t rows, double* value);
void moments(const Chain& chain, Workspace& workspace, const double* given, std::int64_t rows,
             double* mean, double* covariance, double* mean_error, double* covariance_error);

}  // namespace finn::net
