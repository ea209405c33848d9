// How a model is trained. The names of the fields in messages are those of finn.h.
#pragma once

#include <cstdint>

#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {

// Validation rows: how many, how often their loss is computed, and when to stop because of it.
struct ValidationOptions {
  double share = 0;            // of the rows of a data set, in [0, 1)
  std::int64_t interval = 50;  // steps from one check to the next
  std::int64_t patience = 0;   // checks without a new best before the fit ends; 0: never
  double min_delta = 0;        // by how much a new best must be better, >= 0
};

struct TrainingOptions {
  std::int64_t steps = 6000;
  std::int64_t batch = 0;  // rows per step; 0: kDefaultBatch, or all rows of a smaller data set
  double learning_rate = 0.01;
  OptimiserOptions optimiser;
  LossOptions loss;
  Schedule schedule;
  double gradient_clip = 0;  // largest norm of a gradient; 0: any
  ValidationOptions validation;
  std::uint64_t seed = 0;
};

inline constexpr std::int64_t kDefaultBatch = 512;

// Fails with a message that names the field.
void require_valid(const TrainingOptions& options);

// Calls visit(field, name) for each option, in the order of checkpoints; the names are those of
// finn.h.
template <class Options, class Visit>
void visit_options(Options& options, Visit&& visit) {
  visit(options.steps, "steps");
  visit(options.batch, "batch");
  visit(options.learning_rate, "learning_rate");
  visit(options.optimiser.kind, "optimiser");
  visit(options.optimiser.adam.beta1, "beta1");
  visit(options.optimiser.adam.beta2, "beta2");
  visit(options.optimiser.adam.epsilon, "adam_epsilon");
  visit(options.optimiser.weight_decay, "weight_decay");
  visit(options.optimiser.sgd.momentum, "momentum");
  visit(options.optimiser.sgd.nesterov, "nesterov");
  visit(options.optimiser.lbfgs.memory, "lbfgs_memory");
  visit(options.optimiser.lbfgs.gradient_tolerance, "gradient_tolerance");
  visit(options.optimiser.lbfgs.loss_tolerance, "loss_tolerance");
  visit(options.loss.kind, "loss");
  visit(options.loss.huber_delta, "huber_delta");
  visit(options.loss.poisson_events, "poisson_events");
  visit(options.schedule.kind, "schedule");
  visit(options.schedule.warmup_steps, "warmup_steps");
  visit(options.schedule.final_learning_rate, "final_learning_rate");
  visit(options.schedule.decay_interval, "decay_interval");
  visit(options.schedule.decay_factor, "decay_factor");
  visit(options.gradient_clip, "gradient_clip");
  visit(options.validation.share, "validation_share");
  visit(options.validation.interval, "validation_interval");
  visit(options.validation.patience, "patience");
  visit(options.validation.min_delta, "min_delta");
  visit(options.seed, "seed");
}

}  // namespace finn::net
