// Links of the same variable side by side, each with a share: f = sum_k share_k f_k. A mixture of
// densities that were fitted in different ways is often better than each of them (P. Smyth, D.
// Wolpert, "Linearly combining density estimators via stacking", Machine Learning 36, 1999), and
// what makes a link - an integral of 1, an exact cdf - it keeps.
#pragma once

#include <cstdint>
#include <vector>

#include "finn/chains/chain_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/link_judge.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"

namespace finn::net {

// Rows as those of a ChainLink. Any number of threads may ask, each with a workspace of its own.
class StackedLink {
 public:
  // Shares above 0 that sum to 1, one for each link; links without limits.
  StackedLink(std::vector<double> shares, std::vector<ChainLink> links);

  const std::vector<double>& shares() const noexcept { return shares_; }
  const std::vector<ChainLink>& links() const noexcept { return links_; }
  int conditions() const noexcept { return links_.front().conditions(); }

  // Of the link of the largest share at z [conditions].
  MeanAndDeviation mean_and_deviation(const double* z) const;
  void log_density(Workspace& workspace, const double* rows, std::int64_t count,
                   double* logs) const;
  // The cdf, or above x 1 - cdf.
  void share(Workspace& workspace, Side side, const double* rows, std::int64_t count,
             double* shares) const;
  // By Newton's method on the cdf between the least and the largest quantile of the links, halving
  // where a step would leave what is left of that.
  void quantile(Workspace& workspace, const double* shares, std::int64_t count, double* rows) const;
  // Of samples [first, first + count) of a seed: each from a link that is drawn by its share.
  void sample(Workspace& workspace, std::uint64_t seed, std::int64_t first, std::int64_t count,
              double* rows) const;

 private:
  std::vector<double> shares_;
  std::vector<ChainLink> links_;
};

// The links side by side of a stack, or the link itself.
std::vector<ChainLink> single_links(const ChainLink& link);

// The shares under which rows are likeliest whose log likelihoods under each link are known, by
// expectation maximisation; weights [rows]. One below a hundredth is 0.
std::vector<double> stacking_shares(const std::vector<Judgement>& judgements,
                                    const std::vector<double>& weights);

}  // namespace finn::net
