#include "finn/trainer.hpp"

#include <chrono>
#include <cinttypes>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/error.hpp"
#include "finn/backpropagate.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void require_finite_batch(const std::vector<double>& values, const char* name, std::int64_t step) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    fail(Status::ERROR_NOT_FINITE, "%s: the sampler wrote %g at element %zu in step %" PRId64, name,
         values[i], i, step);
  }
}

}  // namespace

template <class T>
Trainer<T>::Trainer(const Model<T>& model, const TrainingOptions& options)
    : options_(options),
      shape_(model.network().shape()),
      adam_(options.adam, model.parameter_count()),
      random_(options.seed) {
  constexpr std::int64_t reserved = 1 << 20;  // longer runs grow their history as they go
  history_.reserve(static_cast<std::size_t>(std::min(options.steps, reserved)));
}

template <class T>
void Trainer<T>::begin(Model<T>& model, Workspace& workspace, std::int64_t batch) {
  if (!(model.network().shape() == shape_)) {
    fail(Status::ERROR_SIZE,
         "trainer: made for another network, of %" PRId64 " parameters; the model has %" PRId64,
         adam_.size(), model.parameter_count());
  }
  // Takes the memory that every step needs after it has changed the parameters: once they are
  // changed, nothing may fail.
  model.update(workspace.corners());
  batch_ = batch;
  x_.resize(static_cast<std::size_t>(core::checked_product(batch, model.variables())));
  const bool targets = options_.loss == Loss::squared_error;
  log_weights_.resize(model.domain() != nullptr && !targets ? static_cast<std::size_t>(batch) : 0);
  y_.resize(targets ? static_cast<std::size_t>(core::checked_product(batch, model.outputs())) : 0);
}

template <class T>
void Trainer<T>::begin_rows(const Rows& rows) {
  const auto count = static_cast<std::size_t>(rows.count);
  if (order_.empty()) {
    order_.resize(count);
    std::iota(order_.begin(), order_.end(), std::int64_t{0});
    next_ = rows.count;
  } else if (order_.size() != count) {
    fail(Status::ERROR_SIZE, "rows: %" PRId64 " given, but the trainer began with %zu", rows.count,
         order_.size());
  }
}

template <class T>
void Trainer<T>::next_rows(const Rows& rows, int variables, int outputs) {
  for (std::int64_t i = 0; i < batch_; ++i) {
    if (next_ == rows.count) {
      for (std::size_t last = order_.size() - 1; last > 0; --last) {
        std::swap(order_[last], order_[random_.below(last + 1)]);
      }
      next_ = 0;
    }
    const std::int64_t row = order_[static_cast<std::size_t>(next_++)];
    std::copy_n(rows.x + row * variables, variables, x_.data() + i * variables);
    if (!y_.empty()) std::copy_n(rows.y + row * outputs, outputs, y_.data() + i * outputs);
  }
}

template <class T>
void Trainer<T>::next_samples(const Model<T>& model, const Callbacks& callbacks) {
  const Box& box = model.box();
  const auto n = static_cast<std::size_t>(box.variables);
  for (std::size_t i = 0; i < x_.size(); ++i) {
    x_[i] = random_.uniform(box.lower[i % n], box.upper[i % n]);
  }
  for (std::size_t i = 0; i < x_.size() && model.domain() != nullptr; i += n) {
    model.domain()->to_point(&x_[i], &x_[i]);
  }
  double* y = y_.empty() ? nullptr : y_.data();
  if (!callbacks.sample(steps(), batch_, x_.data(), y, callbacks.context)) {
    fail(Status::ERROR_CALLBACK, "sampler: reported an error in step %" PRId64, steps() + 1);
  }
  require_finite_batch(x_, "x", steps() + 1);
  require_finite_batch(y_, "y", steps() + 1);
}

template <class T>
double Trainer<T>::learning_rate() const {
  if (options_.schedule == Schedule::constant) return options_.learning_rate;
  const double share = static_cast<double>(steps()) / static_cast<double>(options_.steps);
  return options_.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * share));
}

// The loss of the mini-batch, with its gradient in the workspace.
template <class T>
double Trainer<T>::gradient(const Model<T>& model, Workspace& workspace) {
  const int m = model.outputs();
  const double weight = 1.0 / (static_cast<double>(batch_) * m);
  Batch<double> batch{x_.data(), batch_, nullptr, nullptr};
  if (!log_weights_.empty()) batch.log_weights = log_weights_.data();
  return backpropagate(model, workspace, batch, [&](auto& tape, const auto& f, const auto& tile) {
    if (options_.loss == Loss::negative_log_likelihood) {
      const double loss = negative_log_likelihood(tape, f, weight);
      if (log_weights_.empty()) return loss;
      const double* log_weights = &log_weights_[static_cast<std::size_t>(tile.first)];
      return loss - weight * m * std::accumulate(log_weights, log_weights + tile.samples, 0.0);
    }
    return squared_error(tape, f, y_.data() + tile.first * m, weight);
  });
}

template <class T>
double Trainer<T>::step(Model<T>& model, Workspace& workspace) {
  const double loss = gradient(model, workspace);
  const T* gradient = workspace.scratch<T>().total.data();
  double magnitude = std::fabs(loss);
  for (std::int64_t i = 0; i < adam_.size(); ++i) magnitude += std::fabs(gradient[i]);
  if (!std::isfinite(magnitude)) {
    fail(Status::ERROR_NOT_FINITE,
         "step %" PRId64 ": the loss is %g%s; the parameters are those of the step before",
         steps() + 1, loss, std::isfinite(loss) ? " but its gradient is not finite" : "");
  }
  adam_.step(learning_rate(), gradient, model.mutable_parameters());
  model.update(workspace.corners());
  return loss;
}

template <class T>
template <class NextBatch>
bool Trainer<T>::run(Model<T>& model, Workspace& workspace, const Callbacks& callbacks,
                     NextBatch&& next_batch) {
  const auto start = std::chrono::steady_clock::now();
  while (steps() < options_.steps) {
    if (history_.size() == history_.capacity()) history_.reserve(2 * history_.size());
    next_batch();
    const double rate = learning_rate();
    history_.push_back(step(model, workspace));
    if (callbacks.progress == nullptr) continue;
    const Progress progress{steps(), options_.steps, history_.back(), rate, seconds_since(start)};
    if (!callbacks.progress(progress, callbacks.context)) return false;
  }
  return true;
}

template <class T>
bool Trainer<T>::fit(Model<T>& model, Workspace& workspace, const Rows& rows,
                     const Callbacks& callbacks) {
  const std::int64_t automatic = std::min(kDefaultBatch, rows.count);
  begin(model, workspace, options_.batch > 0 ? options_.batch : automatic);
  if (batch_ > rows.count) {
    fail(Status::ERROR_ARGUMENT,
         "batch: %" PRId64 " given, at most the %" PRId64 " rows of the data expected", batch_,
         rows.count);
  }
  begin_rows(rows);
  return run(model, workspace, callbacks,
             [&] { next_rows(rows, model.variables(), model.outputs()); });
}

template <class T>
bool Trainer<T>::fit_sampler(Model<T>& model, Workspace& workspace, const Callbacks& callbacks) {
  begin(model, workspace, options_.batch > 0 ? options_.batch : kDefaultBatch);
  return run(model, workspace, callbacks, [&] { next_samples(model, callbacks); });
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace finn::net
