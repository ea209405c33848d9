#include "finn/training/trainer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cinttypes>
#include <cmath>

#include "core/error.hpp"
#include "finn/data/check_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/optimisers/step_unit.hpp"
#include "finn/training/defined_loss.hpp"
#include "finn/training/first_fit.hpp"
#include "finn/training/first_rows.hpp"
#include "finn/training/known_rows.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/parameter_average.hpp"
#include "finn/training/samples.hpp"
#include "finn/training/step_objective.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

template <class T>
Trainer<T>::Trainer(const Model<T>& model, const TrainingOptions& options)
    : Trainer(model, options, first_state<T>(options, model.layout().trained_count())) {}

template <class T>
Trainer<T>::Trainer(const Model<T>& model, const TrainingOptions& options, TrainerState<T> state)
    : options_(options), facts_(facts_of(model)), state_(std::move(state)) {
  require_loss(options.loss, model);
  constexpr std::int64_t reserved = 1 << 20;  // longer runs grow their history as they go
  state_.history.reserve(static_cast<std::size_t>(std::min(options.steps, reserved)));
}

template <class T>
void Trainer<T>::require_model(const Model<T>& model) const {
  require_same_facts(facts_, facts_of(model), "trainer");
}

template <class T>
void Trainer<T>::begin(Model<T>& model, Workspace& workspace, const Callbacks& callbacks) {
  require_model(model);
  if (options_.loss.kind == Loss::custom && callbacks.loss == nullptr) {
    fail(Status::ERROR_NULL, "loss: the options name a custom loss, but none is set");
  }
  // Takes the memory that every step needs after it has changed the parameters: once they are
  // changed, nothing may fail.
  model.update(workspace.corners());
  units_.begin(model);
  if (auto* lbfgs = std::get_if<Lbfgs<T>>(&state_.optimiser)) lbfgs->forget_point();
}

template <class T>
void Trainer<T>::begin_batch(const Model<T>& model, std::int64_t batch, bool has_targets,
                             bool has_weights) {
  RowBlock& block = state_.batch;
  if (keeps_batch() && block.count != batch) {
    fail(Status::ERROR_SIZE, "rows: a batch of %" PRId64 ", but L-BFGS began with one of %" PRId64,
         batch, block.count);
  }
  if (!keeps_batch()) {
    block.resize(batch, model.columns(), targets(model), has_targets, has_weights);
  }
}

template <class T>
void Trainer<T>::begin_loss(const Model<T>& model, CornerScratch& scratch, double events) {
  const double given = options_.loss.poisson_events;
  loss_.begin(options_.loss, given > 0 ? given : events, state_.batch.count,
              state_.validation.rows.count, model.outputs());
  loss_.begin_intervals(model, scratch);
}

// Whether the rows of the first step shall say what the model begins with.
template <class T>
bool Trainer<T>::begins_fresh(const Model<T>& model) const {
  return options_.standardise && steps() == 0 && model.seed().has_value();
}

template <class T>
bool Trainer<T>::has_prior() const {
  return needs_density(options_.loss.kind) && options_.optimiser.kind != OptimiserKind::lbfgs &&
         options_.width_prior > 0;
}

template <class T>
int Trainer<T>::targets(const Model<T>& model) const {
  return target_columns(options_.loss.kind, model.variables(), model.outputs());
}

template <class T>
void Trainer<T>::begin_prior(const Model<T>& model, RowSource& rows, std::int64_t count) {
  prior_.begin(model, rows, count, has_prior() ? options_.width_prior : 0);
  noise_.begin(model, rows, count, has_prior() ? options_.width_prior : 0);
}

template <class T>
bool Trainer<T>::keeps_batch() const {
  return options_.optimiser.kind == OptimiserKind::lbfgs && steps() > 0;
}

// Of a data set that the trainer has not begun with; none when there are validation rows already.
template <class T>
std::int64_t Trainer<T>::rows_to_hold_out(const Model<T>& model, std::int64_t rows) const {
  if (!state_.validation.is_empty()) return 0;
  return net::rows_to_hold_out(options_, model.conditioning().conditions() > 0, rows);
}

// Weights count by their ratios: their size is that of their mean, so that neither the optimiser
// nor the range of numbers sees it. A Poisson process alone has one by itself: a row of weight 2
// stands for two events.
template <class T>
double Trainer<T>::weight_unit(const RowSource& rows) const {
  if (options_.loss.kind == Loss::poisson_process) return 1;
  const double unit = rows.mean_weight();
  if (unit > 0) return unit;
  fail(Status::ERROR_ARGUMENT, "weights: of mean %g given, a mean above 0 expected", unit);
}

template <class T>
void Trainer<T>::hold_out(const Model<T>& model, RowSource& rows, RowOrder& order) {
  const std::int64_t count = rows_to_hold_out(model, rows.count());
  if (count == 0) return;
  const std::vector<std::int64_t> taken = order.split_off(count, options_.seed);
  state_.validation.hold(read_rows(rows, taken, model.columns(), targets(model), weight_unit(rows)),
                         model.parameter_count());
}

template <class T>
void Trainer<T>::begin_rows(const Model<T>& model, RowSource& rows) {
  if (state_.order.total != 0) {
    if (state_.order.total == rows.count()) return;
    fail(Status::ERROR_SIZE, "rows: %" PRId64 " given, but the trainer began with %" PRId64,
         rows.count(), state_.order.total);
  }
  RowOrder order(rows.count());
  hold_out(model, rows, order);
  state_.order = std::move(order);
}

template <class T>
void Trainer<T>::next_rows(const Model<T>& model, RowSource& rows, double weight_unit) {
  RowBlock& block = state_.batch;
  for (std::int64_t i = 0; i < block.count; ++i) {
    const std::int64_t row = state_.order.take(state_.random);
    block.read(rows, row, i, model.columns(), targets(model), weight_unit);
    double* x = block.x.data() + i * model.columns();
    if (intervals_.is_one()) {
      if (!has_prior()) continue;
      intervals_.move(model, noise_, state_.random, x, block.y.data() + i * model.variables());
    } else {
      noise_.move(model, state_.random, x);
    }
  }
}

template <class T>
void Trainer<T>::next_samples(const Model<T>& model, const Callbacks& callbacks) {
  RowBlock& block = state_.batch;
  draw_samples(model, state_.random, block.x);
  if (!callbacks.sample(steps(), block.count, block.x.data(), block.targets(), callbacks.context)) {
    fail(Status::ERROR_CALLBACK, "sampler: reported an error in step %" PRId64, steps() + 1);
  }
  RowRules rules{model.columns(), model.positive_columns()};
  if (!intervals_.is_one()) {
    require_samples(rules, block.x, "x", steps() + 1);
    require_samples({model.outputs()}, block.y, "y", steps() + 1);
    return;
  }
  rules.ends = model.variables();
  require_samples(rules, block.x, "x", steps() + 1);
  require_intervals(intervals_.reader(), rules, block.x, block.y, "x and y", steps() + 1);
}

// Scales the gradient down to the largest norm allowed.
template <class T>
void Trainer<T>::clip(T* gradient, std::int64_t length) const {
  if (options_.gradient_clip == 0) return;
  const double norm = std::sqrt(ops::kernels<T>().dot(gradient, gradient, length));
  if (norm <= options_.gradient_clip) return;
  const auto factor = static_cast<T>(options_.gradient_clip / norm);
  for (std::int64_t i = 0; i < length; ++i) gradient[i] *= factor;
}

template <class T>
double Trainer<T>::lbfgs_step(Lbfgs<T>& optimiser, StepObjective<T>& objective) {
  double loss = 0;
  Convergence convergence = Convergence::none;
  try {
    convergence = optimiser.step(objective, loss);
  } catch (...) {
    objective.update();
    throw;
  }
  objective.update();
  if (!std::isfinite(loss)) loss = objective.finite_gradient().loss;
  if (convergence == Convergence::converged) state_.outcome = Outcome::converged;
  if (convergence == Convergence::stalled) state_.outcome = Outcome::stalled;
  return loss;
}

// Returns the loss at the start of the step.
template <class T>
double Trainer<T>::step(const Model<T>& model, StepObjective<T>& objective, double rate) {
  Optimiser<T>& optimiser = state_.optimiser;
  if (auto* lbfgs = std::get_if<Lbfgs<T>>(&optimiser)) return lbfgs_step(*lbfgs, objective);
  const Gradient<T> here = objective.finite_gradient();
  prior_.add_gradient(model, here.values);
  T* parameters = objective.parameters();
  const T* units = units_.of(model);
  guard_.remember(optimiser, parameters);
  std::visit(
      [&](auto& typed) {
        count_in_units(units, typed.size(), here.values);
        clip(here.values, typed.size());
        if constexpr (!std::is_same_v<decltype(typed), Lbfgs<T>&>) {
          typed.step(rate, here.values, parameters, units);
        }
      },
      optimiser);
  guard_.require_finite(optimiser, parameters, steps() + 1);
  objective.update();
  return here.loss;
}

// Notes the loss of the validation rows at the parameters that the model has. True when patience is
// at its end.
template <class T>
bool Trainer<T>::check_validation(const Model<T>& model, Workspace& workspace,
                                  const Callbacks& callbacks) {
  Validation<T>& validation = state_.validation;
  const double loss = loss_.value(model, workspace, validation.rows, steps() - 1, callbacks);
  return validation.record(options_.validation, loss, steps(), model.parameters());
}

// Judges the mean of the parameters; in the end, where the rate is small and the mean of a short
// run may lag behind, also what they are, and tells the better of both losses.
template <class T>
bool Trainer<T>::check_mean(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
                            bool is_over) {
  bool is_patience_over = false;
  {
    const ExchangedParameters<T> exchanged(model, state_.validation.average, workspace.corners());
    is_patience_over = check_validation(model, workspace, callbacks);
  }
  if (is_over) {
    const double of_mean = state_.validation.loss;
    check_validation(model, workspace, callbacks);
    state_.validation.loss = std::fmin(state_.validation.loss, of_mean);
  }
  return is_patience_over;
}

// After a step: computes the validation loss when it is time, and ends the run with the parameters
// that were the best of all checks.
template <class T>
void Trainer<T>::finish_step(Model<T>& model, Workspace& workspace, const Callbacks& callbacks) {
  Validation<T>& validation = state_.validation;
  const bool is_over = steps() >= options_.steps || state_.outcome != Outcome::unfinished;
  if (!validation.is_empty() && (is_over || steps() % options_.validation.interval == 0)) {
    const bool is_patience_over = check_mean(model, workspace, callbacks, is_over);
    if (is_patience_over && !is_over) state_.outcome = Outcome::early_stopped;
  }
  if (state_.outcome == Outcome::unfinished && is_over) state_.outcome = Outcome::steps_done;
  if (state_.outcome == Outcome::unfinished || validation.best_step == 0) return;
  std::copy_n(validation.best_parameters.data(), model.parameter_count(),
              model.mutable_parameters());
  model.update(workspace.corners());
}

template <class T>
template <class NextBatch>
bool Trainer<T>::run(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
                     NextBatch&& next_batch) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<double>& history = state_.history;
  StepObjective<T> objective(model, workspace, loss_, state_.batch, callbacks);
  const bool wanders = options_.optimiser.kind != OptimiserKind::lbfgs;
  // Where a callback failed after the last step, only the end of it is left to do.
  if (steps() >= options_.steps && state_.outcome == Outcome::unfinished) {
    finish_step(model, workspace, callbacks);
  }
  while (state_.outcome == Outcome::unfinished) {
    if (history.size() == history.capacity()) history.reserve(2 * history.size());
    if (!keeps_batch()) next_batch();
    const double rate =
        learning_rate(options_.schedule, options_.learning_rate, steps(), options_.steps);
    objective.begin_step(steps());
    history.push_back(step(model, objective, rate));
    state_.validation.average.follow(model.parameters(), wanders ? steps() : 1);
    finish_step(model, workspace, callbacks);
    if (callbacks.progress == nullptr) continue;
    const Progress progress{steps(), options_.steps,       history.back(),
                            rate,    seconds_since(start), state_.validation.loss};
    if (!callbacks.progress(progress, callbacks.context)) return false;
  }
  return true;
}

// A run whose model begins with what these rows say; where its first step fails, the model is the
// fresh one that it was.
template <class T>
template <class Begin, class NextBatch>
bool Trainer<T>::run_first(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
                           const RowBlock& rows, double events, Begin&& begin,
                           NextBatch&& next_batch) {
  Model<T> fresh = model;
  first_fit(model, workspace, rows, options_.loss, events);
  try {
    begin();
    return run(model, workspace, callbacks, next_batch);
  } catch (...) {
    if (steps() == 0) model = std::move(fresh);
    throw;
  }
}

// How many rows of a data set are trained on.
template <class T>
std::int64_t Trainer<T>::training_rows(const Model<T>& model, const RowSource& rows) const {
  if (state_.order.total == rows.count())
    return static_cast<std::int64_t>(state_.order.rows.size());
  return rows.count() - rows_to_hold_out(model, rows.count());
}

template <class T>
bool Trainer<T>::fit(Model<T>& model, Workspace& workspace, RowSource& rows,
                     const Callbacks& callbacks) {
  begin(model, workspace, callbacks);
  const std::int64_t count = training_rows(model, rows);
  const bool takes_all = options_.optimiser.kind == OptimiserKind::lbfgs;
  const std::int64_t automatic = takes_all ? count : std::min(kDefaultBatch, count);
  const std::int64_t batch = options_.batch > 0 ? options_.batch : automatic;
  if (batch > count) {
    fail(Status::ERROR_ARGUMENT,
         "batch: %" PRId64 " given, at most the %" PRId64 " rows of the data expected", batch,
         count);
  }
  const double unit = weight_unit(rows);
  intervals_.begin(model, options_.loss.kind);
  begin_rows(model, rows);
  begin_batch(model, batch, rows.has_targets(), rows.has_weights());
  begin_loss(model, workspace.corners(), static_cast<double>(rows.count()));
  if (needs_density(options_.loss.kind)) {
    known_ = net::known_rows(rows, state_.order, model.columns(), targets(model));
  }
  const auto begin_with_prior = [&] {
    if (!intervals_.is_one()) return begin_prior(model, rows, count);
    const RowBlock points = intervals_.first_points(model, rows, state_.order, options_.seed);
    ArrayRows source({points.x.data(), nullptr, points.count}, model.columns(), model.outputs());
    begin_prior(model, source, counted_rows(rows, count));
  };
  const auto next = [&] { next_rows(model, rows, unit); };
  if (!begins_fresh(model)) {
    begin_with_prior();
    return run(model, workspace, callbacks, next);
  }
  const RowBlock some =
      intervals_.is_one()
          ? intervals_.first_points(model, rows, state_.order, options_.seed)
          : first_rows(rows, state_.order, options_.seed, model.columns(), model.outputs());
  const double events = loss_.events() * rows.mean_weight();
  return run_first(model, workspace, callbacks, some, events, begin_with_prior, next);
}

template <class T>
bool Trainer<T>::fit_sampler(Model<T>& model, Workspace& workspace, const Callbacks& callbacks) {
  begin(model, workspace, callbacks);
  if (options_.loss.kind == Loss::poisson_process && options_.loss.poisson_events == 0) {
    fail(Status::ERROR_ARGUMENT,
         "poisson_events: 0 given, the events of one realisation expected with a sampler");
  }
  begin_batch(model, options_.batch > 0 ? options_.batch : kDefaultBatch,
              takes_targets(options_.loss.kind), false);
  intervals_.begin(model, options_.loss.kind);
  begin_loss(model, workspace.corners(), 1);
  prior_.clear();
  noise_.clear();
  known_ = {};
  if (!begins_fresh(model)) {
    return run(model, workspace, callbacks, [&] { next_samples(model, callbacks); });
  }
  next_samples(model, callbacks);
  bool is_drawn = true;
  const RowBlock points =
      intervals_.is_one() ? intervals_.points_of(model, state_.batch) : RowBlock();
  return run_first(
      model, workspace, callbacks, intervals_.is_one() ? points : state_.batch, loss_.events(),
      [] {},
      [&] {
        if (!is_drawn) next_samples(model, callbacks);
        is_drawn = false;
      });
}

template <class T>
void Trainer<T>::set_validation(const Model<T>& model, const Rows& rows) {
  require_model(model);
  if (steps() > 0) {
    fail(Status::ERROR_ARGUMENT,
         "validation: rows given after %" PRId64 " steps, before the first expected", steps());
  }
  ArrayRows source(rows, model.columns(), targets(model));
  state_.validation.hold(read_rows(source, RowOrder(rows.count).rows, model.columns(),
                                   targets(model), weight_unit(source)),
                         model.parameter_count());
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace finn::net
