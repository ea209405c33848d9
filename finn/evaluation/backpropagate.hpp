// The gradient of a loss of f: forward, loss and reverse, tile by tile, then through the integral.
//
// f = scale f' + shift, where scale and shift depend on the parameters through the integral I over
// the domain. On the tape of a tile scale and shift are parameters of their own; what the sweeps
// collect for them becomes an adjoint of I, which is pulled back through F at the corners. So do
// the coefficients of a projection, which depend on several integrals.
#pragma once

#include <algorithm>
#include <optional>

#include "core/tile.hpp"
#include "finn/domains/domain_tile.hpp"
#include "finn/evaluation/conditioned_tile.hpp"
#include "finn/evaluation/projection_tile.hpp"
#include "finn/evaluation/sweep_loss.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/seed.hpp"
#include "ops/scale.hpp"

namespace finn::net {

// Where the pieces of a gradient lie in a slot: parameters, then scale and shift per output, then
// the coefficients [outputs][functions] of a projection.
struct SlotLayout {
  std::int64_t parameters;
  int outputs;
  int functions = 0;
  std::int64_t scale() const { return parameters; }
  std::int64_t shift() const { return parameters + outputs; }
  std::int64_t coefficients() const { return parameters + 2 * outputs; }
  std::int64_t length() const { return coefficients() + std::int64_t{1} * outputs * functions; }
};

template <class T>
SlotLayout slot_layout(const Model<T>& model) {
  const Projection* projection = model.projection();
  return {model.parameter_count(), model.outputs(),
          projection == nullptr ? 0 : projection->count()};
}

// The constraint on the tape of a tile.
template <class T>
struct ConstraintParameters {
  ops::ScaleParameters<T> output_map;
  ops::Layer<T> coefficients;  // of a projection: from its functions to the outputs
};

// map: scale, shift and coefficients; slot receives their adjoints.
template <class T>
ConstraintParameters<T> constraint_parameters(const SlotLayout& layout, const T* map, T* slot) {
  const T* coefficients = map + 2 * layout.outputs;
  return {{map, map + layout.outputs, slot + layout.scale(), slot + layout.shift()},
          {layout.functions, layout.outputs, coefficients, nullptr, slot + layout.coefficients(),
           nullptr}};
}

// Forward, loss and reverse on one tile; the gradient is added to slot. Returns the tile's loss.
template <class T, class U, class TileLoss>
double backpropagate_tile(const Model<T>& model, const ConstraintParameters<T>& constraint,
                          const Batch<U>& batch, const core::Tile& tile, core::Tape<T>& tape,
                          T* slot, TileLoss&& loss) {
  const int n = model.variables();
  const VariableSet all = all_variables(n);
  const U* rows = batch.x + tile.first * n;
  std::optional<DomainTile> mapped;
  if (model.domain() != nullptr) mapped.emplace(*model.domain(), all, rows, tile.samples);
  // Calls body with the points of the box of F.
  const auto with_points = [&](auto&& body) { return mapped ? body(mapped->u()) : body(rows); };
  tape.begin(tile.samples, core::Mode::record);
  const auto input = with_points(
      [&](const auto* points) { return seed(tape, model.coordinates(), n, all, points); });
  const auto partial = model.network().mixed_partial(tape, input, model.weights(), slot);
  auto f = ops::scale(tape, partial, constraint.output_map);
  core::Jet<T> functions;
  if (model.projection() != nullptr) {
    functions =
        with_points([&](const auto* points) { return projection_functions(tape, model, points); });
    f = ops::add(tape, f, ops::affine(tape, functions, constraint.coefficients));
  }
  const SweptLoss<T> swept = sweep_loss(tape, f, mapped ? &*mapped : nullptr, batch, tile, loss);
  if (batch.x_adjoint == nullptr) return swept.value;
  U* x_adjoint = batch.x_adjoint + tile.first * n;
  if (model.projection() != nullptr) {
    with_points([&](const auto* points) {
      add_projection_adjoint(model, functions, points, tile.samples, input);
    });
  }
  if (mapped) {
    mapped->scatter_adjoint(model.coordinates(), input, swept.weights, x_adjoint);
  } else {
    scatter_seed_adjoint(model.coordinates(), input, tile.samples, x_adjoint);
  }
  return swept.value;
}

// total += the slots of a wave in the order of their tiles, in stretches of parameters.
template <class T>
void add_slots(int threads, const T* slots, std::int64_t tiles, std::int64_t length, T* total) {
  constexpr std::int64_t stretch = 2048;
  core::parallel_for(threads, (length + stretch - 1) / stretch, [&](int, std::int64_t piece) {
    const std::int64_t begin = piece * stretch;
    const std::int64_t end = std::min(length, begin + stretch);
    for (std::int64_t t = 0; t < tiles; ++t) {
      for (std::int64_t i = begin; i < end; ++i) total[i] += slots[t * length + i];
    }
  });
}

// The adjoints of the integrals, of tau and of the weights through scale and shift, given what the
// tiles have collected; loss_adjoint is the derivative of the loss by the integral of each output.
template <class T>
void add_affine_adjoint(const Model<T>& model, Workspace& workspace, const SlotLayout& layout,
                        double loss_adjoint, const T* total, double* adjoint) {
  const OutputMap& map = model.output_map();
  double* integral_adjoint = adjoint + layout.parameters;
  for (int j = 0; j < layout.outputs; ++j) {
    const auto output = static_cast<std::size_t>(j);
    const auto of_scale = static_cast<double>(total[layout.scale() + j]);
    const auto of_shift = static_cast<double>(total[layout.shift() + j]);
    const Target integral = loss_adjoint == 0 ? Target{} : model.domain_integral(j);
    integral_adjoint[j] = of_scale * map.scale_slope[output] + of_shift * map.shift_slope[output] +
                          loss_adjoint * integral.by_integral;
    if (!model.learns_integral()) continue;
    adjoint[model.network().parameter_count() + j] = of_scale * map.scale_by_argument[output] +
                                                     of_shift * map.shift_by_argument[output] +
                                                     loss_adjoint * integral.by_argument;
  }
  add_corner_sum_adjoint(model.antiderivative(), model.box(), integral_adjoint, workspace.corners(),
                         adjoint);
}

// Adds what reaches the weights, and tau, through integrals: by way of the constraint, and where
// the loss depends on the integral of each output over the domain with this adjoint.
template <class T>
void add_integral_adjoint(const Model<T>& model, Workspace& workspace, const SlotLayout& layout,
                          double loss_adjoint, T* total) {
  if (model.conditioning().shape().is_by_sample()) return;  // it was on the tapes
  if (model.constraint().kind == ConstraintKind::none && loss_adjoint == 0) return;
  core::Tensor<double>& adjoint = workspace.corner_adjoint();
  if (adjoint.size() != layout.length()) {
    adjoint = core::Tensor<double>(core::Shape{layout.length()});
  }
  adjoint.fill(0);
  if (model.projection() != nullptr) {
    double* coefficients = adjoint.data() + layout.coefficients();
    std::copy(total + layout.coefficients(), total + layout.length(), coefficients);
    model.projection()->pull_back(model.antiderivative(), coefficients, workspace.corners(),
                                  adjoint.data());
  } else {
    add_affine_adjoint(model, workspace, layout, loss_adjoint, total, adjoint.data());
  }
  for (std::int64_t i = 0; i < layout.parameters; ++i) total[i] += static_cast<T>(adjoint[i]);
}

// Sizes the slots for a model and writes its scale and shift in the precision of the tape.
template <class T>
void prepare_slots(const Model<T>& model, const SlotLayout& layout, Scratch<T>& scratch) {
  const std::int64_t map_length = layout.length() - layout.parameters;
  if (scratch.total.size() != layout.length() || scratch.output_map.size() != map_length) {
    scratch.slots = core::Tensor<T>(core::Shape{kWaveTiles, layout.length()});
    scratch.total = core::Tensor<T>(core::Shape{layout.length()});
    scratch.output_map = core::Tensor<T>(core::Shape{map_length});
  }
  scratch.total.fill(0);
  if (model.conditioning().shape().is_by_sample()) return;
  const OutputMap& map = model.output_map();
  for (int j = 0; j < layout.outputs; ++j) {
    scratch.output_map[j] = static_cast<T>(map.scale[static_cast<std::size_t>(j)]);
    scratch.output_map[layout.outputs + j] = static_cast<T>(map.shift[static_cast<std::size_t>(j)]);
    if (layout.functions == 0) continue;
    std::transform(model.projection_coefficients(j),
                   model.projection_coefficients(j) + layout.functions,
                   &scratch.output_map[2 * layout.outputs + j * layout.functions],
                   [](double coefficient) { return static_cast<T>(coefficient); });
  }
}

// Runs loss(tape, f, tile) on every tile, which records what follows f, seeds the adjoints and
// returns the tile's loss. Returns the sum of the losses. The gradient [parameter_count] lies in
// workspace.scratch<T>().total until the workspace is used again. The result is the same bits for
// every number of threads. integral_adjoint is the derivative of the loss with respect to the
// integral of an output over the domain, where it has one.
template <class T, class U, class TileLoss>
double backpropagate(const Model<T>& model, Workspace& workspace, const Batch<U>& batch,
                     TileLoss&& loss, double integral_adjoint = 0) {
  const SlotLayout layout = slot_layout(model);
  const std::int64_t length = layout.length();
  Scratch<T>& scratch = workspace.scratch<T>();
  prepare_slots(model, layout, scratch);
  double loss_sum = 0;
  const core::Tiling<T> tiles(batch.size, model.network().jet_variables(model.variables()));
  const int team = workspace.team(std::min<std::int64_t>(kWaveTiles, tiles.count()));
  auto& tapes = workspace.tapes<T>();
  for (std::int64_t first = 0; first < tiles.count(); first += kWaveTiles) {
    const std::int64_t wave = std::min<std::int64_t>(kWaveTiles, tiles.count() - first);
    core::parallel_for(team, wave, [&](int thread, std::int64_t i) {
      T* slot = scratch.slots.data() + i * length;
      std::fill_n(slot, length, T(0));
      auto& tape = tapes[static_cast<std::size_t>(thread)];
      const core::Tile tile = tiles[first + i];
      const auto constraint = constraint_parameters(layout, scratch.output_map.data(), slot);
      scratch.slot_loss[i] =
          model.conditioning().shape().is_by_sample()
              ? backpropagate_conditioned_tile(model, batch, tile, tape, slot, loss)
              : backpropagate_tile(model, constraint, batch, tile, tape, slot, loss);
    });
    add_slots(team, scratch.slots.data(), wave, length, scratch.total.data());
    for (std::int64_t i = 0; i < wave; ++i) loss_sum += scratch.slot_loss[i];
  }
  workspace.level_tapes<T>();
  add_integral_adjoint(model, workspace, layout, integral_adjoint, scratch.total.data());
  model.pull_back(scratch.total.data());
  return loss_sum;
}

}  // namespace finn::net
