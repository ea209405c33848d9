// The gradient of a loss of f: forward, loss and reverse, tile by tile, then through the integrals.
//
// f = s f' + sum_k lambda_k h_k, where s and lambda depend on the parameters through integrals over
// the domain. On the tape of a tile they are parameters of their own; what the sweeps collect for
// them is pulled back through F at the corners by the normaliser. Where every sample has an
// integral of its own, all of that is on the tape.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/parallel.hpp"
#include "core/shape.hpp"
#include "core/tape.hpp"
#include "core/tensor.hpp"
#include "core/tile.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/constrained_partial.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/evaluation/slot_layout.hpp"
#include "finn/evaluation/sweep_loss.hpp"
#include "finn/evaluation/tile_rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"

namespace finn::net {

// Forward, loss and reverse on one tile; the gradient is added to slot. Returns the tile's loss.
template <class T, class U, class TileLoss>
double backpropagate_tile(const Model<T>& model, const Batch<U>& batch, const core::Tile& tile,
                          core::Tape<T>& tape, T* slot, TileLoss&& loss) {
  const std::int64_t at = tile.first * model.columns();
  tape.begin(tile.samples, core::Mode::record);
  const UnitOfF unit = batch.log_units == nullptr ? UnitOfF::of_box : UnitOfF::own;
  const Orders orders = batch.directions.within(model.variables());
  const PointsOf points = batch.is_in_box ? PointsOf::box : PointsOf::domain;
  const TileRows<T, U> rows(model, tape, orders, batch.x + at, unit, points);
  if (unit == UnitOfF::own) rows.write_log_units(batch.log_units + tile.first);
  const core::Jet<T> f = constrained_partial(model, tape, rows, slot, tile.first);
  const SweptLoss<T> swept = sweep_loss(tape, f, rows.mapped(), batch, tile, loss);
  if (batch.x_adjoint != nullptr) rows.scatter_adjoint(swept.weights, batch.x_adjoint + at);
  return swept.value;
}

// total += the slots of a wave in the order of their tiles, in stretches of parameters.
template <class T>
void add_slots(core::Team& team, int threads, const T* slots, std::int64_t tiles,
               std::int64_t length, T* total) {
  constexpr std::int64_t stretch = 2048;
  core::parallel_for(team, threads, (length + stretch - 1) / stretch, [&](int, std::int64_t piece) {
    const std::int64_t begin = piece * stretch;
    const std::int64_t end = std::min(length, begin + stretch);
    for (std::int64_t t = 0; t < tiles; ++t) {
      for (std::int64_t i = begin; i < end; ++i) total[i] += slots[t * length + i];
    }
  });
}

// Adds what reaches the weights, and tau, through integrals: by way of s and lambda, and where the
// loss depends on the integral of each output over the domain with this adjoint.
template <class T>
void add_integral_adjoint(const Model<T>& model, Workspace& workspace, double loss_adjoint,
                          T* total) {
  if (model.normalises_per_sample()) return;  // it was on the tapes
  if (model.normaliser().is_identity() && loss_adjoint == 0) return;
  const SlotLayout layout = slot_layout(model);
  core::Tensor<double>& adjoint = workspace.corner_adjoint();
  if (adjoint.size() != layout.length()) {
    adjoint = core::Tensor<double>(core::Shape{layout.length()});
  }
  adjoint.fill(0);
  std::copy(total + layout.scale(), total + layout.length(), adjoint.data() + layout.scale());
  double* tau = model.learns_integral() ? adjoint.data() + model.layout().tau() : nullptr;
  const NormalisationAdjoint numbers{adjoint.data() + layout.scale(),
                                     adjoint.data() + layout.coefficients(), loss_adjoint, tau};
  model.normaliser().pull_back(model.antiderivative(), model.normalisation(), numbers,
                               workspace.corners(), adjoint.data());
  for (int j = 0; tau != nullptr && j < model.outputs(); ++j) tau[j] *= model.tau_unit(j);
  for (std::int64_t i = 0; i < layout.parameters; ++i) total[i] += static_cast<T>(adjoint[i]);
}

// Sizes the slots for a model, and the sum of them, which is set to 0: the beginning of a gradient,
// to which batches are added. Fails with ERROR_INTEGRAL where f cannot be normalised.
template <class T>
void begin_gradient(const Model<T>& model, Workspace& workspace) {
  if (!model.normalises_per_sample()) model.normalisation();
  const std::int64_t length = slot_layout(model).length();
  Scratch<T>& scratch = workspace.scratch<T>();
  if (scratch.total.size() != length) {
    scratch.slots = core::Tensor<T>(core::Shape{kWaveTiles, length});
    scratch.total = core::Tensor<T>(core::Shape{length});
  }
  scratch.total.fill(0);
}

// How the rows of a gradient are cut, where the jets of the network have so many directions.
template <class T>
core::Tiling<T> gradient_tiles(const Model<T>& model, std::int64_t rows, int directions) {
  return {rows, model.network().jet_variables(directions)};
}
template <class T>
core::Tiling<T> gradient_tiles(const Model<T>& model, std::int64_t rows) {
  return gradient_tiles(model, rows, model.variables());
}

// Runs of_tile(tile, tape, slot) on every tile, which begins the tape, sweeps it, adds the gradient
// to slot and returns the tile's loss. Adds to a gradient that has begun and returns the sum of the
// losses; both are the same bits for every number of threads.
template <class T, class OfTile>
double add_tiles(const Model<T>& model, Workspace& workspace, const core::Tiling<T>& tiles,
                 OfTile&& of_tile) {
  const std::int64_t length = slot_layout(model).length();
  Scratch<T>& scratch = workspace.scratch<T>();
  double loss_sum = 0;
  const int team = workspace.team_size(std::min<std::int64_t>(kWaveTiles, tiles.count()));
  auto& tapes = workspace.tapes<T>();
  for (std::int64_t first = 0; first < tiles.count(); first += kWaveTiles) {
    const std::int64_t wave = std::min<std::int64_t>(kWaveTiles, tiles.count() - first);
    core::parallel_for(workspace.team(), team, wave, [&](int thread, std::int64_t i) {
      T* slot = scratch.slots.data() + i * length;
      std::fill_n(slot, length, T(0));
      scratch.slot_loss[i] =
          of_tile(tiles[first + i], tapes[static_cast<std::size_t>(thread)], slot);
    });
    add_slots(workspace.team(), team, scratch.slots.data(), wave, length, scratch.total.data());
    for (std::int64_t i = 0; i < wave; ++i) loss_sum += scratch.slot_loss[i];
  }
  workspace.level_tapes<T>();
  return loss_sum;
}

// The gradient that has begun, once all batches are added. integral_adjoint is the derivative of
// the loss with respect to the integral of an output over the domain, where it has one.
template <class T>
Gradient<T> end_gradient(const Model<T>& model, Workspace& workspace, double loss,
                         double integral_adjoint = 0) {
  Scratch<T>& scratch = workspace.scratch<T>();
  add_integral_adjoint(model, workspace, integral_adjoint, scratch.total.data());
  model.pull_back(scratch.total.data());
  return {loss, scratch.total.data(), model.parameter_count()};
}

// Adds the tiles of a batch to a gradient that has begun: loss(tape, f, tile) records what follows
// f, seeds the adjoints and returns the tile's loss. Returns the sum of these.
template <class T, class U, class TileLoss>
double add_batch(const Model<T>& model, Workspace& workspace, const Batch<U>& batch,
                 TileLoss&& loss) {
  const int directions = batch.directions.within(model.variables()).total();
  const auto of_tile = [&](const core::Tile& tile, core::Tape<T>& tape, T* slot) {
    return backpropagate_tile(model, batch, tile, tape, slot, loss);
  };
  return add_tiles(model, workspace,
                   gradient_tiles(model, batch.size, std::max(model.variables(), directions)),
                   of_tile);
}

// The sum of the losses of the tiles of a batch with its gradient.
template <class T, class U, class TileLoss>
Gradient<T> backpropagate(const Model<T>& model, Workspace& workspace, const Batch<U>& batch,
                          TileLoss&& loss, double integral_adjoint = 0) {
  begin_gradient(model, workspace);
  const double sum = add_batch(model, workspace, batch, loss);
  return end_gradient(model, workspace, sum, integral_adjoint);
}

// What follows f where the derivatives of a loss by it are known: adjoint [size][outputs] of the
// batch. The loss itself is not.
template <class U>
class KnownAdjoint {
 public:
  explicit KnownAdjoint(const U* adjoint) : adjoint_(adjoint) {}

  template <class T>
  double operator()(core::Tape<T>&, const core::Jet<T>& f, const core::Tile& tile) const {
    for (std::int64_t j = 0; j < f.features; ++j) {
      for (std::int64_t i = 0; i < tile.samples; ++i) {
        const U of_row = adjoint_[(tile.first + i) * f.features + j];
        f.adjoint_row(0, static_cast<int>(j))[i] = static_cast<T>(of_row);
      }
    }
    return 0;
  }

 private:
  const U* adjoint_;
};

}  // namespace finn::net
