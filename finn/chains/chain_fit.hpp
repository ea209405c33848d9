// The fit of a chain to rows, link by link. docs/CHAINS.md.
//
// A link takes of three forms the one under which rows that are held out are likeliest, and of two
// that do not differ by more than their standard error the simpler one: the conditional of a
// mixture of linear chains, the residual of a linear regression with a mixture of its own, or that
// mixture under a network of what stands before it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/option.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/trainer.hpp"

namespace finn::net {

struct ChainOptions {
  int components = 64;            // of the mixture of a network link
  int normals_per_axis = 1;       // of each of these
  std::vector<int> widths{64, 64};  // hidden layers of the network of what stands before
  int linear_components = 16;     // of the mixture of linear chains, at most; 0: none is tried
  std::int64_t steps = 3000;      // of each link
  std::int64_t batch = 256;
  double learning_rate = 0.003;
  double validation_share = 0.1;  // of the rows, held out to choose by
  bool is_float = false;          // the precision in which networks are trained
  std::uint64_t seed = 0;
};

enum class LinkForm { linear, residual, network };

// What became of a link: mean log likelihoods of the rows held out under each form; NaN where it
// was not tried.
struct LinkReport {
  LinkForm form = LinkForm::linear;
  double linear, residual, network;
};

// The limits of each variable, [variables], which may be infinite.
struct ChainLimits {
  std::vector<double> lower, upper;
};

// A network of a link in training.
template <class T>
struct LinkRun {
  Model<T> model;
  Trainer<T> trainer;
};

struct ChainRows;

// Serves one thread at a time.
class ChainFit {
 public:
  ChainFit(int variables, int conditions, ChainLimits limits, ChainOptions options);

  int variables() const noexcept { return static_cast<int>(limits_.lower.size()); }
  int conditions() const noexcept { return conditions_; }
  const ChainOptions& options() const noexcept { return options_; }
  const ChainLimits& limits() const noexcept { return limits_; }
  int links() const noexcept { return static_cast<int>(links_.size()); }
  bool is_complete() const noexcept { return links() == variables(); }
  const std::vector<LinkReport>& reports() const noexcept { return reports_; }
  const std::vector<ChainLink>& fitted() const noexcept { return links_; }

  // Fits the links that are not there yet to rows x [count][variables + conditions] and weights
  // [count], which may be null. Returns false where progress, whose steps are those of all links,
  // stopped it: what is done stays done, and a further call with the same rows goes on to the same
  // bits.
  bool fit(Workspace& workspace, const double* x, const double* weights, std::int64_t count,
           const Callbacks& callbacks);
  // A link that was fitted before, the next one.
  void add(ChainLink link, const LinkReport& report);
  // Fails with ERROR_ARGUMENT while links are missing.
  Chain chain() const;

 private:
  template <class T>
  bool fit_all(Workspace& workspace, const ChainRows& rows, const Callbacks& callbacks);

  int conditions_;
  ChainLimits limits_;
  ChainOptions options_;
  std::vector<ChainLink> links_;
  std::vector<LinkReport> reports_;
  std::variant<std::monostate, LinkRun<double>, LinkRun<float>> stopped_;  // within a link
};

}  // namespace finn::net
