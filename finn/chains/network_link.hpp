// A link of a chain that is a FINN: the distribution of one variable given those before it, as a
// network F(r | z) of the residual r of its linear regression on them, under the conditions z.
#pragma once

#include <cstdint>
#include <variant>

#include "finn/chains/linear_shift.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

using ChainModel = std::variant<Model<double>, Model<float>>;

// Rows are (x, z), [count][1 + conditions]: the variable, then all that the link depends on. Any
// number of threads may ask, each with a workspace of its own.
class NetworkLink {
 public:
  // A model of one variable, of which the columns of a row are (r, z), or r alone where the
  // residual does not depend on z.
  NetworkLink(LinearShift shift, ChainModel model);

  const LinearShift& shift() const noexcept { return shift_; }
  const ChainModel& model() const noexcept { return model_; }
  int conditions() const noexcept { return static_cast<int>(shift_.slopes.size()); }

  // Of x at z [conditions], as its regression has it.
  MeanAndDeviation mean_and_deviation(const double* z) const {
    return {shift_.mean(z), shift_.scale};
  }
  void log_density(Workspace& workspace, const double* rows, std::int64_t count,
                   double* logs) const;
  // The probability on one side of x: the cdf, or 1 - cdf with its digits where that is small.
  void share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
             double* shares) const;
  // x in place of the first column of rows, where the cdf is shares [count].
  void quantile(Workspace& workspace, const double* shares, std::int64_t count, double* rows) const;
  // x in place of the first column of rows, drawn: of samples [first, first + count) of a seed.
  void sample(Workspace& workspace, std::uint64_t seed, std::int64_t first, std::int64_t count,
              double* rows) const;

 private:
  std::vector<double> residual_rows(const double* rows, std::int64_t count) const;
  // What the distribution of the residual takes as given, [count][given columns].
  std::vector<double> given_rows(const double* rows, std::int64_t count) const;
  // Residuals [count] to values of x, into the first column of rows.
  void shift_rows(const std::vector<double>& residuals, double* rows) const;

  LinearShift shift_;
  ChainModel model_;
  Distribution distribution_;
};

}  // namespace finn::net
