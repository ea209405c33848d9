// f or any derivative or integral of F on the tape of a tile: the network with the weights that its
// samples have, then the constraint. Queries and gradients all come this way, so that f is the same
// number in each.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/conditioning/lane_weights.hpp"
#include "finn/constraints/lane_normaliser.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/evaluation/condition_rows.hpp"
#include "finn/evaluation/slot_layout.hpp"
#include "finn/evaluation/tile_rows.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/broadcast.hpp"
#include "ops/normalise.hpp"

namespace finn::net {

// s and lambda of a model whose samples share them; slot may be null.
template <class T>
ops::NormaliserParameters<T> normaliser_parameters(const Model<T>& model, T* slot) {
  const T* values = model.normalisation_values();
  if (slot == nullptr) return {values, values + model.outputs(), nullptr, nullptr};
  const SlotLayout layout = slot_layout(model);
  return {values, values + model.outputs(), slot + layout.scale(), slot + layout.coefficients()};
}

// The weights of each sample under its conditions.
template <class T>
LaneWeights<T> lane_weights(const Model<T>& model, core::Tape<T>& tape,
                            const core::Jet<T>& conditions, T* slot) {
  const Conditioning& conditioning = model.conditioning();
  const std::int64_t first = model.layout().conditioning();
  const core::Jet<T> deltas = conditioning.deltas_of(tape, conditions, model.parameters() + first,
                                                     slot == nullptr ? nullptr : slot + first);
  const Network& network = model.network();
  return {tape,
          conditioning.kind(),
          network.shape().positivity,
          network.blocks(),
          model.parameters(),
          model.weights(),
          slot,
          deltas,
          model.standards().unit.data()};
}

// tau or the target of each lane, [outputs]; without features where the target is that of the
// constraint.
template <class T>
core::Jet<T> lane_argument(const Model<T>& model, core::Tape<T>& tape, const core::Jet<T>& target,
                           T* slot) {
  if (!model.learns_integral()) return target;
  const std::int64_t first = model.layout().tau();
  T* adjoint = slot == nullptr ? nullptr : slot + first;
  return ops::broadcast(
      tape, ops::ParameterBlock<T>{model.parameters() + first, adjoint, model.outputs()});
}

// f' under the constraint, [outputs], of a tile whose first row is row `first` of the batch, where
// of_network(weights) is something linear in the F of the network, and functions what is the same
// of the antiderivatives of the functions of the normaliser. slot receives the adjoints of the
// parameters, of s and of lambda in the sweep, and is null when the tape does not record. Fails
// with ERROR_INTEGRAL, naming the row, where a sample cannot be normalised.
template <class T, class U, class OfNetwork>
core::Jet<T> constrained(const Model<T>& model, core::Tape<T>& tape,
                         const ConditionRows<T, U>& rows, const core::Jet<T>& functions, T* slot,
                         std::int64_t first, OfNetwork&& of_network) {
  const Network& network = model.network();
  const Normaliser& normaliser = model.normaliser();
  if (!model.normalises_per_sample()) {
    const core::Jet<T> partial = of_network(SharedWeights<T>(tape, model.weights(), slot));
    if (normaliser.is_identity()) return partial;
    return ops::normalise(tape, partial, functions, normaliser_parameters(model, slot));
  }
  const LaneWeights<T> weights = lane_weights(model, tape, rows.conditions(), slot);
  const core::Jet<T> partial = of_network(weights);
  if (normaliser.is_identity()) return partial;
  const auto integral = network.lane_integral(tape, model.coordinates(), {model.box()}, weights);
  const core::Jet<T> argument = lane_argument(model, tape, rows.target(), slot);
  const LaneNormalisation<T> numbers = lane_normalisation(tape, normaliser, integral, argument,
                                                          model.constraint().target.data(), first);
  return ops::normalise_lanes(tape, partial, functions, numbers.scale, numbers.coefficients);
}

// The derivative of F of the orders of these rows in the variables of the box, likewise.
template <class T, class U>
core::Jet<T> constrained_partial(const Model<T>& model, core::Tape<T>& tape,
                                 const TileRows<T, U>& rows, T* slot, std::int64_t first) {
  return constrained(
      model, tape, rows.behind(), rows.functions(), slot, first,
      [&](const auto& weights) { return model.network().mixed_partial(rows.seed(), weights); });
}

}  // namespace finn::net
