#include "capi/training_options.hpp"

#include <cstddef>
#include <cstring>

#include "capi/check.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"

namespace {

namespace net = finn::net;

// Of the struct of version 0.1.0, whose last field was seed.
constexpr std::size_t kFirstSize =
    offsetof(finn_training_options, seed) + sizeof(finn_training_options::seed);

finn_training_options default_options() {
  const net::TrainingOptions defaults;
  finn_training_options options{};
  options.struct_size = sizeof options;
  options.steps = defaults.steps;
  options.batch = defaults.batch;
  options.learning_rate = defaults.learning_rate;
  options.beta1 = defaults.optimiser.adam.beta1;
  options.beta2 = defaults.optimiser.adam.beta2;
  options.adam_epsilon = defaults.optimiser.adam.epsilon;
  options.weight_decay = defaults.optimiser.weight_decay;
  options.momentum = defaults.optimiser.sgd.momentum;
  options.lbfgs_memory = defaults.optimiser.lbfgs.memory;
  options.gradient_tolerance = defaults.optimiser.lbfgs.gradient_tolerance;
  options.loss_tolerance = defaults.optimiser.lbfgs.loss_tolerance;
  options.decay_interval = defaults.schedule.decay_interval;
  options.decay_factor = defaults.schedule.decay_factor;
  options.huber_delta = defaults.loss.huber_delta;
  options.validation_interval = defaults.validation.interval;
  return options;
}

// The options as this version has them: what a smaller struct lacks takes its default.
finn_training_options widened(const finn_training_options& given) {
  finn_training_options options = default_options();
  if (given.struct_size < kFirstSize || given.struct_size > sizeof options) {
    finn::capi::fail(finn::capi::Status::ERROR_ARGUMENT,
                     "struct_size: %llu given, %zu .. %zu expected; use the init function",
                     static_cast<unsigned long long>(given.struct_size), kFirstSize,
                     sizeof options);
  }
  std::memcpy(&options, &given, static_cast<std::size_t>(given.struct_size));
  return options;
}

net::OptimiserOptions optimiser_of(const finn_training_options& options) {
  using finn::capi::require_range;
  require_range(options.optimiser, FINN_OPTIMISER_ADAM, FINN_OPTIMISER_LBFGS, "optimiser");
  require_range(options.nesterov, 0, 1, "nesterov");
  require_range(options.lbfgs_memory, 1, 1000, "lbfgs_memory");
  return {
      static_cast<net::OptimiserKind>(options.optimiser),
      {options.beta1, options.beta2, options.adam_epsilon},
      options.weight_decay,
      {options.momentum, options.nesterov != 0},
      {static_cast<int>(options.lbfgs_memory), options.gradient_tolerance, options.loss_tolerance}};
}

}  // namespace

namespace finn::capi {

net::TrainingOptions checked_options(const finn_training_options& given) {
  const finn_training_options options = widened(given);
  require_range(options.loss, FINN_LOSS_SQUARED_ERROR, FINN_LOSS_CUSTOM, "loss");
  require_range(options.schedule, FINN_SCHEDULE_COSINE, FINN_SCHEDULE_ONE_CYCLE, "schedule");
  const net::TrainingOptions checked{
      options.steps,
      options.batch,
      options.learning_rate,
      optimiser_of(options),
      {static_cast<net::Loss>(options.loss), options.huber_delta, options.poisson_events},
      {static_cast<net::ScheduleKind>(options.schedule), options.warmup_steps,
       options.final_learning_rate, options.decay_interval, options.decay_factor},
      options.gradient_clip,
      {options.validation_share, options.validation_interval, options.patience, options.min_delta},
      options.seed};
  net::require_valid(checked);
  return checked;
}

}  // namespace finn::capi

extern "C" {

finn_status finn_training_options_init_sized(finn_training_options* options, uint64_t struct_size) {
  if (options == nullptr) return FINN_ERROR_NULL;
  if (struct_size < kFirstSize || struct_size > sizeof *options) return FINN_ERROR_ARGUMENT;
  const finn_training_options defaults = default_options();
  std::memcpy(options, &defaults, static_cast<std::size_t>(struct_size));
  options->struct_size = struct_size;
  return FINN_OK;
}

finn_status(finn_training_options_init)(finn_training_options* options) {
  return finn_training_options_init_sized(options, kFirstSize);
}

}  // extern "C"
