// The Rosenblatt transform (M. Rosenblatt, Ann. Math. Statist. 23, 1952): of each variable the
// conditional cdf given those before it, u_k = P(X_k <= x_k | x_1 .. x_{k-1}), which makes of the
// distribution the uniform one on a cube; and its inverse, the conditional quantiles. Of a single
// variable they are the cdf and the quantile.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {

// x [rows][columns], as density takes it, within the distribution, whose edge counts as within; u
// [rows][variables].
void rosenblatt(const Distribution& distribution, Workspace& workspace, const double* x,
                std::int64_t rows, double* u);

// u [rows][variables], from 0 to 1, the ends included; given [rows][given_columns], null where
// there are none; x [rows][variables].
void inverse_rosenblatt(const Distribution& distribution, Workspace& workspace, const double* u,
                        const double* given, std::int64_t rows, double* x);

// How well conditional quantiles are found: as well as numbers allow, or as samples need, where the
// last step, of at most 1e-6 of the limits, is not looked at again, which leaves about 1e-12.
enum class Precision { of_numbers, of_samples };

// Some rows of the inverse on one thread: u and x [count][variables] in u, the box of the model;
// row `first` of all is the first. What rosenblatt and samples are made of.
void invert_rows(RowQueries& queries, const double* u, const double* given, std::int64_t first,
                 int count, Precision precision, double* x);

}  // namespace finn::net
