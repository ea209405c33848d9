// Training: mini-batches from a data set or a sampler, a loss, an optimiser, and the record of it
// all. docs/TRAINING.md.
//
// A trainer holds everything that a run needs to go on: moments, random numbers, the order of the
// rows, the step. So a run that is stopped by its callback and continued gives the same bits as
// one that was not, and one that goes on from a checkpoint (finn/training/checkpoint.hpp) does too.
#pragma once

#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/step_units.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/training/batch_loss.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/interval_fit.hpp"
#include "finn/training/model_facts.hpp"
#include "finn/training/row_noise.hpp"
#include "finn/training/step_guard.hpp"
#include "finn/training/training_options.hpp"
#include "finn/training/validation.hpp"
#include "finn/training/width_prior.hpp"

namespace finn::net {

// How a run stands, or ended.
enum class Outcome {
  unfinished,
  steps_done,
  early_stopped,  // patience at its end
  converged,      // L-BFGS: a tolerance is met
  stalled         // L-BFGS: rounding leaves no step that lowers the loss
};

// What changes from step to step, and what a checkpoint holds beside options and parameters.
template <class T>
struct TrainerState {
  Optimiser<T> optimiser;
  core::Random random;
  std::vector<double> history;  // the loss of every step
  RowOrder order;
  RowBlock batch;  // of the last step; L-BFGS keeps the first one
  Validation<T> validation;
  Outcome outcome = Outcome::unfinished;
};

// Of a run before its first step.
template <class T>
TrainerState<T> first_state(const TrainingOptions& options, std::int64_t length) {
  return {make_optimiser<T>(options.optimiser, length),
          core::Random(options.seed),
          {},
          {},
          {},
          {},
          Outcome::unfinished};
}

template <class T>
class StepObjective;

template <class T>
class Trainer {
 public:
  // Fails with ERROR_ARGUMENT when the loss of the options is not defined for the model.
  Trainer(const Model<T>& model, const TrainingOptions& options);
  // One that goes on from a state.
  Trainer(const Model<T>& model, const TrainingOptions& options, TrainerState<T> state);

  // Train until the run is over. Returns false when the progress callback stopped it.
  bool fit(Model<T>& model, Workspace& workspace, RowSource& rows, const Callbacks& callbacks);
  bool fit_sampler(Model<T>& model, Workspace& workspace, const Callbacks& callbacks);

  // The validation rows; they are copied. Before the first step only.
  void set_validation(const Model<T>& model, const Rows& rows);

  // Fails with ERROR_SIZE for another model than the one that it was made for, but for parameters:
  // network, region, coordinates, conditions and constraint have to be the same. So the loss, which
  // was checked against them, is defined for every model that it meets.
  void require_model(const Model<T>& model) const;

  std::int64_t steps() const noexcept { return static_cast<std::int64_t>(state_.history.size()); }
  const std::vector<double>& history() const noexcept { return state_.history; }
  const TrainingOptions& options() const noexcept { return options_; }
  const ModelFacts& facts() const noexcept { return facts_; }
  // Whether the next step takes the batch of the one before: L-BFGS needs one function for all.
  bool keeps_batch() const;
  const TrainerState<T>& state() const noexcept { return state_; }
  // Of the last fit to a data set by a log likelihood; no others are known, and a checkpoint has
  // none.
  const RowBlock& known_rows() const noexcept { return known_; }

 private:
  void begin(Model<T>& model, Workspace& workspace, const Callbacks& callbacks);
  void begin_batch(const Model<T>& model, std::int64_t batch, bool has_targets, bool has_weights);
  void begin_loss(const Model<T>& model, CornerScratch& scratch, double events);
  void begin_prior(const Model<T>& model, RowSource& rows, std::int64_t count);
  bool has_prior() const;
  int targets(const Model<T>& model) const;  // the numbers of a row of y
  bool begins_fresh(const Model<T>& model) const;
  // begin() is called once the rows have made the model what its first step begins with.
  template <class Begin, class NextBatch>
  bool run_first(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
                 const RowBlock& rows, double events, Begin&& begin, NextBatch&& next_batch);
  void begin_rows(const Model<T>& model, RowSource& rows);
  std::int64_t training_rows(const Model<T>& model, const RowSource& rows) const;
  std::int64_t rows_to_hold_out(const Model<T>& model, std::int64_t rows) const;
  void hold_out(const Model<T>& model, RowSource& rows, RowOrder& order);
  double weight_unit(const RowSource& rows) const;
  void next_rows(const Model<T>& model, RowSource& rows, double weight_unit);
  void next_samples(const Model<T>& model, const Callbacks& callbacks);
  double step(const Model<T>& model, StepObjective<T>& objective, double rate);
  double lbfgs_step(Lbfgs<T>& optimiser, StepObjective<T>& objective);
  void clip(T* gradient, std::int64_t length) const;
  bool check_validation(const Model<T>& model, Workspace& workspace, const Callbacks& callbacks);
  bool check_mean(Model<T>& model, Workspace& workspace, const Callbacks& callbacks, bool is_over);
  void finish_step(Model<T>& model, Workspace& workspace, const Callbacks& callbacks);
  template <class NextBatch>
  bool run(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
           NextBatch&& next_batch);

  TrainingOptions options_;
  ModelFacts facts_;  // of the models that it can train
  TrainerState<T> state_;
  BatchLoss<T> loss_;
  StepGuard<T> guard_;
  StepUnits<T> units_;
  WidthPrior<T> prior_;
  RowNoise<T> noise_;
  IntervalFit<T> intervals_;
  RowBlock known_;
};

extern template class Trainer<float>;
extern template class Trainer<double>;

}  // namespace finn::net
