// Models with conditions, or with an epsilon of each sample: the partial of a tile, where every
// sample has weights and a normaliser of its own, and the gradient of a loss of f. All of it is on
// the tape, so that gradients flow through the normaliser by themselves.
#pragma once

#include "finn/conditioning/conditioned_mixture.hpp"
#include "finn/conditioning/conditioned_mlp.hpp"
#include "finn/constraints/lane_constraint.hpp"
#include "finn/evaluation/conditioned_rows.hpp"
#include "finn/evaluation/sweep_loss.hpp"

namespace finn::net {

// The integral of the network over the domain, [outputs].
template <class T>
LaneIntegral<T> lane_integral(const Model<T>& model, const ConditionedMlp<T>& network,
                              double* magnitude) {
  const double roundoff = 0.5 * static_cast<double>(std::numeric_limits<T>::epsilon());
  return {network.corner_sum(model.coordinates(), model.box(), magnitude), magnitude,
          corner_error_factor(model.network()) * roundoff};
}

template <class T>
LaneIntegral<T> lane_integral(const Model<T>& model, const ConditionedMixture<T>& network,
                              double* magnitude) {
  const core::Jet<T> value = network.integral(model.coordinates(), model.box());
  std::transform(value.value, value.value + value.size(), magnitude,
                 [](T term) { return static_cast<double>(term); });
  const double roundoff = 0.5 * static_cast<double>(std::numeric_limits<T>::epsilon());
  return {value, magnitude, mixture_error_factor(model.box()) * roundoff};
}

// prod over variables i outside of the subset of (x_i - lower_i), [samples].
template <class T>
ShiftFactors shift_factors(const Model<T>& model, core::Tape<T>& tape, VariableSet subset,
                           const double* points) {
  if (subset == all_variables(model.variables())) return nullptr;
  double* factors = tape.template array<double>(tape.samples());
  for (int sample = 0; sample < tape.samples(); ++sample) {
    factors[sample] = volume_partial(model.box(), subset, points + sample * model.variables(), 1);
  }
  return factors;
}

// The constrained partial of F over a subset, in the variables of the box, of a network with the
// weights of each lane.
template <class T, class Network>
core::Jet<T> constrained_partial(const Model<T>& model, core::Tape<T>& tape, VariableSet subset,
                                 const ConditionedRows<T>& rows, const Network& network,
                                 std::int64_t first) {
  const core::Jet<T> partial = network.mixed_partial(rows.points_seed());
  if (model.constraint().kind == ConstraintKind::none) return partial;
  double* magnitude = tape.template array<double>(partial.size());
  std::fill_n(magnitude, partial.size(), 0.0);
  return constrain_lanes(tape, model.constraint(), model.box().volume(), partial,
                         lane_integral(model, network, magnitude), rows.epsilon(),
                         shift_factors(model, tape, subset, rows.points()), first);
}

// The same of a model. slot receives the adjoints of the parameters, and is null when the tape does
// not record; `first` is the row of the batch where the tile begins.
template <class T>
core::Jet<T> conditioned_partial(const Model<T>& model, core::Tape<T>& tape, VariableSet subset,
                                 const ConditionedRows<T>& rows, T* slot, std::int64_t first) {
  const Conditioning& conditioning = model.conditioning();
  const std::int64_t network_parameters = model.network().parameter_count();
  T* conditioning_slot = slot == nullptr ? nullptr : slot + network_parameters;
  const core::Jet<T> changes = conditioning.changes_of(
      tape, rows.conditions(), model.parameters() + network_parameters, conditioning_slot);
  const bool is_free = conditioning.kind() == ConditioningKind::hypernetwork;
  LaneWeights<T> weights(tape, conditioning.kind(), is_free ? model.parameters() : model.weights(),
                         slot, changes);
  if (const Mlp* mlp = model.network().mlp(); mlp != nullptr) {
    const ConditionedMlp<T> network(*mlp, weights);
    return constrained_partial(model, tape, subset, rows, network, first);
  }
  const ConditionedMixture<T> network(*model.network().mixture(), weights);
  return constrained_partial(model, tape, subset, rows, network, first);
}

// The partial at one tile of rows [samples][columns], the first of which is row `first` of the
// batch. With a domain it is that in u, times the weight that belongs to the subset.
template <class T, class U>
core::Jet<T> partial_of_conditioned_tile(const Model<T>& model, core::Tape<T>& tape,
                                         VariableSet subset, const U* rows, std::int64_t first) {
  const ConditionedRows<T> given(model, tape, subset, rows);
  const auto partial =
      conditioned_partial(model, tape, subset, given, static_cast<T*>(nullptr), first);
  return given.mapped() == nullptr ? partial
                                   : ops::weigh(tape, partial, given.mapped()->weights(tape));
}

// As backpropagate_tile.
template <class T, class U, class TileLoss>
double backpropagate_conditioned_tile(const Model<T>& model, const Batch<U>& batch,
                                      const core::Tile& tile, core::Tape<T>& tape, T* slot,
                                      TileLoss&& loss) {
  const VariableSet all = all_variables(model.variables());
  tape.begin(tile.samples, core::Mode::record);
  const ConditionedRows<T> rows(model, tape, all, batch.x + tile.first * model.columns());
  const core::Jet<T> f = conditioned_partial(model, tape, all, rows, slot, tile.first);
  const SweptLoss<T> swept = sweep_loss(tape, f, rows.mapped(), batch, tile, loss);
  if (batch.x_adjoint != nullptr) {
    rows.scatter_adjoint(swept.weights, batch.x_adjoint + tile.first * model.columns());
  }
  return swept.value;
}

}  // namespace finn::net
