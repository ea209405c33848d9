// What the training tests share: a small target, callbacks, and trainers and checkpoints in a few
// words.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {

constexpr finn_optimiser kEveryOptimiser[] = {FINN_OPTIMISER_ADAM, FINN_OPTIMISER_ADAMW,
                                              FINN_OPTIMISER_SGD, FINN_OPTIMISER_LBFGS};
// The optimisers that follow a learning rate.
constexpr finn_optimiser kEveryOptimiserWithARate[] = {FINN_OPTIMISER_ADAM, FINN_OPTIMISER_ADAMW,
                                                       FINN_OPTIMISER_SGD};

// A bump over the default box in two variables, with integral 1 and 0 on the boundary.
inline double bump(const double* x) {
  const auto lower = lower_of(2), upper = upper_of(2);
  double product = 1 / volume(lower, upper);
  for (std::size_t i = 0; i < 2; ++i) {
    const double unit = (x[i] - lower[i]) / (upper[i] - lower[i]);
    product *= 1 - std::cos(2 * std::acos(-1.0) * unit);
  }
  return product;
}

inline std::vector<double> bump_of(const std::vector<double>& x) {
  std::vector<double> y;
  for (std::size_t k = 0; k < x.size(); k += 2) y.push_back(bump(&x[k]));
  return y;
}

// C++ functions as the callbacks of one fit call; an empty progress is passed as NULL.
struct Callbacks {
  std::function<std::int32_t(std::int64_t step, std::int64_t batch, double* x, double* y)> sample =
      [](std::int64_t, std::int64_t batch, double* x, double* y) {
        for (std::int64_t b = 0; b < batch; ++b) y[b] = bump(x + 2 * b);
        return 0;
      };
  std::function<std::int32_t(const finn_progress&)> progress{};

  static std::int32_t on_sample(std::int64_t step, std::int64_t batch, double* x, double* y,
                                void* self) {
    return static_cast<Callbacks*>(self)->sample(step, batch, x, y);
  }
  static std::int32_t on_progress(const finn_progress* told, void* self) {
    return static_cast<Callbacks*>(self)->progress(*told);
  }
  finn_progress_callback progress_function() const { return progress ? &on_progress : nullptr; }
};

// Progress that stops after this step.
inline Callbacks stop_after(std::int64_t step) {
  Callbacks callbacks;
  callbacks.progress = [step](const finn_progress& told) { return told.step == step ? 1 : 0; };
  return callbacks;
}

inline finn_training_options short_training(std::int64_t steps = 20, std::int64_t batch = 32) {
  finn_training_options options;
  finn_training_options_init(&options, sizeof options);
  options.steps = steps;
  options.batch = batch;
  options.seed = 5;
  return options;
}

// What a run may depend on, for the tests that repeat one: each optimiser in either precision, on
// data, with validation rows, and from a sampler.
struct Case {
  std::string name;
  finn_precision precision;
  bool from_data;
  finn_training_options options;
};

inline std::vector<Case> repeat_cases() {
  std::vector<Case> cases;
  for (const bool from_data : {false, true}) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      for (const finn_optimiser kind : kEveryOptimiser) {
        finn_training_options options = short_training();
        options.optimiser = kind;
        options.loss_tolerance = 0;
        options.warmup_steps = 3;
        options.validation_share = from_data ? 0.2 : 0;
        options.validation_interval = 5;
        if (kind == FINN_OPTIMISER_SGD) options.gradient_clip = 0.05;
        cases.push_back({"optimiser " + std::to_string(kind) +
                             (from_data ? ", data" : ", sampler") +
                             (precision == FINN_FLOAT64 ? ", double" : ", float"),
                         precision, from_data, options});
      }
    }
  }
  return cases;
}

inline TrainerHandle make_trainer(finn_model* model, const finn_training_options& options) {
  return make_handle<finn_trainer>([&](finn_trainer** trainer, finn_error* error) {
    return finn_trainer_create(model, &options, trainer, error);
  });
}

inline finn_status fit_sampler(finn_trainer* trainer, finn_workspace* workspace,
                               Callbacks callbacks = {}, finn_error* error = nullptr) {
  return finn_trainer_fit_sampler(trainer, workspace, &Callbacks::on_sample, &callbacks,
                                  callbacks.progress_function(), &callbacks, error);
}

// Trains on rows of two columns. An empty y is passed as NULL.
inline finn_status fit_data(finn_trainer* trainer, finn_workspace* workspace,
                            const std::vector<double>& x, const std::vector<double>& y,
                            Callbacks callbacks = {}, finn_error* error = nullptr) {
  return finn_trainer_fit_data(trainer, workspace, x.data(), y.empty() ? nullptr : y.data(),
                               nullptr, length_of(x) / 2, callbacks.progress_function(), &callbacks,
                               error);
}

inline std::vector<double> history_of(const finn_trainer* trainer) {
  std::vector<double> losses(static_cast<std::size_t>(finn_trainer_steps(trainer)));
  require_ok([&](finn_error* e) {
    return finn_trainer_history(trainer, losses.data(), finn_trainer_steps(trainer), e);
  });
  return losses;
}

using Bytes = std::vector<unsigned char>;

// A checkpoint of the trainer.
inline Bytes save(const finn_trainer* trainer) {
  std::int64_t size = 0;
  require_ok([&](finn_error* e) { return finn_trainer_save_bytes(trainer, nullptr, 0, &size, e); });
  Bytes bytes(static_cast<std::size_t>(size));
  require_ok([&](finn_error* e) {
    return finn_trainer_save_bytes(trainer, bytes.data(), size, &size, e);
  });
  EXPECT_EQ(length_of(bytes), size);
  return bytes;
}

// A trainer of model from a checkpoint; none where that is refused.
inline finn_status load(finn_model* model, const Bytes& bytes, TrainerHandle* trainer,
                        finn_error* error = nullptr) {
  finn_trainer* made = nullptr;
  const finn_status status =
      finn_trainer_load_bytes(model, bytes.data(), length_of(bytes), &made, error);
  trainer->reset(made);
  EXPECT_EQ(made != nullptr, status == FINN_OK);
  return status;
}

inline TrainerHandle load(finn_model* model, const Bytes& bytes) {
  TrainerHandle trainer;
  require_ok([&](finn_error* e) { return load(model, bytes, &trainer, e); });
  return trainer;
}

}  // namespace finn::test
