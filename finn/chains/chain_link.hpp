// A link of a chain: the distribution of one variable given the conditions and the variables before
// it, within limits.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <variant>
#include <vector>

#include "finn/chains/end_law.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"

namespace finn::net {

class StackedLink;

// Rows are (x, z), [count][1 + conditions], as those of a NetworkLink. Any number of threads may
// ask, each with a workspace of its own.
class ChainLink {
 public:
  using Form = std::variant<LinearLink, NetworkLink, std::shared_ptr<const StackedLink>>;

  // Cut to [lower, upper], which may be infinite, and divided by what that holds for each z. Where
  // that is next to nothing it is an EndLaw, so that the link integrates to 1 whatever z is.
  ChainLink(Form form, double lower, double upper);

  const Form& form() const noexcept { return form_; }
  double lower() const noexcept { return lower_; }
  double upper() const noexcept { return upper_; }
  int conditions() const;

  // Of x at z [conditions], about, whatever the limits.
  MeanAndDeviation mean_and_deviation(const double* z) const;

  // -infinity outside of the limits.
  void log_density(Workspace& workspace, const double* rows, std::int64_t count,
                   double* logs) const;
  // The probability on one side of x, which may be infinite: the cdf, or 1 - cdf with its digits
  // where that is small.
  void share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
             double* shares) const;
  void cdf(Workspace& workspace, const double* rows, std::int64_t count, double* shares) const {
    share(workspace, Side::below, rows, count, shares);
  }
  // x in place of the first column of rows, where the cdf is shares [count], 0 .. 1.
  void quantile(Workspace& workspace, const double* shares, std::int64_t count, double* rows) const;
  // x in place of the first column of rows, drawn given their z: of samples [first, first + count)
  // of a seed, which are the same however they are cut into calls.
  void sample(Workspace& workspace, std::uint64_t seed, std::int64_t first, std::int64_t count,
              double* rows) const;

 private:
  bool is_cut() const;
  // The cdf of the form itself at the limits of each row.
  struct Limits {
    std::vector<double> below, at_most;  // [count] each
    double within(std::size_t row) const { return at_most[row] - below[row]; }
    bool leave(std::size_t row) const { return within(row) > kLeast; }
    static constexpr double kLeast = 1e-9;  // of which a difference of cdfs has a few digits
  };
  // What it is at the z of a row that leaves the form less than that within the limits.
  EndLaw end_law(const double* row) const;
  Limits limits_of(Workspace& workspace, const double* rows, std::int64_t count) const;
  // Those of the form itself at an end of all rows.
  std::vector<double> whole_shares_at(Workspace& workspace, Side side, double x, const double* rows,
                                      std::int64_t count) const;

  Form form_;
  double lower_, upper_;
};

}  // namespace finn::net
