// The fit of a chain to rows, link by link. docs/CHAINS.md.
//
// A link takes of three forms the one under which rows that are held out are likeliest, and of two
// that do not differ by more than their standard error the simpler one: the conditional of a
// mixture of linear chains, the residual of a linear regression with a density of its own, or that
// density under a network of what stands before it. Where they are likelier still under all three
// side by side, the link is that.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "finn/chains/chain.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/chains/chain_rows.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/link_network.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"

namespace finn::net {

enum class LinkForm { linear, residual, network, stacked };

// What became of a link: mean log likelihoods of the rows held out under each single form; NaN
// where it was not tried.
struct LinkReport {
  LinkForm form;
  double linear, residual, network;
};

// The limits of each variable, [variables], which may be infinite.
struct ChainLimits {
  std::vector<double> lower, upper;
};

// Mixtures of linear chains of the same size, to the rows that are not held out, by which they are
// judged, and to all, which links are taken from. Null where none are wanted.
struct LinearFits {
  std::shared_ptr<const LinearChains> judged, whole;
  LinearChains normal;  // of one component: the regressions of which networks take the residuals
};

// Serves one thread at a time.
class ChainFit {
 public:
  ChainFit(int conditions, ChainLimits limits, ChainOptions options);

  int variables() const noexcept { return static_cast<int>(limits_.lower.size()); }
  int conditions() const noexcept { return conditions_; }
  const ChainOptions& options() const noexcept { return options_; }
  const ChainLimits& limits() const noexcept { return limits_; }
  bool is_complete() const noexcept { return links_.size() == limits_.lower.size(); }
  const std::vector<ChainLink>& links() const noexcept { return links_; }
  // The one mixture that all linear links share; null where there is none.
  std::shared_ptr<const LinearChains> linear_chains() const;
  const std::vector<LinkReport>& reports() const noexcept { return reports_; }  // of each link

  // Fits the links that are not there yet to rows x [count][variables + conditions] and weights
  // [count], which may be null. Returns false where progress, whose steps are those of all links,
  // stopped it: what is done stays done, and a further call with the same rows goes on to the same
  // bits.
  bool fit(Workspace& workspace, const double* x, const double* weights, std::int64_t count,
           const Callbacks& callbacks);
  // The next link, which was fitted before.
  void add(ChainLink link, const LinkReport& report);
  // Fails with ERROR_ARGUMENT while links are missing.
  Chain chain() const;

 private:
  template <class T>
  bool fit_links(Workspace& workspace, const ChainRows& rows, const Callbacks& callbacks);
  template <class T>
  bool fit_link(Workspace& workspace, const ChainRows& rows, const LinearFits& linear,
                const Callbacks& callbacks);
  template <class T>
  bool train_network(LinkNetwork<T>& network, Workspace& workspace, const RowBlock& rows,
                     const Callbacks& callbacks) const;

  int conditions_;
  ChainLimits limits_;
  ChainOptions options_;
  std::vector<ChainLink> links_;
  std::vector<LinkReport> reports_;
  std::chrono::steady_clock::time_point began_;  // the last call of fit
  // The network of the next link, where it was stopped.
  std::variant<std::monostate, LinkNetwork<double>, LinkNetwork<float>> stopped_;
};

}  // namespace finn::net
