// The rows of a tile as a model with conditions takes them: x, then c, then epsilon; on the tape,
// and adjoints on the way back.
#pragma once

#include <algorithm>
#include <optional>

#include "finn/domains/domain_tile.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/seed.hpp"

namespace finn::net {

template <class T>
class ConditionedRows {
 public:
  // rows [samples][columns]; subset is that of the partial to be taken.
  template <class U>
  ConditionedRows(const Model<T>& model, core::Tape<T>& tape, VariableSet subset, const U* rows)
      : model_(model), samples_(tape.samples()) {
    const int n = model.variables();
    for (int sample = 0; sample < samples_; ++sample) {
      for (int i = 0; i < n; ++i) {
        x_[sample * n + i] = static_cast<double>(rows[sample * model.columns() + i]);
      }
    }
    if (model.domain() != nullptr) mapped_.emplace(*model.domain(), subset, x_, samples_);
    seed_ = seed(tape, model.coordinates(), n, subset, points());
    const Conditioning& conditioning = model.conditioning();
    if (conditioning.conditions() > 0) conditions_ = tape.value(conditioning.conditions());
    gather(tape, conditions_, rows + n,
           [&](int i, double c) { return conditioning.standard(i, c); });
    if (conditioning.shape().sample_epsilon) epsilon_ = tape.value(model.outputs());
    gather(tape, epsilon_, rows + n + conditions_.features,
           [](int, double value) { return value; });
  }

  const ops::Seed<T>& points_seed() const { return seed_; }
  // Points of the box, [samples][variables].
  const double* points() const { return mapped_ ? mapped_->u() : x_; }
  const core::Jet<T>& conditions() const { return conditions_; }  // standard
  const core::Jet<T>& epsilon() const { return epsilon_; }
  // Of a domain, or null.
  const DomainTile* mapped() const { return mapped_ ? &*mapped_ : nullptr; }

  // dLoss/d(x, c, epsilon) after the sweep, into rows [samples][columns]. weights are those by
  // which f was multiplied, of a domain.
  template <class U>
  void scatter_adjoint(const core::Jet<T>& weights, U* rows) const {
    const int n = model_.variables();
    double x_adjoint[kPoints * kMaxBoxVariables];
    if (mapped_) {
      mapped_->scatter_adjoint(model_.coordinates(), seed_, weights, x_adjoint);
    } else {
      scatter_seed_adjoint(model_.coordinates(), seed_, samples_, x_adjoint);
    }
    const Conditioning& conditioning = model_.conditioning();
    for (int sample = 0; sample < samples_; ++sample, rows += model_.columns()) {
      for (int i = 0; i < n; ++i) rows[i] = static_cast<U>(x_adjoint[sample * n + i]);
      for (int i = 0; i < conditions_.features; ++i) {
        rows[n + i] = static_cast<U>(conditioning.standard_scale(i) *
                                     static_cast<double>(conditions_.adjoint_row(0, i)[sample]));
      }
      for (int j = 0; j < epsilon_.features; ++j) {
        rows[n + conditions_.features + j] = static_cast<U>(epsilon_.adjoint_row(0, j)[sample]);
      }
    }
  }

 private:
  static constexpr int kPoints = core::kTileLanes<float>;

  // Columns of rows, each through a function, into a value; lanes past the last sample repeat it.
  template <class U, class Function>
  void gather(core::Tape<T>& tape, const core::Jet<T>& value, const U* rows,
              Function&& function) const {
    for (int i = 0; i < value.features; ++i) {
      for (int lane = 0; lane < value.lanes; ++lane) {
        const std::int64_t sample = std::min(lane, tape.samples() - 1);
        const auto given = static_cast<double>(rows[sample * model_.columns() + i]);
        value.row(0, i)[lane] = static_cast<T>(function(i, given));
      }
    }
  }

  const Model<T>& model_;
  int samples_;
  double x_[kPoints * kMaxBoxVariables];
  std::optional<DomainTile> mapped_;
  ops::Seed<T> seed_;
  core::Jet<T> conditions_, epsilon_;
};

}  // namespace finn::net
