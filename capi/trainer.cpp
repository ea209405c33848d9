// finn_trainer: fits, and how they stand.
#include "capi/trainer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/columns.hpp"
#include "capi/finn.h"
#include "capi/progress.hpp"
#include "capi/rows.hpp"
#include "capi/training_options.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/check_row.hpp"
#include "finn/data/column_choice.hpp"
#include "finn/data/data_file.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/training_options.hpp"
#include "ops/positivity.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_enumerator;
using finn::capi::require_handle;
using finn::capi::require_range;
using finn::capi::Status;
using finn::capi::with_model;

// The C callbacks of a fit behind the signatures of net::Callbacks. The loss is held, so that its
// data outlive the fit.
struct CallbackContext {
  finn_progress_callback progress = nullptr;
  void* progress_data = nullptr;
  finn_sampler_callback sampler = nullptr;
  void* sampler_data = nullptr;
  finn_loss_callback custom_loss = nullptr;
  std::shared_ptr<void> loss_data = nullptr;

  static bool report(const net::Progress& progress, void* context) {
    const auto* self = static_cast<const CallbackContext*>(context);
    return finn::capi::goes_on(progress, self->progress, self->progress_data);
  }
  static bool sample(std::int64_t step, std::int64_t batch, double* x, double* y, void* context) {
    const auto* self = static_cast<const CallbackContext*>(context);
    return self->sampler(step, batch, x, y, self->sampler_data) == 0;
  }
  static bool loss(const net::LossCall& call, double* value, void* context) {
    const auto* self = static_cast<const CallbackContext*>(context);
    return self->custom_loss(call.step, call.size, call.x, call.y, call.f, call.f_adjoint, value,
                             self->loss_data.get()) == 0;
  }
  net::Callbacks callbacks() {
    return {progress != nullptr ? report : nullptr, sampler != nullptr ? sample : nullptr, this,
            custom_loss != nullptr ? loss : nullptr};
  }
};

void require_targets(net::Loss loss, const double* y) {
  if (net::needs_targets(loss)) {
    require(y, "y");
  } else if (y != nullptr && !net::takes_targets(loss)) {
    fail(Status::ERROR_ARGUMENT, "y: targets given, NULL expected with a log likelihood");
  }
}

void require_weights(net::Loss loss, const net::Rows& rows) {
  if (rows.weights != nullptr && loss == net::Loss::custom) {
    fail(Status::ERROR_ARGUMENT, "weights: given with a custom loss, NULL expected");
  }
  finn::capi::require_weights(rows.weights, rows.count);
}

// The numbers of a row of y.
template <class T>
int targets_of(net::Loss loss, const net::Model<T>& model) {
  return net::target_columns(loss, model.variables(), model.outputs());
}

// x and y as ends of intervals.
template <class T>
void require_intervals(const net::Model<T>& model, const net::Rows& rows) {
  const net::RowRules rules{model.columns(), model.positive_columns(), nullptr, -1,
                            model.variables()};
  net::require_rows(rules, rows.x, rows.count, "x");
  const net::IntervalReader reader(model.region());
  for (std::int64_t row = 0; row < rows.count; ++row) {
    reader.require(rows.x + row * model.columns(), rows.y + row * model.variables(),
                   {"x and y", "row", row});
  }
}

// The data of a fit: x in the domain; y and weights where the loss takes them.
template <class T>
void require_data(const net::TrainingOptions& options, const net::Model<T>& model,
                  const net::Rows& rows) {
  require(rows.x, "x");
  require_targets(options.loss.kind, rows.y);
  const int targets = targets_of(options.loss.kind, model);
  finn::capi::require_rows(rows.count, std::max(model.columns(), targets), "rows");
  require_weights(options.loss.kind, rows);
  if (options.loss.kind == net::Loss::interval_likelihood) return require_intervals(model, rows);
  const net::Region region = model.region();
  net::require_rows({model.columns(), model.positive_columns(), &region}, rows.x, rows.count, "x");
  if (rows.y != nullptr) net::require_rows({model.outputs()}, rows.y, rows.count, "y");
}

// Runs fit(trainer, model, callbacks), which returns whether it was not stopped.
template <class Fit>
finn_status run_fit(finn_trainer* trainer, finn_workspace* workspace, CallbackContext context,
                    finn_error* error, Fit&& fit) {
  finn::capi::cancellation_point();
  return call(error, [&] {
    require_handle(trainer, "trainer");
    require_handle(workspace, "workspace");
    trainer->is_stopped = false;
    context.custom_loss = trainer->loss;
    context.loss_data = trainer->loss_data;
    with_model(*trainer, [&](auto& typed, auto& model) {
      trainer->is_stopped = !fit(typed, model, context.callbacks());
    });
  });
}

// The loss of a trainer that takes one.
void require_custom(const finn_trainer& trainer) {
  std::visit(
      [](const auto& typed) {
        if (typed.options().loss.kind == net::Loss::custom) return;
        fail(Status::ERROR_ARGUMENT, "loss: given, but the options do not say FINN_LOSS_CUSTOM");
      },
      trainer.trainer);
}

}  // namespace

extern "C" {

finn_status finn_trainer_create(finn_model* model, const finn_training_options* options,
                                finn_trainer** trainer, finn_error* error) {
  return call(error, [&] {
    require(trainer, "trainer");
    *trainer = nullptr;
    require_handle(model, "model");
    const net::TrainingOptions checked = finn::capi::checked_training_options(options);
    *trainer = std::visit(
        [&]<class T>(const net::Model<T>& m) {
          return new finn_trainer{finn_trainer::kMagic, model->model, net::Trainer<T>(m, checked)};
        },
        *model->model);
  });
}

void finn_trainer_destroy(finn_trainer* trainer) { finn::capi::destroy(trainer); }

finn_status finn_trainer_set_loss(finn_trainer* trainer, finn_loss_callback loss, void* user_data,
                                  finn_release_callback release, finn_error* error) {
  return call(error, [&] {
    auto data = finn::capi::owned(user_data, release);
    require_handle(trainer, "trainer");
    require(reinterpret_cast<const void*>(loss), "loss");
    require_custom(*trainer);
    trainer->loss = loss;
    trainer->loss_data = std::move(data);
  });
}

int32_t finn_trainer_target_columns(const finn_trainer* trainer) {
  if (trainer == nullptr) return 0;
  return finn::capi::with_model(*trainer, [](const auto& typed, const auto& model) {
    const net::Loss loss = typed.options().loss.kind;
    return net::takes_targets(loss) ? targets_of(loss, model) : 0;
  });
}

finn_status finn_trainer_set_validation(finn_trainer* trainer, const double* x, const double* y,
                                        const double* weights, int64_t rows, finn_error* error) {
  return call(error, [&] {
    require_handle(trainer, "trainer");
    with_model(*trainer, [&](auto& typed, const auto& model) {
      const net::Rows given{x, y, rows, weights};
      require_data(typed.options(), model, given);
      typed.set_validation(model, given);
    });
  });
}

finn_status finn_trainer_fit_data(finn_trainer* trainer, finn_workspace* workspace, const double* x,
                                  const double* y, const double* weights, int64_t rows,
                                  finn_progress_callback progress, void* progress_data,
                                  finn_error* error) {
  const auto fit = [&](auto& typed, auto& model, const net::Callbacks& callbacks) {
    const net::Rows data{x, y, rows, weights};
    require_data(typed.options(), model, data);
    net::ArrayRows source(data, model.columns(), targets_of(typed.options().loss.kind, model));
    return typed.fit(model, workspace->workspace, source, callbacks);
  };
  return run_fit(trainer, workspace, {progress, progress_data}, error, fit);
}

finn_status finn_trainer_fit_file(finn_trainer* trainer, finn_workspace* workspace,
                                  const char* path, finn_file_format format,
                                  const char* const* chosen, int32_t chosen_count, int32_t weighted,
                                  finn_progress_callback progress, void* progress_data,
                                  finn_error* error) {
  const auto fit = [&](auto& typed, auto& model, const net::Callbacks& callbacks) {
    require(path, "path");
    require_enumerator(format, FINN_FILE_FLOAT32, "format");
    const net::ColumnChoice choice = finn::capi::checked_columns(chosen, chosen_count);
    require_range(weighted, 0, 1, "weighted");
    const net::Loss loss = typed.options().loss.kind;
    if (loss == net::Loss::custom && weighted != 0) {
      fail(Status::ERROR_ARGUMENT, "weighted: 1 given with a custom loss, 0 expected");
    }
    const net::RowLayout layout{
        model.columns(), net::takes_targets(loss) ? targets_of(loss, model) : 0, weighted != 0,
        model.positive_columns(), loss == net::Loss::interval_likelihood};
    const auto rows =
        net::open_rows(path, static_cast<net::FileFormat>(format), layout, model.region(), choice);
    return typed.fit(model, workspace->workspace, *rows, callbacks);
  };
  return run_fit(trainer, workspace, {progress, progress_data}, error, fit);
}

finn_status finn_trainer_fit_sampler(finn_trainer* trainer, finn_workspace* workspace,
                                     finn_sampler_callback sampler, void* sampler_data,
                                     finn_progress_callback progress, void* progress_data,
                                     finn_error* error) {
  const auto fit = [&](auto& typed, auto& model, const net::Callbacks& callbacks) {
    require(reinterpret_cast<const void*>(sampler), "sampler");
    return typed.fit_sampler(model, workspace->workspace, callbacks);
  };
  return run_fit(trainer, workspace, {progress, progress_data, sampler, sampler_data}, error, fit);
}

// A run that is over cannot go on, whatever its last progress callback said.
finn_outcome finn_trainer_outcome(const finn_trainer* trainer) {
  if (trainer == nullptr) return FINN_OUTCOME_UNFINISHED;
  const auto outcome =
      std::visit([](const auto& typed) { return typed.state().outcome; }, trainer->trainer);
  const bool is_stopped = trainer->is_stopped && outcome == net::Outcome::unfinished;
  return is_stopped ? FINN_OUTCOME_STOPPED : static_cast<finn_outcome>(outcome);
}

finn_status finn_trainer_best(const finn_trainer* trainer, double* validation_loss, int64_t* step,
                              finn_error* error) {
  return call(error, [&] {
    require_handle(trainer, "trainer");
    std::visit(
        [&](const auto& typed) {
          if (validation_loss != nullptr) *validation_loss = typed.state().validation.best_loss;
          if (step != nullptr) *step = typed.state().validation.best_step;
        },
        trainer->trainer);
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
    finn::capi::require_length(length, finn_trainer_steps(trainer), "losses [steps]");
    std::visit(
        [&](const auto& typed) {
          std::copy(typed.history().begin(), typed.history().end(), losses);
        },
        trainer->trainer);
  });
}

}  // extern "C"
