// C++17 wrapper over finn.h: the same functions with owned handles, vectors and exceptions.
//
//   finn::ModelOptions options({-1, -1}, {1, 1});
//   finn::Model model(options);
//   finn::Workspace workspace;
//   finn::Trainer trainer(model, finn::training_options());
//   trainer.fit(model, workspace, x, y);
//   std::vector<double> f = model.integrand(workspace, points);
//
// Header-only and thin: what a call means, and which threads may make it, is written in finn.h.
// Every failure is a finn::Error with the status and the message of the C call.
#ifndef FINN_HPP
#define FINN_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "finn.h"

namespace finn {
// The library itself lives in namespace finn too; this keeps the symbols apart when it is linked
// statically.
inline namespace wrapper {

class Error : public std::runtime_error {
 public:
  Error(finn_status status, const std::string& message)
      : std::runtime_error(message), status_(status) {}

  finn_status status() const noexcept { return status_; }

 private:
  finn_status status_;
};

namespace detail {

// Runs function(finn_error*) and throws what it reports.
template <class Function>
void call(Function&& function) {
  finn_error error = FINN_ERROR_INIT;
  const finn_status status = function(&error);
  if (status != FINN_OK) throw Error(status, error.message);
}

inline void require_length(const char* name, std::size_t given, std::size_t expected) {
  if (given == expected) return;
  throw Error(FINN_ERROR_SIZE, std::string(name) + " has length " + std::to_string(given) +
                                   ", expected " + std::to_string(expected));
}

// How many rows of this width a vector holds; the width of a moved-from model is 0.
inline std::int64_t rows_of(const char* name, std::size_t length, std::size_t width) {
  if (width == 0) throw Error(FINN_ERROR_NULL, "model has been moved from");
  require_length(name, length, length / width * width);
  return static_cast<std::int64_t>(length / width);
}

inline const double* data_or_null(const std::vector<double>& values) {
  return values.empty() ? nullptr : values.data();
}

struct Destroy {
  void operator()(finn_model* model) const noexcept { finn_model_destroy(model); }
  void operator()(finn_workspace* workspace) const noexcept { finn_workspace_destroy(workspace); }
  void operator()(finn_trainer* trainer) const noexcept { finn_trainer_destroy(trainer); }
};

}  // namespace detail

// finn_model_options with owned arrays and the same defaults; an empty vector is the NULL of
// finn.h.
struct ModelOptions {
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<std::int32_t> widths;
  std::vector<double> epsilon;
  // All other fields; the array fields, variables and hidden_layers are set from the vectors.
  finn_model_options fields;

  ModelOptions(std::vector<double> lower_limits, std::vector<double> upper_limits)
      : lower(std::move(lower_limits)), upper(std::move(upper_limits)) {
    finn_model_options_init(&fields);
  }

  // The C struct; it points into this one, which must outlive it unchanged.
  finn_model_options view() const {
    detail::require_length("upper", upper.size(), lower.size());
    if (!epsilon.empty()) {
      detail::require_length("epsilon", epsilon.size(), static_cast<std::size_t>(fields.outputs));
    }
    finn_model_options options = fields;
    options.variables = static_cast<std::int32_t>(lower.size());
    options.lower = lower.data();
    options.upper = upper.data();
    options.widths = widths.empty() ? nullptr : widths.data();
    options.hidden_layers = static_cast<std::int32_t>(widths.size());
    options.epsilon = detail::data_or_null(epsilon);
    return options;
  }
};

using TrainingOptions = finn_training_options;

// The defaults of finn.h.
inline TrainingOptions training_options() {
  TrainingOptions options;
  finn_training_options_init(&options);
  return options;
}

class Workspace {
 public:
  explicit Workspace(std::int32_t threads = 0) {
    finn_workspace* made = nullptr;
    detail::call([&](finn_error* e) { return finn_workspace_create(threads, &made, e); });
    handle_.reset(made);
  }

  finn_workspace* get() const noexcept { return handle_.get(); }

 private:
  std::unique_ptr<finn_workspace, detail::Destroy> handle_;
};

// What finn_integral writes; one entry for each output.
struct Integral {
  std::vector<double> value;
  std::vector<double> kappa;
  std::vector<double> error_estimate;
};

// What finn_integrand_vjp writes.
struct Gradient {
  std::vector<double> f;           // [batch][outputs]
  std::vector<double> parameters;  // [parameter_count]
  std::vector<double> x;           // [batch][variables]
};

class Model {
 public:
  explicit Model(const ModelOptions& options) {
    const finn_model_options view = options.view();
    finn_model* made = nullptr;
    detail::call([&](finn_error* e) { return finn_model_create(&view, &made, e); });
    handle_.reset(made);
  }

  Model clone() const {
    finn_model* made = nullptr;
    detail::call([&](finn_error* e) { return finn_model_clone(get(), &made, e); });
    return Model(made);
  }

  // Draws the parameters anew from rows of x.
  void initialise_from_data(const std::vector<double>& x, std::uint64_t seed = 0) {
    detail::call([&](finn_error* e) {
      return finn_model_initialise_from_data(get(), x.data(), batch_of(x), seed, e);
    });
  }

  finn_model* get() const noexcept { return handle_.get(); }
  std::size_t variables() const noexcept {
    return static_cast<std::size_t>(finn_model_variables(get()));
  }
  std::size_t outputs() const noexcept {
    return static_cast<std::size_t>(finn_model_outputs(get()));
  }
  std::size_t parameter_count() const noexcept {
    return static_cast<std::size_t>(finn_model_parameter_count(get()));
  }

  std::vector<double> parameters() const {
    std::vector<double> values(parameter_count());
    detail::call([&](finn_error* e) {
      return finn_model_get_parameters_f64(get(), values.data(), length_of(values), e);
    });
    return values;
  }

  void set_parameters(const std::vector<double>& values) {
    detail::call([&](finn_error* e) {
      return finn_model_set_parameters_f64(get(), values.data(), length_of(values), e);
    });
  }

  // The pointer forms are those of finn.h, in either type; the vector forms make the result.
  void integrand(Workspace& workspace, const double* x, std::int64_t batch, double* f) const {
    detail::call(
        [&](finn_error* e) { return finn_integrand_f64(get(), workspace.get(), x, batch, f, e); });
  }
  void integrand(Workspace& workspace, const float* x, std::int64_t batch, float* f) const {
    detail::call(
        [&](finn_error* e) { return finn_integrand_f32(get(), workspace.get(), x, batch, f, e); });
  }
  std::vector<double> integrand(Workspace& workspace, const std::vector<double>& x) const {
    std::vector<double> f = results_for(x);
    integrand(workspace, x.data(), batch_of(x), f.data());
    return f;
  }

  void antiderivative(Workspace& workspace, const double* x, std::int64_t batch, double* F) const {
    mixed_partial(workspace, 0, x, batch, F);
  }
  void antiderivative(Workspace& workspace, const float* x, std::int64_t batch, float* F) const {
    mixed_partial(workspace, 0, x, batch, F);
  }
  std::vector<double> antiderivative(Workspace& workspace, const std::vector<double>& x) const {
    return mixed_partial(workspace, 0, x);
  }

  void mixed_partial(Workspace& workspace, std::uint32_t subset, const double* x,
                     std::int64_t batch, double* values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f64(get(), workspace.get(), subset, x, batch, values, e);
    });
  }
  void mixed_partial(Workspace& workspace, std::uint32_t subset, const float* x, std::int64_t batch,
                     float* values) const {
    detail::call([&](finn_error* e) {
      return finn_mixed_partial_f32(get(), workspace.get(), subset, x, batch, values, e);
    });
  }
  std::vector<double> mixed_partial(Workspace& workspace, std::uint32_t subset,
                                    const std::vector<double>& x) const {
    std::vector<double> values = results_for(x);
    mixed_partial(workspace, subset, x.data(), batch_of(x), values.data());
    return values;
  }

  Integral integral(Workspace& workspace, const std::vector<double>& lower,
                    const std::vector<double>& upper) const {
    detail::require_length("lower", lower.size(), variables());
    detail::require_length("upper", upper.size(), variables());
    const std::vector<double> zeros(outputs());
    Integral result{zeros, zeros, zeros};
    detail::call([&](finn_error* e) {
      return finn_integral(get(), workspace.get(), lower.data(), upper.data(), result.value.data(),
                           result.kappa.data(), result.error_estimate.data(), e);
    });
    return result;
  }

  Gradient integrand_vjp(Workspace& workspace, const std::vector<double>& x,
                         const std::vector<double>& f_adjoint) const {
    Gradient result{results_for(x), std::vector<double>(parameter_count()),
                    std::vector<double>(x.size())};
    detail::require_length("f_adjoint", f_adjoint.size(), result.f.size());
    detail::call([&](finn_error* e) {
      return finn_integrand_vjp_f64(get(), workspace.get(), x.data(), batch_of(x), f_adjoint.data(),
                                    result.f.data(), result.parameters.data(), result.x.data(), e);
    });
    return result;
  }

 private:
  explicit Model(finn_model* made) noexcept : handle_(made) {}

  static std::int64_t length_of(const std::vector<double>& values) {
    return static_cast<std::int64_t>(values.size());
  }
  std::int64_t batch_of(const std::vector<double>& x) const {
    return detail::rows_of("x", x.size(), variables());
  }
  std::vector<double> results_for(const std::vector<double>& x) const {
    return std::vector<double>(static_cast<std::size_t>(batch_of(x)) * outputs());
  }

  std::unique_ptr<finn_model, detail::Destroy> handle_;
};

// Told after each step; returns whether to go on.
using Progress = std::function<bool(const finn_progress&)>;
// Supplies a mini-batch as finn_sampler_callback does; an exception ends the fit and comes out of
// it.
using Sampler = std::function<void(std::int64_t step, std::int64_t batch, double* x, double* y)>;

class Trainer {
 public:
  Trainer(const Model& model, const TrainingOptions& options) {
    finn_trainer* made = nullptr;
    detail::call(
        [&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
    handle_.reset(made);
  }

  // Trains on rows of x and y; y is empty under FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Returns false
  // when progress stopped it; a further call goes on.
  bool fit(Model& model, Workspace& workspace, const std::vector<double>& x,
           const std::vector<double>& y, const Progress& progress = {}) {
    const std::int64_t rows = detail::rows_of("x", x.size(), model.variables());
    if (!y.empty()) {
      detail::require_length("y", y.size(), static_cast<std::size_t>(rows) * model.outputs());
    }
    return run(nullptr, progress, [&](Callbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_data(get(), model.get(), workspace.get(), x.data(),
                                   detail::data_or_null(y), rows, callbacks.progress_function(),
                                   &callbacks, e);
    });
  }

  bool fit(Model& model, Workspace& workspace, const Sampler& sampler,
           const Progress& progress = {}) {
    return run(&sampler, progress, [&](Callbacks& callbacks, finn_error* e) {
      return finn_trainer_fit_sampler(get(), model.get(), workspace.get(), &Callbacks::on_sample,
                                      callbacks.progress_function(), &callbacks, e);
    });
  }

  finn_trainer* get() const noexcept { return handle_.get(); }
  std::int64_t steps() const noexcept { return finn_trainer_steps(get()); }

  std::vector<double> history() const {
    std::vector<double> losses(static_cast<std::size_t>(steps()));
    if (losses.empty()) return losses;
    detail::call(
        [&](finn_error* e) { return finn_trainer_history(get(), losses.data(), steps(), e); });
    return losses;
  }

 private:
  // The user_data of both callbacks. No exception may cross the C frames, so the first one waits
  // here until the call has returned.
  struct Callbacks {
    const Sampler* sampler;
    const Progress* progress;
    std::exception_ptr exception;

    finn_progress_callback progress_function() const {
      return *progress ? &Callbacks::on_progress : nullptr;
    }

    template <class Function>
    std::int32_t guard(Function&& function) noexcept {
      try {
        return function() ? 0 : 1;
      } catch (...) {
        exception = std::current_exception();
        return 1;
      }
    }

    static std::int32_t on_progress(const finn_progress* told, void* user_data) noexcept {
      auto* self = static_cast<Callbacks*>(user_data);
      return self->guard([&] { return (*self->progress)(*told); });
    }

    static std::int32_t on_sample(std::int64_t step, std::int64_t batch, double* x, double* y,
                                  void* user_data) noexcept {
      auto* self = static_cast<Callbacks*>(user_data);
      return self->guard([&] {
        (*self->sampler)(step, batch, x, y);
        return true;
      });
    }
  };

  template <class Fit>
  static bool run(const Sampler* sampler, const Progress& progress, Fit&& fit) {
    Callbacks callbacks{sampler, &progress, nullptr};
    finn_error error = FINN_ERROR_INIT;
    const finn_status status = fit(callbacks, &error);
    if (callbacks.exception) std::rethrow_exception(callbacks.exception);
    if (status != FINN_OK && status != FINN_STOPPED) throw Error(status, error.message);
    return status == FINN_OK;
  }

  std::unique_ptr<finn_trainer, detail::Destroy> handle_;
};

// The sigma family at x, order by order: result[k][i] = sigma_(order - k)(x[i]), k < count.
inline std::vector<std::vector<double>> sigma(std::int32_t order, std::int32_t count,
                                              const std::vector<double>& x) {
  std::vector<double> values(x.size() * static_cast<std::size_t>(count > 0 ? count : 0));
  detail::call([&](finn_error* e) {
    return finn_sigma_f64(order, count, x.data(), static_cast<std::int64_t>(x.size()),
                          values.data(), e);
  });
  std::vector<std::vector<double>> rows;
  for (std::size_t first = 0; rows.size() < static_cast<std::size_t>(count); first += x.size()) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    rows.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(x.size()));
  }
  return rows;
}

// log sigma_order at x, finite where sigma_order underflows.
inline std::vector<double> log_sigma(std::int32_t order, const std::vector<double>& x) {
  std::vector<double> logs(x.size());
  detail::call([&](finn_error* e) {
    return finn_log_sigma_f64(order, x.data(), static_cast<std::int64_t>(x.size()), logs.data(),
                              nullptr, e);
  });
  return logs;
}

}  // namespace wrapper
}  // namespace finn

#endif  // FINN_HPP
