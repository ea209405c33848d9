#include "finn/evaluation/integral_vjp.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/condition_rows.hpp"
#include "finn/evaluation/constrained_partial.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/networks/lane_integral.hpp"

namespace finn::net {
namespace {

using Conditions = ConditionRows<double, double>;

// Integrals of one model for the same rows.
class RowIntegrals {
 public:
  RowIntegrals(const Model<double>& model, const double* rows, std::int64_t count)
      : model_(model), rows_(rows), count_(count) {}

  int columns() const { return model_.columns() - model_.variables(); }
  const double* rows_of(const core::Tile& tile) const {
    return rows_ == nullptr ? nullptr : rows_ + tile.first * columns();
  }

  // That of each row of a tile, [outputs], on a tape that has begun.
  core::Jet<double> of_tile(core::Tape<double>& tape, const Conditions& rows,
                            const LaneRegion& region, double* slot, std::int64_t first) const {
    return constrained(
        model_, tape, rows, functions_over(tape, region), slot, first, [&](const auto& weights) {
          return model_.network().lane_integral(tape, model_.coordinates(), region, weights).value;
        });
  }

  // values [count][outputs].
  void evaluate(Workspace& workspace, const LaneRegion& region, double* values) const {
    const int directions = __builtin_popcountll(region.points);
    evaluate_tiles(model_, workspace, directions, count_, values,
                   [&](core::Tape<double>& tape, const core::Tile& tile) {
                     const Conditions rows(model_, tape, rows_of(tile), columns());
                     return of_tile(tape, rows, region, nullptr, tile.first);
                   });
  }

 private:
  // The integrals of the functions of the normaliser, the same in all lanes.
  core::Jet<double> functions_over(core::Tape<double>& tape, const LaneRegion& region) const {
    const Normaliser& normaliser = model_.normaliser();
    const core::Jet<double> functions = tape.value(normaliser.functions());
    double lambda[kMaxFunctions] = {};
    for (int k = 0; k < functions.features; ++k) {
      lambda[k] = 1;
      std::fill_n(functions.row(0, k), functions.lanes,
                  normaliser.integral(lambda, region.box, region.points));
      lambda[k] = 0;
    }
    return functions;
  }

  const Model<double>& model_;
  const double* rows_;
  std::int64_t count_;
};

}  // namespace

void integral_vjp(const Model<double>& model, Workspace& workspace, const Box& wanted,
                  const double* condition_rows, std::int64_t count, const double* value_adjoint,
                  const IntegralAdjoints& to) {
  const Box box = within_domain(model.domain(), wanted);
  const RowIntegrals integrals(model, condition_rows, count);
  const int m = model.outputs();
  const KnownAdjoint<double> seed(value_adjoint);
  const auto of_tile = [&](const core::Tile& tile, core::Tape<double>& tape, double* slot) {
    tape.begin(tile.samples, core::Mode::record);
    const Conditions rows(model, tape, integrals.rows_of(tile), integrals.columns());
    const core::Jet<double> value = integrals.of_tile(tape, rows, {box}, slot, tile.first);
    if (to.value != nullptr) {
      core::scatter(value.value, m, value.lanes, tile.samples, to.value + tile.first * m);
    }
    seed(tape, value, tile);
    tape.sweep();
    if (to.conditions != nullptr) {
      rows.scatter_adjoint(to.conditions + tile.first * integrals.columns(), integrals.columns());
    }
    return 0.0;
  };
  begin_gradient(model, workspace);
  const double none = add_tiles(model, workspace, gradient_tiles(model, count, 0), of_tile);
  const Gradient<double> gradient = end_gradient(model, workspace, none);
  std::copy_n(gradient.values, gradient.count, to.parameters);

  std::vector<double> values(static_cast<std::size_t>(count * m));
  const auto add_limits = [&](const std::array<double, kMaxBoxVariables>& limits,
                              const std::array<double, kMaxBoxVariables>& given, double sign,
                              double* adjoint) {
    for (int i = 0; adjoint != nullptr && i < model.variables(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      adjoint[i] = 0;
      if (limits[at] != given[at]) continue;
      Box side = box;
      side.lower[at] = limits[at];
      integrals.evaluate(workspace, {side, VariableSet{1} << i}, values.data());
      for (std::size_t k = 0; k < values.size(); ++k) {
        adjoint[i] += sign * value_adjoint[k] * values[k];
      }
    }
  };
  add_limits(box.lower, wanted.lower, -1, to.lower);
  add_limits(box.upper, wanted.upper, 1, to.upper);
}

}  // namespace finn::net
