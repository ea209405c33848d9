// How a model is trained. The names of the fields in messages are those of finn.h.
#pragma once

#include <cstdint>

#include "core/option.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {

// Validation rows: how many, how often their loss is computed, and when to stop because of it.
struct ValidationOptions {
  double share = -1;           // of the rows of a data set, in [0, 1); below 0: see Trainer
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
  double width_prior = 100;  // strength of what keeps few rows from being learned; 0: none
  bool standardise = true;   // a fresh model by the first rows
};

inline constexpr std::int64_t kDefaultBatch = 512;

// The most steps, rows of a batch and validation checks.
inline constexpr std::int64_t kMaxCount = std::int64_t{1} << 32;
// The most pairs that L-BFGS keeps.
inline constexpr int kMaxMemory = 1000;

// X(path, name, row, applies_to, sentence) for each option, in the order of finn_training_options:
// path is its field in TrainingOptions, whose default is that of the row.
#define FINN_TRAINING_OPTIONS(X)                                                               \
  X(steps, steps, core::integer("6000", 1, net::kMaxCount), "",                                \
    "steps in all: until the loss no longer falls")                                            \
  X(batch, batch, core::integer("0", 0, net::kMaxCount), "",                                   \
    "rows of a step; 0 is 512, or all rows of a smaller data set, and with lbfgs all")         \
  X(learning_rate, learning_rate, core::number("0.01").above(0), "adam, adamw, sgd",           \
    "learning rate at its largest; 0.03 where time is short")                                  \
  X(optimiser.adam.beta1, beta1, core::number("0.9").at_least(0).below(1), "adam, adamw",      \
    "share of the mean of gradients that a step keeps")                                        \
  X(optimiser.adam.beta2, beta2, core::number("0.999").at_least(0).below(1), "adam, adamw",    \
    "share of the mean of squared gradients that a step keeps; 0.99 for short runs")           \
  X(optimiser.adam.epsilon, adam_epsilon, core::number("1e-8").above(0), "adam, adamw",        \
    "added to the root of the mean square, in units of the root mean square of the gradient")  \
  X(loss.kind, loss,                                                                           \
    core::choice("squared_error",                                                              \
                 "squared_error, negative_log_likelihood, absolute_error, huber, "             \
                 "poisson_process, custom, interval_likelihood"),                              \
    "", "what the fit makes small")                                                            \
  X(schedule.kind, schedule,                                                                   \
    core::choice("cosine", "cosine, constant, linear, step, exponential, one_cycle"),          \
    "adam, adamw, sgd", "how the learning rate changes from step to step")                     \
  X(seed, seed, core::any_integer("0"), "",                                                    \
    "seed of shuffles, of the points of a sampler and of the choice of validation rows")       \
  X(optimiser.kind, optimiser, core::choice("adam", "adam, adamw, sgd, lbfgs"), "",            \
    "how parameters move against the gradient")                                                \
  X(optimiser.sgd.nesterov, nesterov, core::flag("false"), "sgd",                              \
    "Nesterov's momentum: the gradient counts beside the new velocity")                        \
  X(optimiser.weight_decay, weight_decay, core::number("0.01").at_least(0), "adamw",           \
    "parameters shrink by this times the learning rate in each step; for few rows")            \
  X(optimiser.sgd.momentum, momentum, core::number("0.9").at_least(0).below(1), "sgd",         \
    "share of the velocity that a step keeps")                                                 \
  X(optimiser.lbfgs.memory, lbfgs_memory, core::integer("10", 1, net::kMaxMemory), "lbfgs",    \
    "pairs of steps and gradients kept; 50 where memory allows")                               \
  X(optimiser.lbfgs.gradient_tolerance, gradient_tolerance, core::number("1e-8").at_least(0),  \
    "lbfgs",                                                                                   \
    "the fit has converged when no entry of the gradient exceeds this share of the "           \
    "largest one at first")                                                                    \
  X(optimiser.lbfgs.loss_tolerance, loss_tolerance, core::number("1e-9").at_least(0), "lbfgs", \
    "the fit has converged when a step gains a smaller share of the loss")                     \
  X(schedule.warmup_steps, warmup_steps, core::integer("0", 0, net::kMaxCount),                \
    "adam, adamw, sgd",                                                                        \
    "steps in which the learning rate first rises, fewer than steps; for large rates")         \
  X(schedule.final_learning_rate, final_learning_rate, core::number("0").at_least(0),          \
    "cosine, linear, one_cycle", "learning rate at the end, at most learning_rate")            \
  X(schedule.decay_interval, decay_interval, core::integer("1000", 1, net::kMaxCount),         \
    "step, exponential", "steps after which the rate has been multiplied by decay_factor")     \
  X(schedule.decay_factor, decay_factor, core::number("0.5").above(0).at_most(1),              \
    "step, exponential", "what the rate is multiplied by in each decay_interval")              \
  X(gradient_clip, gradient_clip, core::number("0").at_least(0), "adam, adamw, sgd",           \
    "a gradient of a larger norm is brought down to this one; 0 is any; for outliers and f "   \
    "near 0")                                                                                  \
  X(loss.huber_delta, huber_delta, core::number("1").above(0), "huber",                        \
    "where the square goes over into a line: the size of the noise")                           \
  X(loss.poisson_events, poisson_events, core::number("0").at_least(0), "poisson_process",     \
    "events in one realisation; 0 is as many as there are rows")                               \
  X(validation.share, validation_share, core::number("-1").at_least(-1).below(1), "",          \
    "share of the rows of a data set that are validation rows; below 0: a tenth for a log "    \
    "likelihood under conditions, from 50 rows on and at most 4096, else none")                \
  X(validation.interval, validation_interval, core::integer("50", 1, net::kMaxCount), "",      \
    "steps from one validation check to the next")                                             \
  X(validation.patience, patience, core::integer("0", 0, net::kMaxCount), "",                  \
    "validation checks without a new best before the fit ends; 0 is none: it goes to its end") \
  X(validation.min_delta, min_delta, core::number("0").at_least(0), "",                        \
    "by how much the loss of validation rows has to be better to be a new best")               \
  X(width_prior, width_prior, core::number("100").at_least(0), "adam, adamw, sgd",             \
    "fits of densities to rows: so many rows say that what is narrower than a kernel "         \
    "estimate is chance; 0 is none")                                                           \
  X(standardise, standardise, core::flag("true"), "",                                          \
    "a model that nothing has touched takes coordinates, first parameters and the size of f "  \
    "from the first rows")                                                                     \
  X(loss.of, loss_of, core::choice("integrand", "integrand, antiderivative"),                  \
    "squared_error, absolute_error, huber, custom",                                            \
    "what the loss compares with y: f, or F itself, which is monotone regression")

// Fails with a message that names the field, with prefix before it.
void require_valid(const TrainingOptions& options, const char* prefix = "");

// Calls visit(field, name) for each option, in the order of the list; the names are those of
// finn.h.
template <class Options, class Visit>
void visit_options(Options& options, Visit&& visit) {
#define FINN_VISIT_OPTION(path, name, row, applies_to, sentence) visit(options.path, #name);
  FINN_TRAINING_OPTIONS(FINN_VISIT_OPTION)
#undef FINN_VISIT_OPTION
}

}  // namespace finn::net
