// The rows of a fit of a chain: those to fit and those held out, and what one link takes of them.
#pragma once

#include <cstdint>
#include <vector>

#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/data/rows.hpp"

namespace finn::net {

// Columns of a row are conditions, then variables, as links take them.
struct ChainRows {
  WeightedRows fitted, held_out;

  // x [count][variables + conditions] with the variables first, weights [count] or null; rows of
  // weight 0 are as if they were not there. `share` of the others, at least one, is drawn by the
  // seed and held out. Fails with ERROR_ARGUMENT where that leaves none to fit.
  ChainRows(const double* x, const double* weights, std::int64_t count, int variables,
            int conditions, double share, std::uint64_t seed);
  WeightedRows all() const;
};

// (r, z) of the link of a column for each row, [count][1 + z], with z the columns before it, or
// none of them.
RowBlock residual_block(const WeightedRows& rows, const LinearShift& shift, int column,
                        bool with_z);

// (x, z) of a link, [count][1 + column].
std::vector<double> link_rows(const WeightedRows& rows, int column);

// At most so many rows, evenly spread.
WeightedRows some_rows(const WeightedRows& rows, std::int64_t most);

}  // namespace finn::net
