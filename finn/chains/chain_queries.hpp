// What a chain is asked, row by row; shapes and meanings are those of finn/queries of a
// distribution, and each function fails as those do.
#pragma once

#include <cstdint>

#include "finn/chains/chain.hpp"
#include "finn/model/workspace.hpp"

namespace finn::net {

// x [rows][columns]; density and log_density [rows], either may be null.
void density(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
             double* density, double* log_density);

// x [rows][columns]; u [rows][variables].
void rosenblatt(const Chain& chain, Workspace& workspace, const double* x, std::int64_t rows,
                double* u);

// u [rows][variables], 0 .. 1; given [rows][given_columns], null where there are none; x
// [rows][variables].
void inverse_rosenblatt(const Chain& chain, Workspace& workspace, const double* u,
                        const double* given, std::int64_t rows, double* x);

// Rows [first, first + rows) of all samples that a seed has, into x [rows][variables]: one
// variable after the other, for which each row and variable has random numbers of its own. So a
// sample is the same however the rows are cut into calls, and the samples of the first variables
// alone are the first columns.
void sample(const Chain& chain, Workspace& workspace, std::uint64_t seed, std::int64_t first,
            const double* given, std::int64_t rows, double* x);

}  // namespace finn::net
