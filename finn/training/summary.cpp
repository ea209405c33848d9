#include "finn/training/summary.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "core/shape.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/interval_loss.hpp"
#include "finn/training/known_rows.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/loss_trend.hpp"
#include "finn/training/validation.hpp"

namespace finn::net {
namespace {

// f is only the floor where what the network adds is less than this share of it.
constexpr double kOnlyFloor = 0.01;
// An integral is far from its bound when it lies away from it by more than this share of it.
constexpr double kFar = 0.5;

// The model with the same parameters and no uniform share; none where it has none anyway.
template <class T>
std::optional<Model<T>> without_floor(const Model<T>& model, CornerScratch& scratch) {
  if (model.constraint().uniform_share == 0) return std::nullopt;
  ModelSettings settings = settings_of(model);
  settings.constraint.uniform_share = 0;
  std::optional<Model<T>> bare(std::in_place, settings);
  std::copy_n(model.parameters(), model.parameter_count(), bare->mutable_parameters());
  bare->update(scratch);
  return bare;
}

// Counts rows, and among them those where f of some output is only the floor, or 0 where there is
// none. f = (1 - q) g + floor, with the uniform share q and g the f of the model without it: that
// holds in every domain and with every condition.
template <class T>
class FloorCount {
 public:
  FloorCount(const Model<T>& model, Workspace& workspace, Loss loss)
      : model_(model),
        workspace_(workspace),
        loss_(loss),
        bare_(without_floor(model, workspace.corners())) {}

  void add(const RowBlock& rows, Summary& summary) const {
    if (rows.count == 0) return;
    const std::vector<double> f = values_of(model_, rows);
    const std::vector<double> g = bare_ ? values_of(*bare_, rows) : f;
    const auto m = static_cast<std::size_t>(model_.outputs());
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows.count); ++row) {
      if (!rows.weights.empty() && rows.weights[row] == 0) continue;
      ++summary.rows_looked_at;
      bool is_at_floor = false;
      for (std::size_t k = row * m; k < (row + 1) * m; ++k) is_at_floor |= is_floor(f[k], g[k]);
      summary.rows_at_floor += is_at_floor ? 1 : 0;
    }
  }

 private:
  // f at the rows, in a unit in which it is no matter how large the box is, or their masses: only
  // ratios are asked.
  std::vector<double> values_of(const Model<T>& model, const RowBlock& rows) const {
    if (loss_ == Loss::interval_likelihood) {
      IntervalLoss<T> intervals;
      intervals.begin(model, workspace_.corners());
      return intervals.masses(model, workspace_, rows);
    }
    std::vector<double> f(
        static_cast<std::size_t>(core::checked_product(rows.count, model.outputs())));
    std::vector<double> log_units(static_cast<std::size_t>(rows.count));
    counted_integrand(model, workspace_, rows.x.data(), rows.count, f.data(), log_units.data());
    return f;
  }

  bool is_floor(double f, double g) const {
    const double own = (1 - model_.constraint().uniform_share) * g;
    return own <= kOnlyFloor * (f - own);
  }

  const Model<T>& model_;
  Workspace& workspace_;
  Loss loss_;
  std::optional<Model<T>> bare_;
};

template <class T>
void look_at_rows(const Trainer<T>& trainer, const Model<T>& model, Workspace& workspace,
                  Summary& summary) {
  const Loss loss = trainer.options().loss.kind;
  if (!needs_density(loss)) return;
  const int targets = target_columns(loss, model.variables(), model.outputs());
  const FloorCount<T> count(model, workspace, loss);
  count.add(trainer.known_rows(), summary);
  const RowBlock& held = trainer.state().validation.rows;
  ArrayRows source({held.x.data(), held.targets(), held.count, held.row_weights()}, model.columns(),
                   targets);
  count.add(known_rows(source, RowOrder(held.count), model.columns(), targets), summary);
}

// How far the integral of an output lies from its bound, as a share of that; 0 where a bound on one
// side is not what it has, or is 0, of which nothing is a share.
template <class T>
double distance_from_bound(const Model<T>& model, int output) {
  const Constraint& constraint = model.constraint();
  const bool is_one_sided =
      constraint.bound == Bound::at_most || constraint.bound == Bound::at_least;
  if (!is_one_sided) return 0;
  const double bound = constraint.target[static_cast<std::size_t>(output)];
  if (bound == 0) return 0;
  return std::fabs((model.domain_integral(output).value - bound) / bound);
}

// Of the output that is farthest from its bound.
template <class T>
void look_at_integral(const Model<T>& model, Summary& summary) {
  if (model.normalises_per_sample()) return;
  double farthest = 0;
  for (int j = 0; j < model.outputs(); ++j) {
    const double distance = distance_from_bound(model, j);
    if (distance <= farthest) continue;
    farthest = distance;
    summary.output = j;
  }
  summary.integral = model.domain_integral(summary.output).value;
  if (model.constraint().bound == Bound::at_most || model.constraint().bound == Bound::at_least) {
    summary.bound = model.constraint().target[static_cast<std::size_t>(summary.output)];
  }
  if (farthest > kFar) summary.warnings |= kFarFromBound;
}

template <class T>
bool has_standards(const Model<T>& model) {
  const T* section = model.parameters() + model.layout().standards();
  return std::any_of(section, section + model.layout().of_standards.count(),
                     [](T number) { return number != 0; });
}

// The best check was in the first half of the run and the last one worse by more than next to
// nothing, while the rows trained on gained since: where they lose too, the run does something
// else than to learn them by heart.
template <class T>
bool is_overfitted(const Trainer<T>& trainer) {
  const Validation<T>& validation = trainer.state().validation;
  const std::span<const double> losses = trainer.history();
  if (validation.best_step == 0 || 2 * validation.best_step >= trainer.steps()) return false;
  const double then = smoothed_end(losses.first(static_cast<std::size_t>(validation.best_step)));
  if (then <= smoothed_end(losses)) return false;
  return !(validation.loss - validation.best_loss <= kLeastShare * gain_of(losses));
}

template <class T>
void look_at_losses(const Trainer<T>& trainer, Summary& summary) {
  const TrainerState<T>& state = trainer.state();
  summary.steps = trainer.steps();
  if (!trainer.history().empty()) summary.loss = trainer.history().back();
  summary.smoothed_loss = smoothed_end(trainer.history());
  summary.validation_loss = state.validation.loss;
  summary.best_loss = state.validation.best_loss;
  summary.best_step = state.validation.best_step;
  if (is_overfitted(trainer)) {
    summary.warnings |= kOverfitted;
  } else if (state.outcome == Outcome::steps_done && still_falls(trainer.history())) {
    summary.warnings |= kStillFalling;
  }
}

}  // namespace

template <class T>
Summary summary_of(const Trainer<T>& trainer, const Model<T>& model, Workspace& workspace) {
  Summary summary;
  look_at_losses(trainer, summary);
  summary.rows = static_cast<std::int64_t>(trainer.state().order.rows.size());
  summary.validation_rows = trainer.state().validation.rows.count;
  summary.uniform_share = model.constraint().uniform_share;
  summary.has_standards = has_standards(model);
  look_at_integral(model, summary);
  look_at_rows(trainer, model, workspace, summary);
  if (summary.rows_at_floor > 0) summary.warnings |= kRowsAtFloor;
  return summary;
}

template Summary summary_of(const Trainer<float>&, const Model<float>&, Workspace&);
template Summary summary_of(const Trainer<double>&, const Model<double>&, Workspace&);

}  // namespace finn::net
