// The moments of any distribution by composite Gauss-Legendre quadrature, in u, of its marginal
// densities of one and of two variables; the error is the difference to a coarser rule.
#pragma once

#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_moments.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {

// Of a row with these roles, of which `given` is what it gives, and whose mass is `whole`. Without
// the covariance where that is not wanted, which costs most.
RowMoments marginal_moments(RowQueries& queries, const QueryRow& roles, const double* given,
                            const Mass& whole, bool wants_covariance);

}  // namespace finn::net
