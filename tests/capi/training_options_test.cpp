// What finn_trainer_create refuses, with which status and which name.
#include <cstddef>
#include <limits>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
using Options = finn_training_options;

const SpoiledOption<Options> kBadOptions[] = {
    {"struct_size 0", FINN_ERROR_ARGUMENT, "struct_size", [](Options& o) { o.struct_size = 0; }},
    {"struct_size too small", FINN_ERROR_ARGUMENT, "struct_size",
     [](Options& o) { o.struct_size = offsetof(Options, optimiser) - 8; }},
    {"no steps", FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = 0; }},
    {"negative steps", FINN_ERROR_ARGUMENT, "steps", [](Options& o) { o.steps = -1; }},
    {"negative batch", FINN_ERROR_ARGUMENT, "batch", [](Options& o) { o.batch = -8; }},
    {"learning_rate 0", FINN_ERROR_ARGUMENT, "learning_rate",
     [](Options& o) { o.learning_rate = 0; }},
    {"negative learning_rate", FINN_ERROR_ARGUMENT, "learning_rate",
     [](Options& o) { o.learning_rate = -0.01; }},
    {"learning_rate NaN", FINN_ERROR_NOT_FINITE, "learning_rate",
     [](Options& o) { o.learning_rate = kNaN; }},
    {"learning_rate infinite", FINN_ERROR_NOT_FINITE, "learning_rate",
     [](Options& o) { o.learning_rate = kInfinity; }},
    {"negative beta1", FINN_ERROR_ARGUMENT, "beta1", [](Options& o) { o.beta1 = -0.1; }},
    {"beta1 1", FINN_ERROR_ARGUMENT, "beta1", [](Options& o) { o.beta1 = 1; }},
    {"beta1 NaN", FINN_ERROR_NOT_FINITE, "beta1", [](Options& o) { o.beta1 = kNaN; }},
    {"negative beta2", FINN_ERROR_ARGUMENT, "beta2", [](Options& o) { o.beta2 = -0.1; }},
    {"beta2 1", FINN_ERROR_ARGUMENT, "beta2", [](Options& o) { o.beta2 = 1; }},
    {"beta2 NaN", FINN_ERROR_NOT_FINITE, "beta2", [](Options& o) { o.beta2 = kNaN; }},
    {"negative adam_epsilon", FINN_ERROR_ARGUMENT, "adam_epsilon",
     [](Options& o) { o.adam_epsilon = -1; }},
    {"adam_epsilon NaN", FINN_ERROR_NOT_FINITE, "adam_epsilon",
     [](Options& o) { o.adam_epsilon = kNaN; }},
    {"unknown loss", FINN_ERROR_ARGUMENT, "loss", [](Options& o) { o.loss = 6; }},
    {"unknown optimiser", FINN_ERROR_ARGUMENT, "optimiser", [](Options& o) { o.optimiser = 4; }},
    {"nesterov 2", FINN_ERROR_ARGUMENT, "nesterov", [](Options& o) { o.nesterov = 2; }},
    {"negative weight_decay", FINN_ERROR_ARGUMENT, "weight_decay",
     [](Options& o) { o.weight_decay = -1; }},
    {"weight_decay that turns signs", FINN_ERROR_ARGUMENT, "weight_decay",
     [](Options& o) { o.optimiser = FINN_OPTIMISER_ADAMW, o.weight_decay = 100; }},
    {"momentum 1", FINN_ERROR_ARGUMENT, "momentum", [](Options& o) { o.momentum = 1; }},
    {"lbfgs_memory 0", FINN_ERROR_ARGUMENT, "lbfgs_memory", [](Options& o) { o.lbfgs_memory = 0; }},
    {"lbfgs_memory 2^32 + 1", FINN_ERROR_ARGUMENT, "lbfgs_memory",
     [](Options& o) { o.lbfgs_memory = (std::int64_t{1} << 32) + 1; }},
    {"negative gradient_tolerance", FINN_ERROR_ARGUMENT, "gradient_tolerance",
     [](Options& o) { o.gradient_tolerance = -1; }},
    {"loss_tolerance NaN", FINN_ERROR_NOT_FINITE, "loss_tolerance",
     [](Options& o) { o.loss_tolerance = kNaN; }},
    {"warm-up of all steps", FINN_ERROR_ARGUMENT, "warmup_steps",
     [](Options& o) { o.warmup_steps = o.steps; }},
    {"negative warmup_steps", FINN_ERROR_ARGUMENT, "warmup_steps",
     [](Options& o) { o.warmup_steps = -1; }},
    {"final_learning_rate above the first", FINN_ERROR_ARGUMENT, "final_learning_rate",
     [](Options& o) { o.final_learning_rate = 0.02; }},
    {"decay_interval 0", FINN_ERROR_ARGUMENT, "decay_interval",
     [](Options& o) { o.decay_interval = 0; }},
    {"decay_factor 0", FINN_ERROR_ARGUMENT, "decay_factor", [](Options& o) { o.decay_factor = 0; }},
    {"decay_factor 1.5", FINN_ERROR_ARGUMENT, "decay_factor",
     [](Options& o) { o.decay_factor = 1.5; }},
    {"negative gradient_clip", FINN_ERROR_ARGUMENT, "gradient_clip",
     [](Options& o) { o.gradient_clip = -1; }},
    {"gradient_clip with L-BFGS", FINN_ERROR_ARGUMENT, "gradient_clip",
     [](Options& o) { o.gradient_clip = 1, o.optimiser = FINN_OPTIMISER_LBFGS; }},
    {"huber_delta 0", FINN_ERROR_ARGUMENT, "huber_delta", [](Options& o) { o.huber_delta = 0; }},
    {"negative poisson_events", FINN_ERROR_ARGUMENT, "poisson_events",
     [](Options& o) { o.poisson_events = -1; }},
    {"validation_share 1", FINN_ERROR_ARGUMENT, "validation_share",
     [](Options& o) { o.validation_share = 1; }},
    {"validation_interval 0", FINN_ERROR_ARGUMENT, "validation_interval",
     [](Options& o) { o.validation_interval = 0; }},
    {"negative patience", FINN_ERROR_ARGUMENT, "patience", [](Options& o) { o.patience = -1; }},
    {"min_delta infinite", FINN_ERROR_NOT_FINITE, "min_delta",
     [](Options& o) { o.min_delta = kInfinity; }},
    {"unknown schedule", FINN_ERROR_ARGUMENT, "schedule", [](Options& o) { o.schedule = 6; }},
    {"unknown schedule", FINN_ERROR_ARGUMENT, "schedule", [](Options& o) { o.schedule = -1; }},
};

TEST(TrainerCreate, refusesBadOptions) {
  const ModelHandle model = make_model({});
  for (const SpoiledOption<Options>& bad : kBadOptions) {
    Options options = short_training();
    bad.spoil(options);
    finn_trainer* trainer = nullptr;
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* e) {
                      return finn_trainer_create(model.get(), &options, &trainer, e);
                    }});
    EXPECT_EQ(trainer, nullptr);
  }
}

TEST(TrainerCreate, refusesNullPointers) {
  const ModelHandle model = make_model({});
  const Options options = short_training();
  const TrainerHandle other = make_trainer(model.get(), options);
  finn_trainer* trainer = other.get();
  EXPECT_EQ(finn_training_options_init(nullptr), FINN_ERROR_NULL);
  expect_refused({"model", FINN_ERROR_NULL, "model", [&](finn_error* e) {
                    return finn_trainer_create(nullptr, &options, &trainer, e);
                  }});
  EXPECT_EQ(trainer, nullptr);
  expect_refused({"options", FINN_ERROR_NULL, "options", [&](finn_error* e) {
                    return finn_trainer_create(model.get(), nullptr, &trainer, e);
                  }});
  expect_refused({"trainer", FINN_ERROR_NULL, "trainer", [&](finn_error* e) {
                    return finn_trainer_create(model.get(), &options, nullptr, e);
                  }});
}

TEST(TrainerCreate, refusesTheLogLikelihoodOfASignedDensity) {
  const ModelHandle model = make_model({.positivity = FINN_POSITIVITY_NONE});
  Options options = short_training();
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  finn_trainer* trainer = nullptr;
  expect_refused({"loss", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* e) {
                    return finn_trainer_create(model.get(), &options, &trainer, e);
                  }});
}

TEST(TrainerCreate, refusesAPoissonProcessWhoseIntegralIsFixed) {
  const ModelHandle model = make_model({});
  Options options = short_training();
  options.loss = FINN_LOSS_POISSON_PROCESS;
  finn_trainer* trainer = nullptr;
  expect_refused({"loss", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* e) {
                    return finn_trainer_create(model.get(), &options, &trainer, e);
                  }});
}

}  // namespace
}  // namespace finn::test
