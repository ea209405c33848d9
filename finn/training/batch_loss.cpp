#include "finn/training/batch_loss.hpp"

#include <cinttypes>

#include "core/error.hpp"
#include "core/shape.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"

namespace finn::net {

template <class T>
void BatchLoss<T>::begin(const LossOptions& options, double events, std::int64_t batch,
                         std::int64_t validation_rows, int outputs) {
  options_ = options;
  events_ = events;
  const bool is_custom = options.kind == Loss::custom;
  const std::int64_t most_rows = std::max(batch, validation_rows);
  const std::int64_t rows = is_custom ? most_rows : validation_rows;
  f_.resize(static_cast<std::size_t>(core::checked_product(rows, outputs)));
  log_units_.resize(static_cast<std::size_t>(needs_density(options.kind) ? most_rows : 0));
  adjoint_.resize(is_custom ? static_cast<std::size_t>(core::checked_product(batch, outputs)) : 0);
}

template <class T>
void BatchLoss<T>::begin_intervals(const Model<T>& model, CornerScratch& scratch) {
  if (options_.kind == Loss::interval_likelihood) intervals_.begin(model, scratch);
}

template <class T>
void BatchLoss<T>::evaluate(const Model<T>& model, Workspace& workspace, const RowBlock& rows) {
  mixed_partial(model, workspace, directions_of(options_.of, model.variables()), rows.x.data(),
                rows.count, f_.data());
}

template <class T>
double BatchLoss<T>::custom_value(const RowBlock& rows, std::int64_t step, double* f_adjoint,
                                  const Callbacks& callbacks) const {
  const LossCall call{step, rows.count, rows.x.data(), rows.targets(), f_.data(), f_adjoint};
  double value = 0;
  if (!callbacks.loss(call, &value, callbacks.context)) {
    core::fail(core::Status::ERROR_CALLBACK, "loss: reported an error in step %" PRId64, step + 1);
  }
  return value;
}

template <class T>
Gradient<T> BatchLoss<T>::custom_gradient(const Model<T>& model, Workspace& workspace,
                                          const RowBlock& rows, std::int64_t step,
                                          const Callbacks& callbacks) {
  evaluate(model, workspace, rows);
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  const double value = custom_value(rows, step, adjoint_.data(), callbacks);
  Batch<double> batch{rows.x.data(), rows.count, nullptr, nullptr};
  batch.directions = directions_of(options_.of, model.variables());
  Gradient<T> gradient = backpropagate(model, workspace, batch, KnownAdjoint(adjoint_.data()));
  gradient.loss = value;
  return gradient;
}

// The derivative of the loss by the integral of one output.
template <class T>
double BatchLoss<T>::integral_adjoint(const Model<T>& model) const {
  return options_.kind == Loss::poisson_process ? 1 / (events_ * model.outputs()) : 0;
}

template <class T>
double BatchLoss<T>::integral_term(const Model<T>& model) const {
  if (options_.kind != Loss::poisson_process) return 0;
  double sum = 0;
  for (int j = 0; j < model.outputs(); ++j) sum += model.domain_integral(j).value;
  return integral_adjoint(model) * sum;
}

template <class T>
Gradient<T> BatchLoss<T>::gradient(const Model<T>& model, Workspace& workspace,
                                   const RowBlock& rows, std::int64_t step,
                                   const Callbacks& callbacks) {
  if (options_.kind == Loss::custom) {
    return custom_gradient(model, workspace, rows, step, callbacks);
  }
  if (options_.kind == Loss::interval_likelihood) {
    return intervals_.gradient(model, workspace, rows);
  }
  const int m = model.outputs();
  const double weight = 1.0 / (static_cast<double>(rows.count) * m);
  const double *y = rows.targets(), *row_weights = rows.row_weights();
  Batch<double> batch{rows.x.data(), rows.count, nullptr, nullptr};
  batch.directions = directions_of(options_.of, model.variables());
  const bool is_density = needs_density(options_.kind);
  if (is_density) batch.log_units = log_units_.data();
  const auto loss = [&](auto& tape, const auto& f, const auto& tile) {
    const TermWeights weights{weight, row_weights == nullptr ? nullptr : row_weights + tile.first};
    return tile_loss(options_, tape, f, y == nullptr ? nullptr : y + tile.first * m, weights);
  };
  Gradient<T> gradient = backpropagate(model, workspace, batch, loss, integral_adjoint(model));
  if (is_density) gradient.loss -= mean_log_unit(log_units_.data(), row_weights, rows.count);
  gradient.loss += integral_term(model);
  return gradient;
}

template <class T>
double BatchLoss<T>::density_value(const Model<T>& model, Workspace& workspace,
                                   const RowBlock& rows) {
  const double* row_weights = rows.row_weights();
  counted_integrand(model, workspace, rows.x.data(), rows.count, f_.data(), log_units_.data());
  const double loss =
      mean_loss(options_, f_.data(), nullptr, row_weights, rows.count, model.outputs());
  return loss - mean_log_unit(log_units_.data(), row_weights, rows.count) + integral_term(model);
}

template <class T>
double BatchLoss<T>::value(const Model<T>& model, Workspace& workspace, const RowBlock& rows,
                           std::int64_t step, const Callbacks& callbacks) {
  if (options_.kind == Loss::interval_likelihood) return intervals_.value(model, workspace, rows);
  if (needs_density(options_.kind)) return density_value(model, workspace, rows);
  evaluate(model, workspace, rows);
  if (options_.kind == Loss::custom) return custom_value(rows, step, nullptr, callbacks);
  return mean_loss(options_, f_.data(), rows.targets(), rows.row_weights(), rows.count,
                   model.outputs());
}

template class BatchLoss<float>;
template class BatchLoss<double>;

}  // namespace finn::net
