// A link of a chain that is the conditional of a mixture of linear chains.
#pragma once

#include <cstdint>
#include <memory>

#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"

namespace finn::net {

// That of one variable, counted from 0, given those before it. Rows are (x, z), [count][1 +
// variable], shared out among the threads of the workspace; any number of threads may ask, each
// with a workspace of its own.
struct LinearLink {
  std::shared_ptr<const LinearChains> chains;
  int variable = 0;

  int conditions() const noexcept { return variable; }
  // Of x at z [variable].
  MeanAndDeviation mean_and_deviation(const double* z) const;
  void log_density(Workspace& workspace, const double* rows, std::int64_t count,
                   double* logs) const;
  // The cdf, or above x 1 - cdf.
  void share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
             double* shares) const;
  // x in place of the first column of rows, where the cdf is shares [count], 0 < share < 1.
  void quantile(Workspace& workspace, const double* shares, std::int64_t count, double* rows) const;
  // x in place of the first column of rows, drawn: of samples [first, first + count) of a seed.
  void sample(Workspace& workspace, std::uint64_t seed, std::int64_t first, std::int64_t count,
              double* rows) const;
};

}  // namespace finn::net
