// Samples of a distribution, the same for any number of threads: those of row i come from numbers
// of their own, which the seed and i decide.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// Rows [first, first + rows) of all samples that a seed has, into x [rows][variables]. given
// [rows][given_columns] are the values under which each is drawn, null where there are none.
//
// Of a mixture: a component by its share of what the row leaves, then for each variable one of its
// normals, cut to the limits. Of any other network: the inverse Rosenblatt transform of uniforms.
void sample(const Distribution& distribution, Workspace& workspace, std::uint64_t seed,
            std::int64_t first, const double* given, std::int64_t rows, double* x);

}  // namespace finn::net
