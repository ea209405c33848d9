// What finn_trainer_create refuses, with which status and which name.
#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

using Options = finn_training_options;

// Options that contradict each other; tests/capi/options_test.cpp has the limits of each by itself.
const SpoiledOption<Options> kContradictions[] = {
    {"weight_decay that turns signs", FINN_ERROR_ARGUMENT, "weight_decay",
     [](Options& o) { o.optimiser = FINN_OPTIMISER_ADAMW, o.weight_decay = 100; }},
    {"warm-up of all steps", FINN_ERROR_ARGUMENT, "warmup_steps",
     [](Options& o) { o.warmup_steps = o.steps; }},
    {"final_learning_rate above the first", FINN_ERROR_ARGUMENT, "final_learning_rate",
     [](Options& o) { o.final_learning_rate = 0.02; }},
    {"gradient_clip with L-BFGS", FINN_ERROR_ARGUMENT, "gradient_clip",
     [](Options& o) { o.gradient_clip = 1, o.optimiser = FINN_OPTIMISER_LBFGS; }},
};

// Each is within its own limits, and next to a contradiction.
const SpoiledOption<Options> kCompatible[] = {
    {"weight_decay that turns no signs", FINN_OK, "",
     [](Options& o) { o.optimiser = FINN_OPTIMISER_ADAMW, o.weight_decay = 99; }},
    {"weight_decay of an optimiser without", FINN_OK, "", [](Options& o) { o.weight_decay = 100; }},
    {"warm-up of all steps but one", FINN_OK, "", [](Options& o) { o.warmup_steps = o.steps - 1; }},
    {"final_learning_rate as the first", FINN_OK, "",
     [](Options& o) { o.final_learning_rate = o.learning_rate; }},
    {"gradient_clip with SGD", FINN_OK, "",
     [](Options& o) { o.gradient_clip = 1, o.optimiser = FINN_OPTIMISER_SGD; }},
};

TEST(TrainerCreate, refusesOptionsThatContradictEachOther) {
  const ModelHandle model = make_model({});
  for (const SpoiledOption<Options>& bad : kContradictions) {
    Options options = short_training();
    bad.spoil(options);
    expect_not_made<finn_trainer>(bad.what, bad.status, bad.name,
                                  [&](finn_trainer** trainer, finn_error* e) {
                                    return finn_trainer_create(model.get(), &options, trainer, e);
                                  });
  }
}

TEST(TrainerCreate, acceptsOptionsThatDoNot) {
  const ModelHandle model = make_model({});
  for (const SpoiledOption<Options>& good : kCompatible) {
    SCOPED_TRACE(good.what);
    Options options = short_training();
    good.spoil(options);
    make_trainer(model.get(), options);
  }
}

TEST(TrainerCreate, refusesNullPointers) {
  const ModelHandle model = make_model({});
  const Options options = short_training();
  expect_not_made<finn_trainer>("model", FINN_ERROR_NULL, "model", [&](auto** trainer, auto* e) {
    return finn_trainer_create(nullptr, &options, trainer, e);
  });
  expect_refused({"trainer", FINN_ERROR_NULL, "trainer", [&](finn_error* e) {
                    return finn_trainer_create(model.get(), &options, nullptr, e);
                  }});
}

// What the loss takes for granted, and which models do not have it.
struct LossOfAModel {
  const char* what;
  finn_loss loss;
  ModelSpec spec;
};

const LossOfAModel kUndefined[] = {
    {"likelihood of a signed density",
     FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
     {.positivity = FINN_POSITIVITY_NONE}},
    {"likelihood of a density that is shifted",
     FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
     {.method = FINN_METHOD_SHIFT}},
    {"point process whose integral is 1", FINN_LOSS_POISSON_PROCESS, {}},
    {"point process whose integral is that of the row",
     FINN_LOSS_POISSON_PROCESS,
     {.constraint = FINN_CONSTRAINT_PER_ROW}},
    {"point process with integrals that hold at once",
     FINN_LOSS_POISSON_PROCESS,
     {.constraint = FINN_CONSTRAINT_LINEAR, .integrals = {{.value = {1}}}}},
    {"point process of an intensity of any sign",
     FINN_LOSS_POISSON_PROCESS,
     {.positivity = FINN_POSITIVITY_NONE, .constraint = FINN_CONSTRAINT_NONE}},
    {"point process with conditions",
     FINN_LOSS_POISSON_PROCESS,
     {.constraint = FINN_CONSTRAINT_NONE,
      .conditioning = FINN_CONDITIONING_FILM,
      .conditions = 1}}};

TEST(TrainerCreate, refusesALossThatIsNotDefinedForTheModel) {
  for (const LossOfAModel& one : kUndefined) {
    const ModelHandle model = make_model(one.spec);
    Options options = short_training();
    options.loss = one.loss;
    expect_not_made<finn_trainer>(one.what, FINN_ERROR_ARGUMENT, "loss",
                                  [&](finn_trainer** trainer, finn_error* e) {
                                    return finn_trainer_create(model.get(), &options, trainer, e);
                                  });
  }
}

}  // namespace
}  // namespace finn::test
