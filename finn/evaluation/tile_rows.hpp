// The rows of a tile as a model takes them, x, then conditions, then targets: on the tape, and
// adjoints on the way back.
#pragma once

#include <optional>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain_tile.hpp"
#include "finn/domains/orders.hpp"
#include "finn/evaluation/condition_rows.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/seed.hpp"
#include "ops/seed.hpp"

namespace finn::net {

// In what f is counted: as a density of the variables of the box, or in the unit of the model, for
// log likelihoods.
enum class UnitOfF { of_box, own };

// Where rows have their points: in the domain of the model, or in its box of u.
enum class PointsOf { domain, box };

template <class T, class U>
class TileRows {
 public:
  // rows [samples][columns]; orders are those of the derivative to be taken, once in all variables
  // where f is counted in the unit of the model. All of it is written to the tape, whose tile has
  // begun; rows must live as long as the tile.
  TileRows(const Model<T>& model, core::Tape<T>& tape, const Orders& orders, const U* rows,
           UnitOfF unit = UnitOfF::of_box, PointsOf points = PointsOf::domain)
      : model_(model), orders_(orders), rows_(rows), samples_(tape.samples()) {
    const int n = model.variables();
    if (model.domain() != nullptr && points == PointsOf::domain) {
      mapped_.emplace(*model.domain(), orders.at_least(1), rows, samples_, model.columns());
      seed_ = net::seed(tape, model.coordinates(), n, orders, mapped_->u(), n);
    } else {
      seed_ = net::seed(tape, model.coordinates(), n, orders, rows, model.columns());
    }
    if (unit == UnitOfF::own) count_rates();
    behind_.emplace(model, tape, rows + n, model.columns());
    evaluate_functions(tape, unit);
  }

  const ops::Seed<T>& seed() const { return seed_; }
  // Conditions and targets.
  const ConditionRows<T, U>& behind() const { return *behind_; }
  const core::Jet<T>& functions() const { return functions_; }  // h_k of the normaliser
  // The points in the box of a domain, or null.
  const DomainTile* mapped() const { return mapped_ ? &*mapped_ : nullptr; }
  // Of f(x) = exp(log_units[sample]) f, where f is counted in the unit of the model; [samples].
  void write_log_units(double* log_units) const {
    const double of_box = model_.density_unit().log_value;
    for (int sample = 0; sample < samples_; ++sample) {
      log_units[sample] = of_box + (mapped_ ? mapped_->log_weights()[sample] : 0);
    }
  }

  // dLoss/d(x, c, target) after the sweep, into rows [samples][columns], where f is a density of
  // the box. weights are those by which f was multiplied, of a domain.
  void scatter_adjoint(const core::Jet<T>& weights, U* rows) const {
    add_function_adjoints();
    if (mapped_) {
      mapped_->scatter_adjoint(model_.coordinates(), seed_, weights, rows, model_.columns());
    } else {
      scatter_seed_adjoint(model_.coordinates(), seed_, samples_, rows, model_.columns());
    }
    behind_->scatter_adjoint(rows + model_.variables(), model_.columns());
  }

 private:
  void count_rates() {
    for (std::size_t j = 0; j < static_cast<std::size_t>(seed_.directions); ++j) {
      const auto variable = static_cast<std::size_t>(seed_.feature[j]);
      seed_.rate[j] = static_cast<T>(model_.density_unit().rate[variable]);
    }
  }

  void evaluate_functions(core::Tape<T>& tape, UnitOfF unit) {
    functions_ = tape.value(model_.normaliser().functions());
    if (functions_.features == 0) return;
    double point[kMaxBoxVariables], values[kMaxFunctions];
    for (int sample = 0; sample < samples_; ++sample) {
      copy_point(sample, point);
      model_.normaliser().partials(orders_, point, values);
      for (int k = 0; k < functions_.features; ++k) {
        const double value =
            unit == UnitOfF::own ? model_.density_unit().count(values[k]) : values[k];
        functions_.row(0, k)[sample] = static_cast<T>(value);
      }
    }
    for (int k = 0; k < functions_.features; ++k) {
      core::repeat_last_sample(functions_.row(0, k), functions_.lanes, samples_);
    }
  }

  // Adds dLoss/dx through the functions to the adjoints of the seed, which are those of the
  // coordinates of the network.
  void add_function_adjoints() const {
    for (int sample = 0; functions_.features > 0 && sample < samples_; ++sample) {
      double point[kMaxBoxVariables], adjoint[kMaxFunctions], slopes[kMaxBoxVariables] = {};
      copy_point(sample, point);
      for (int k = 0; k < functions_.features; ++k) {
        adjoint[k] = static_cast<double>(functions_.adjoint_row(0, k)[sample]);
      }
      model_.normaliser().add_slopes(orders_, point, adjoint, slopes);
      for (int i = 0; i < model_.variables(); ++i) {
        const double scale = model_.coordinates().scale[static_cast<std::size_t>(i)];
        seed_.x.adjoint_row(0, i)[sample] += static_cast<T>(slopes[i] / scale);
      }
    }
  }

  // The point of a sample in the box of F.
  void copy_point(int sample, double* point) const {
    for (int i = 0; i < model_.variables(); ++i) {
      point[i] = mapped_ ? mapped_->u()[sample * model_.variables() + i]
                         : static_cast<double>(row(sample)[i]);
    }
  }

  const U* row(std::int64_t sample) const { return rows_ + sample * model_.columns(); }

  const Model<T>& model_;
  const Orders orders_;
  const U* rows_;
  int samples_;
  std::optional<DomainTile> mapped_;
  ops::Seed<T> seed_;
  std::optional<ConditionRows<T, U>> behind_;
  core::Jet<T> functions_;
};

}  // namespace finn::net
