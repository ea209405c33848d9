#include "finn/chains/chain_fit.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/chains/choose_linear.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/link_judge.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/chains/stacked_link.hpp"

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Rows that expectation maximisation looks at: it takes long for many, which networks fit better.
constexpr std::int64_t kLinearRows = 5000;

// The best link so far.
class BestLink {
 public:
  explicit BestLink(const LinkJudge& judge) : judge_(judge) {}

  // To be called in the order of simplicity. `judged` stands for the link before the judge.
  void consider(const ChainLink& link, LinkForm form) { consider(link, link, form); }
  void consider(const ChainLink& judged, const ChainLink& link, LinkForm form) {
    const Judgement found = judge_.of(judged);
    mean_of(form) = found.mean;
    judged_links_.push_back(judged);
    whole_.push_back(link);
    judgements_.push_back(found);
    take_if_better(link, found, form);
  }
  // All links that were considered side by side.
  void consider_stack(const std::vector<double>& weights) {
    const std::vector<double> shares = stacking_shares(judgements_, weights);
    if (std::count(shares.begin(), shares.end(), 0.0) + 2 > std::ssize(shares)) return;
    take_if_better(stack(shares, whole_), judge_.of(stack(shares, judged_links_)),
                   LinkForm::stacked);
  }
  ChainLink link() const { return *link_; }
  const LinkReport& report() const { return report_; }

 private:
  // Those with a share above 0, within the limits of the first.
  static ChainLink stack(const std::vector<double>& shares, const std::vector<ChainLink>& links) {
    std::vector<double> taken;
    std::vector<ChainLink> parts;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      if (shares[k] == 0) continue;
      taken.push_back(shares[k]);
      parts.emplace_back(links[k].form(), -kInfinity, kInfinity);
    }
    return {std::make_shared<const StackedLink>(std::move(taken), std::move(parts)),
            links.front().lower(), links.front().upper()};
  }
  void take_if_better(const ChainLink& link, const Judgement& found, LinkForm form) {
    if (link_.has_value() && !judge_.is_better(found, judged_)) return;
    link_.emplace(link);
    judged_ = found;
    report_.form = form;
  }
  double& mean_of(LinkForm form) {
    if (form == LinkForm::linear) return report_.linear;
    return form == LinkForm::residual ? report_.residual : report_.network;
  }

  const LinkJudge& judge_;
  std::vector<ChainLink> judged_links_, whole_;
  std::vector<Judgement> judgements_;  // of these
  std::optional<ChainLink> link_;
  Judgement judged_;
  LinkReport report_{LinkForm::linear, kMissing, kMissing, kMissing};
};

// Progress of one link as that of all of them.
struct LinkProgress {
  const Callbacks& all;
  std::int64_t before, steps;  // of links that are done; of all
  std::chrono::steady_clock::time_point began;

  static bool report(const Progress& progress, void* context) {
    const auto* self = static_cast<const LinkProgress*>(context);
    Progress of_all = progress;
    of_all.step += self->before;
    of_all.steps = self->steps;
    of_all.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - self->began).count();
    return self->all.progress(of_all, self->all.context);
  }
};

}  // namespace

ChainFit::ChainFit(int conditions, ChainLimits limits, ChainOptions options)
    : conditions_(conditions), limits_(std::move(limits)), options_(std::move(options)) {}

void ChainFit::add(ChainLink link, const LinkReport& report) {
  // Where memory is refused there is neither of the two.
  reports_.reserve(reports_.size() + 1);
  links_.push_back(std::move(link));
  reports_.push_back(report);
}

std::shared_ptr<const LinearChains> ChainFit::linear_chains() const {
  for (const ChainLink& link : links_) {
    for (const ChainLink& part : single_links(link)) {
      if (const auto* linear = std::get_if<LinearLink>(&part.form())) return linear->chains;
    }
  }
  return nullptr;
}

Chain ChainFit::chain() const {
  if (is_complete()) {
    return Chain(std::make_shared<const ChainLinks>(ChainLinks{conditions_, links_}));
  }
  core::fail(core::Status::ERROR_ARGUMENT, "chain: %zu of %d links are fitted; fit it first",
             links_.size(), variables());
}

template <class T>
bool ChainFit::train_network(LinkNetwork<T>& network, Workspace& workspace, const RowBlock& rows,
                             const Callbacks& callbacks) const {
  const auto done = static_cast<std::int64_t>(links_.size());
  LinkProgress progress{callbacks, done * options_.steps, variables() * options_.steps, began_};
  Callbacks of_link;
  if (callbacks.progress != nullptr) of_link.progress = &LinkProgress::report;
  of_link.context = &progress;
  return network.train(workspace, rows, of_link);
}

template <class T>
bool ChainFit::fit_link(Workspace& workspace, const ChainRows& rows, const LinearFits& linear,
                        const Callbacks& callbacks) {
  const std::size_t at = links_.size();
  const int column = conditions_ + static_cast<int>(at);
  const std::uint64_t seed = core::stream_seed(options_.seed, at);
  const LinkJudge judge(workspace, rows.held_out, column);
  BestLink best(judge);
  const auto link_of = [&](ChainLink::Form form) {
    return ChainLink(std::move(form), limits_.lower[at], limits_.upper[at]);
  };
  if (linear.judged != nullptr) {
    best.consider(link_of(LinearLink{linear.judged, column}),
                  link_of(LinearLink{linear.whole, column}), LinkForm::linear);
  }

  const LinearShift shift = linear_shift(linear.normal, column);
  const auto block = [&](const WeightedRows& of, bool with_z) {
    return residual_block(of, shift, column, with_z);
  };
  const bool has_network = column > 0;
  if (has_network) {
    const RowBlock alone = block(rows.fitted, false);
    LinkNetwork<T> residual(options_, 0, alone, block(rows.held_out, false), seed);
    residual.train(workspace, alone, {});
    best.consider(link_of(NetworkLink(shift, residual.model())), LinkForm::residual);
  }
  // The last form, which progress may stop: with nothing before the variable the residual's.
  const RowBlock fitted = block(rows.fitted, has_network);
  if (!std::holds_alternative<LinkNetwork<T>>(stopped_)) {
    const RowBlock held_out = block(rows.held_out, has_network);
    stopped_.emplace<LinkNetwork<T>>(options_, column, fitted, held_out, seed);
  }
  auto& network = std::get<LinkNetwork<T>>(stopped_);
  if (!train_network(network, workspace, fitted, callbacks)) return false;
  best.consider(link_of(NetworkLink(shift, network.model())),
                has_network ? LinkForm::network : LinkForm::residual);
  stopped_.emplace<std::monostate>();
  best.consider_stack(rows.held_out.weights);
  add(best.link(), best.report());
  return true;
}

template <class T>
bool ChainFit::fit_links(Workspace& workspace, const ChainRows& rows, const Callbacks& callbacks) {
  const WeightedRows some = some_rows(rows.fitted, kLinearRows);
  LinearFits linear;
  linear.normal = fit_linear_chains(some, LinearChoice{}, options_.seed);
  if (options_.linear_components > 0) {
    const LinearChoice choice =
        choose_linear(some, conditions_, options_.linear_components, options_.seed);
    const auto fit = [&](const WeightedRows& to) {
      return std::make_shared<const LinearChains>(fit_linear_chains(to, choice, options_.seed));
    };
    // Links that are there already keep theirs, whichever rows they come from.
    const std::shared_ptr<const LinearChains> shared = linear_chains();
    linear.judged = fit(some);
    linear.whole = shared != nullptr ? shared : fit(some_rows(rows.all(), kLinearRows));
  }
  while (!is_complete()) {
    if (!fit_link<T>(workspace, rows, linear, callbacks)) return false;
  }
  return true;
}

bool ChainFit::fit(Workspace& workspace, const double* x, const double* weights, std::int64_t count,
                   const Callbacks& callbacks) {
  began_ = std::chrono::steady_clock::now();
  const ChainRows rows(x, weights, count, variables(), conditions_, options_.validation_share,
                       options_.seed);
  return options_.precision == ChainPrecision::float32
             ? fit_links<float>(workspace, rows, callbacks)
             : fit_links<double>(workspace, rows, callbacks);
}

}  // namespace finn::net
