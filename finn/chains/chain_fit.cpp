#include "finn/chains/chain_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/chains/chain_rows.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/initialise.hpp"

namespace finn::net {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Rows that expectation maximisation looks at: it takes long for many, which networks fit better.
constexpr std::int64_t kLinearRows = 5000;
// Residual deviations beyond the rows within which a network has its probability.
constexpr double kMargin = 8;

ModelSettings link_settings(const ChainOptions& options, int conditions, const RowBlock& rows,
                            const RowBlock& held_out) {
  ModelSettings settings;
  settings.network.variables = 1;
  settings.network.kind = NetworkKind::mixture;
  settings.network.positivity = ops::Positivity::exp;
  settings.network.components = options.components;
  settings.network.normals_per_axis = options.normals_per_axis;
  if (conditions > 0) {
    settings.network.conditioning.kind = ConditioningKind::film;
    settings.network.conditioning.conditions = conditions;
    settings.network.conditioning.widths = options.widths;
    const auto q = static_cast<std::size_t>(conditions);
    settings.conditions = {std::vector<double>(q, -1), std::vector<double>(q, 1), false};
  }
  double low = 0, high = 0;
  for (const RowBlock* block : {&rows, &held_out}) {
    for (std::size_t i = 0; i < block->x.size(); i += static_cast<std::size_t>(1 + conditions)) {
      low = std::min(low, block->x[i]);
      high = std::max(high, block->x[i]);
    }
  }
  settings.box = Box{1, {low - kMargin}, {high + kMargin}};
  settings.constraint.target = {1.0};
  return settings;
}

TrainingOptions link_training(const ChainOptions& options, std::int64_t rows, std::uint64_t seed) {
  TrainingOptions training;
  training.loss.kind = Loss::negative_log_likelihood;
  training.steps = options.steps;
  training.batch = std::min(options.batch, rows);
  training.learning_rate = options.learning_rate;
  training.seed = seed;
  return training;
}

// How the rows that are held out like a link: weighted log likelihoods of each.
struct Judgement {
  std::vector<double> logs;
  double mean = -std::numeric_limits<double>::infinity();
};

class Judge {
 public:
  Judge(Workspace& workspace, const WeightedRows& held_out, int column)
      : workspace_(workspace), held_out_(held_out), rows_(link_rows(held_out, column)) {}

  Judgement of(const ChainLink& link) const {
    Judgement found{std::vector<double>(held_out_.weights.size()), 0};
    link.log_density(workspace_, rows_.data(), held_out_.count(), found.logs.data());
    found.mean = weighted_mean([&](std::size_t r) { return found.logs[r]; });
    return found;
  }
  // Whether `other` is better by more than the standard error of the difference.
  bool is_better(const Judgement& other, const Judgement& than) const {
    const double gain = other.mean - than.mean;
    if (!(gain > 0)) return false;
    const double variance = weighted_mean([&](std::size_t r) {
      const double off = other.logs[r] - than.logs[r] - gain;
      return off * off;
    });
    return gain * gain * static_cast<double>(held_out_.count()) > variance ||
           !std::isfinite(than.mean);
  }

 private:
  template <class Value>
  double weighted_mean(Value&& value) const {
    double sum = 0, total = 0;
    for (std::size_t r = 0; r < held_out_.weights.size(); ++r) {
      if (held_out_.weights[r] == 0) continue;
      sum += held_out_.weights[r] * value(r);
      total += held_out_.weights[r];
    }
    return sum / total;
  }

  Workspace& workspace_;
  const WeightedRows& held_out_;
  std::vector<double> rows_;
};

// Progress of one link as that of all of them.
struct LinkProgress {
  const Callbacks& all;
  std::int64_t before, steps;  // of links that are done; of all

  static bool report(const Progress& progress, void* context) {
    const auto* self = static_cast<const LinkProgress*>(context);
    Progress of_all = progress;
    of_all.step += self->before;
    of_all.steps = self->steps;
    return self->all.progress(of_all, self->all.context);
  }
};

template <class T>
LinkRun<T> make_run(const ChainOptions& options, int conditions, const RowBlock& rows,
                    const RowBlock& held_out, std::uint64_t seed) {
  Model<T> model(link_settings(options, conditions, rows, held_out));
  CornerScratch scratch;
  initialise(model, seed, scratch);
  Trainer<T> trainer(model, link_training(options, rows.count, seed));
  trainer.set_validation(model,
                         {held_out.x.data(), nullptr, held_out.count, held_out.row_weights()});
  return {std::move(model), std::move(trainer)};
}

template <class T>
bool train(LinkRun<T>& run, Workspace& workspace, const RowBlock& rows,
           const Callbacks& callbacks) {
  ArrayRows source({rows.x.data(), nullptr, rows.count, rows.row_weights()}, run.model.columns(), 1);
  return run.trainer.fit(run.model, workspace, source, callbacks);
}

}  // namespace

ChainFit::ChainFit(int variables, int conditions, ChainLimits limits, ChainOptions options)
    : conditions_(conditions), limits_(std::move(limits)), options_(std::move(options)) {
  (void)variables;
}

void ChainFit::add(ChainLink link, const LinkReport& report) {
  links_.push_back(std::move(link));
  reports_.push_back(report);
}

Chain ChainFit::chain() const {
  if (is_complete()) {
    return Chain(std::make_shared<const ChainLinks>(ChainLinks{conditions_, links_}));
  }
  core::fail(core::Status::ERROR_ARGUMENT, "chain: %d of %d links are fitted; fit it first",
             links(), variables());
}

template <class T>
bool ChainFit::fit_all(Workspace& workspace, const ChainRows& rows, const Callbacks& callbacks) {
  std::shared_ptr<const LinearChains> chains;
  if (options_.linear_components > 0) {
    LinearChoices choices;
    choices.components = options_.linear_components;
    chains = std::make_shared<const LinearChains>(
        best_linear_chains(some_rows(rows.fitted, kLinearRows), rows.held_out, conditions_, choices,
                           options_.seed));
  }
  while (!is_complete()) {
    const int column = conditions_ + links();
    const auto at = static_cast<std::size_t>(links());
    const auto link_of = [&](ChainLink::Form form) {
      return ChainLink(std::move(form), limits_.lower[at], limits_.upper[at]);
    };
    const Judge judge(workspace, rows.held_out, column);
    const std::uint64_t seed = core::stream_seed(options_.seed, static_cast<std::uint64_t>(at));
    const LinearShift shift = linear_shift(some_rows(rows.fitted, kLinearRows), column);
    LinkReport report{LinkForm::residual, kMissing, kMissing, kMissing};

    const auto network_of = [&](const LinkRun<T>& run) {
      return link_of(NetworkLink(shift, ChainModel(run.model)));
    };
    const RowBlock alone = residual_block(rows.fitted, shift, column, false);
    const RowBlock alone_out = residual_block(rows.held_out, shift, column, false);
    LinkRun<T> residual = make_run<T>(options_, 0, alone, alone_out, seed);
    train(residual, workspace, alone, {});
    ChainLink best = network_of(residual);
    Judgement judged = judge.of(best);
    report.residual = judged.mean;
    const auto consider = [&](const ChainLink& link, LinkForm form, double& mean) {
      const Judgement other = judge.of(link);
      mean = other.mean;
      if (!judge.is_better(other, judged)) return;
      best = link;
      judged = other;
      report.form = form;
    };
    if (chains != nullptr) {
      consider(link_of(LinearLink{chains, column}), LinkForm::linear, report.linear);
    }
    if (column > 0) {
      const RowBlock block = residual_block(rows.fitted, shift, column, true);
      const RowBlock out = residual_block(rows.held_out, shift, column, true);
      auto* stopped = std::get_if<LinkRun<T>>(&stopped_);
      LinkRun<T> run = stopped != nullptr ? std::move(*stopped)
                                          : make_run<T>(options_, column, block, out, seed);
      stopped_ = std::monostate();
      LinkProgress progress{callbacks, links() * options_.steps, variables() * options_.steps};
      Callbacks of_link;
      if (callbacks.progress != nullptr) of_link.progress = &LinkProgress::report;
      of_link.context = &progress;
      if (!train(run, workspace, block, of_link)) {
        stopped_ = std::move(run);
        return false;
      }
      consider(network_of(run), LinkForm::network, report.network);
    }
    add(std::move(best), report);
  }
  return true;
}

bool ChainFit::fit(Workspace& workspace, const double* x, const double* weights, std::int64_t count,
                   const Callbacks& callbacks) {
  const ChainRows rows(x, weights, count, variables(), conditions_, options_.validation_share,
                       options_.seed);
  return options_.is_float ? fit_all<float>(workspace, rows, callbacks)
                           : fit_all<double>(workspace, rows, callbacks);
}

}  // namespace finn::net
