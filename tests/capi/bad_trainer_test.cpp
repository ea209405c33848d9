// What finn_trainer_create refuses, with which status and which name.
#include <limits>

#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
using Options = finn_training_options;

const SpoiledOption<Options> kBadOptions[] = {
    {"struct_size 0", FINN_ERROR_ARGUMENT, "struct_size", [](Options& o) { o.struct_size = 0; }},
    {"struct_size too small", FINN_ERROR_ARGUMENT, "struct_size",
     [](Options& o) { o.struct_size = sizeof(Options) - 8; }},
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
    {"unknown loss", FINN_ERROR_ARGUMENT, "loss", [](Options& o) { o.loss = 2; }},
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

}  // namespace
}  // namespace finn::test
