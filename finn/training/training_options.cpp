#include "finn/training/training_options.hpp"

#include <cinttypes>
#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

constexpr std::int64_t kMaxCount = std::int64_t{1} << 32;
constexpr int kMaxMemory = 1000;

void require_count(std::int64_t value, std::int64_t smallest, std::int64_t largest,
                   const char* name) {
  if (value >= smallest && value <= largest) return;
  fail(Status::ERROR_ARGUMENT, "%s: %" PRId64 " given, %" PRId64 " .. %" PRId64 " expected", name,
       value, smallest, largest);
}

void require_number(double value, bool is_valid, const char* name, const char* expected) {
  if (!std::isfinite(value)) fail(Status::ERROR_NOT_FINITE, "%s: %g given", name, value);
  if (!is_valid) fail(Status::ERROR_ARGUMENT, "%s: %g given, %s expected", name, value, expected);
}

void require_share(double value, const char* name) {
  require_number(value, value >= 0 && value < 1, name, "a value in [0, 1)");
}

void require_above_zero(double value, const char* name) {
  require_number(value, value > 0, name, "a value above 0");
}

void require_not_negative(double value, const char* name) {
  require_number(value, value >= 0, name, "0 or more");
}

void require_valid(const OptimiserOptions& options) {
  require_count(static_cast<int>(options.kind), 0, 3, "optimiser");
  require_share(options.adam.beta1, "beta1");
  require_share(options.adam.beta2, "beta2");
  require_above_zero(options.adam.epsilon, "adam_epsilon");
  require_not_negative(options.weight_decay, "weight_decay");
  require_share(options.sgd.momentum, "momentum");
  require_count(options.lbfgs.memory, 1, kMaxMemory, "lbfgs_memory");
  require_not_negative(options.lbfgs.gradient_tolerance, "gradient_tolerance");
  require_not_negative(options.lbfgs.loss_tolerance, "loss_tolerance");
}

void require_valid(const Schedule& schedule, const TrainingOptions& options) {
  require_count(static_cast<int>(schedule.kind), 0, 5, "schedule");
  require_count(schedule.warmup_steps, 0, options.steps - 1, "warmup_steps");
  require_number(
      schedule.final_learning_rate,
      schedule.final_learning_rate >= 0 && schedule.final_learning_rate <= options.learning_rate,
      "final_learning_rate", "0 .. learning_rate");
  require_count(schedule.decay_interval, 1, kMaxCount, "decay_interval");
  require_number(schedule.decay_factor, schedule.decay_factor > 0 && schedule.decay_factor <= 1,
                 "decay_factor", "a value in (0, 1]");
}

void require_valid(const ValidationOptions& options) {
  require_share(options.share, "validation_share");
  require_count(options.interval, 1, kMaxCount, "validation_interval");
  require_count(options.patience, 0, kMaxCount, "patience");
  require_not_negative(options.min_delta, "min_delta");
}

void require_valid(const LossOptions& options) {
  require_count(static_cast<int>(options.kind), 0, 5, "loss");
  require_above_zero(options.huber_delta, "huber_delta");
  require_not_negative(options.poisson_events, "poisson_events");
}

}  // namespace

void require_valid(const TrainingOptions& options) {
  require_count(options.steps, 1, kMaxCount, "steps");
  require_count(options.batch, 0, kMaxCount, "batch");
  require_above_zero(options.learning_rate, "learning_rate");
  require_valid(options.optimiser);
  require_valid(options.loss);
  require_valid(options.schedule, options);
  require_not_negative(options.gradient_clip, "gradient_clip");
  require_valid(options.validation);
  if (options.gradient_clip > 0 && options.optimiser.kind == OptimiserKind::lbfgs) {
    fail(Status::ERROR_ARGUMENT,
         "gradient_clip: %g given with L-BFGS, whose line search needs the true gradient; 0 "
         "expected",
         options.gradient_clip);
  }
  const double decay = options.learning_rate * options.optimiser.weight_decay;
  if (options.optimiser.kind == OptimiserKind::adamw && !(decay < 1)) {
    fail(Status::ERROR_ARGUMENT,
         "weight_decay: %g given, learning_rate times weight_decay below 1 expected",
         options.optimiser.weight_decay);
  }
}

}  // namespace finn::net
