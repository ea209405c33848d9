// finn_trainer: options, fits, history.
#include <algorithm>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/handles.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::require_number;
using finn::capi::require_range;
using finn::capi::Status;

constexpr int64_t kMaxSteps = int64_t{1} << 32;
constexpr int64_t kMaxBatch = int64_t{1} << 32;

void require_share(double value, const char* name) {
  require_number(value, value >= 0 && value < 1, name, "a value in [0, 1)");
}

void require_above_zero(double value, const char* name) {
  require_number(value, value > 0, name, "a value above 0");
}

// Whether f >= 0 holds by construction.
bool is_positive(const finn_model& model) {
  return std::visit(
      [](const auto& m) {
        return m.network().shape().positivity != finn::ops::Positivity::none &&
               m.constraint().kind != net::ConstraintKind::shift;
      },
      model.model);
}

void require_loss(const finn_training_options& options, const finn_model& model) {
  require_range(options.loss, FINN_LOSS_SQUARED_ERROR, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD, "loss");
  require_range(options.schedule, FINN_SCHEDULE_COSINE, FINN_SCHEDULE_CONSTANT, "schedule");
  if (options.loss == FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD && !is_positive(model)) {
    fail(Status::ERROR_ARGUMENT,
         "loss: a log likelihood needs f >= 0: positivity, and no FINN_CONSTRAINT_SHIFT");
  }
}

net::TrainingOptions checked_options(const finn_training_options& options,
                                     const finn_model& model) {
  finn::capi::require_struct_size(options.struct_size, sizeof options);
  require_range(options.steps, 1, kMaxSteps, "steps");
  require_range(options.batch, 0, kMaxBatch, "batch");
  require_above_zero(options.learning_rate, "learning_rate");
  require_share(options.beta1, "beta1");
  require_share(options.beta2, "beta2");
  require_above_zero(options.adam_epsilon, "adam_epsilon");
  require_loss(options, model);
  return {options.steps,
          options.batch,
          options.learning_rate,
          {options.beta1, options.beta2, options.adam_epsilon},
          static_cast<net::Loss>(options.loss),
          static_cast<net::Schedule>(options.schedule),
          options.seed};
}

// The C callbacks of a fit behind the signatures of net::Callbacks.
struct CallbackContext {
  finn_progress_callback progress;
  finn_sampler_callback sampler;
  void* user_data;

  static bool report(const net::Progress& progress, void* context) {
    const auto* self = static_cast<const CallbackContext*>(context);
    const finn_progress c_progress{sizeof(finn_progress), progress.step,          progress.steps,
                                   progress.loss,         progress.learning_rate, progress.seconds};
    return self->progress(&c_progress, self->user_data) == 0;
  }
  static bool sample(std::int64_t step, std::int64_t batch, double* x, double* y, void* context) {
    const auto* self = static_cast<const CallbackContext*>(context);
    return self->sampler(step, batch, x, y, self->user_data) == 0;
  }
  net::Callbacks callbacks() {
    return {progress != nullptr ? report : nullptr, sampler != nullptr ? sample : nullptr, this};
  }
};

// The data of a fit: x in the domain, y finite where it is given.
template <class T>
void require_data(const net::Model<T>& model, const net::Rows& rows) {
  const int n = model.variables();
  finn::capi::require_rows(rows.count, std::max(n, model.outputs()), "rows");
  finn::capi::require_finite(rows.x, rows.count, n, "x");
  if (rows.y != nullptr) {
    finn::capi::require_finite(rows.y, rows.count, model.outputs(), "y");
  }
  for (int64_t row = 0; row < rows.count; ++row) {
    if (model.contains(rows.x + row * n)) continue;
    fail(Status::ERROR_ARGUMENT, "x: row %lld lies outside the domain",
         static_cast<long long>(row));
  }
}

void require_targets(const net::TrainingOptions& options, const double* y) {
  if (options.loss == net::Loss::squared_error) {
    require(y, "y");
  } else if (y != nullptr) {
    fail(Status::ERROR_ARGUMENT, "y: targets given, NULL expected with a log likelihood");
  }
}

// Runs fit(model, trainer) in the precision that both must share.
template <class Fit>
finn_status run_fit(finn_trainer* trainer, finn_model* model, finn_workspace* workspace,
                    finn_error* error, Fit&& fit) {
  bool finished = true;
  const finn_status status = call(error, [&] {
    require_handle(trainer, "trainer");
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    std::visit(
        [&]<class T, class S>(net::Trainer<T>& typed, net::Model<S>& m) {
          if constexpr (std::is_same_v<T, S>) {
            finished = fit(typed, m);
          } else {
            fail(Status::ERROR_SIZE, "trainer: made for a model of the other precision");
          }
        },
        trainer->trainer, model->model);
  });
  if (status != FINN_OK || finished) return status;
  return finn::capi::report(error, Status::STOPPED, "progress: the callback asked to stop");
}

}  // namespace

extern "C" {

finn_status finn_training_options_init(finn_training_options* options) {
  if (options == nullptr) return FINN_ERROR_NULL;
  const net::TrainingOptions defaults;
  *options = finn_training_options{};
  options->struct_size = sizeof *options;
  options->steps = defaults.steps;
  options->batch = defaults.batch;
  options->learning_rate = defaults.learning_rate;
  options->beta1 = defaults.adam.beta1;
  options->beta2 = defaults.adam.beta2;
  options->adam_epsilon = defaults.adam.epsilon;
  return FINN_OK;
}

finn_status finn_trainer_create(const finn_model* model, const finn_training_options* options,
                                finn_trainer** trainer, finn_error* error) {
  return call(error, [&] {
    require(trainer, "trainer");
    *trainer = nullptr;
    require_handle(model, "model");
    require(options, "options");
    const net::TrainingOptions checked = checked_options(*options, *model);
    *trainer = std::visit(
        [&]<class T>(const net::Model<T>& m) {
          return new finn_trainer{finn_trainer::kMagic, net::Trainer<T>(m, checked)};
        },
        model->model);
  });
}

void finn_trainer_destroy(finn_trainer* trainer) { finn::capi::destroy(trainer); }

finn_status finn_trainer_fit_data(finn_trainer* trainer, finn_model* model,
                                  finn_workspace* workspace, const double* x, const double* y,
                                  int64_t rows, finn_progress_callback progress, void* user_data,
                                  finn_error* error) {
  return run_fit(trainer, model, workspace, error, [&](auto& typed, auto& m) {
    require(x, "x");
    require_targets(typed.options(), y);
    require_data(m, {x, y, rows});
    CallbackContext context{progress, nullptr, user_data};
    return typed.fit(m, workspace->workspace, {x, y, rows}, context.callbacks());
  });
}

finn_status finn_trainer_fit_sampler(finn_trainer* trainer, finn_model* model,
                                     finn_workspace* workspace, finn_sampler_callback sampler,
                                     finn_progress_callback progress, void* user_data,
                                     finn_error* error) {
  return run_fit(trainer, model, workspace, error, [&](auto& typed, auto& m) {
    require(reinterpret_cast<const void*>(sampler), "sampler");
    CallbackContext context{progress, sampler, user_data};
    return typed.fit_sampler(m, workspace->workspace, context.callbacks());
  });
}

int64_t finn_trainer_steps(const finn_trainer* trainer) {
  if (trainer == nullptr) return 0;
  return std::visit([](const auto& typed) { return typed.steps(); }, trainer->trainer);
}

finn_status finn_trainer_history(const finn_trainer* trainer, double* losses, int64_t length,
                                 finn_error* error) {
  return call(error, [&] {
    require_handle(trainer, "trainer");
    require(losses, "losses");
    finn::capi::require_length(length, finn_trainer_steps(trainer), "steps done");
    std::visit(
        [&](const auto& typed) {
          std::copy(typed.history().begin(), typed.history().end(), losses);
        },
        trainer->trainer);
  });
}

}  // extern "C"
