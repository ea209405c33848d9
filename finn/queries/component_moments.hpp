// The moments of a mixture in closed form: each component has independent variables, each of them a
// sum of truncated normals, so that the law of total covariance gives those of all.
#pragma once

#include "finn/queries/mass.hpp"
#include "finn/queries/mixture_mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_moments.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {

// Of a row with these roles, whose mass is `whole`, on a domain without a map; mixture is that of
// the queries.
RowMoments component_moments(RowQueries& queries, MixtureMass& mixture, const QueryRow& roles,
                             const Mass& whole);

}  // namespace finn::net
