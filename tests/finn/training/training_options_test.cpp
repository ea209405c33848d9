#include "finn/training/training_options.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "core/error.hpp"
#include "core/option.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"
#include "tests/finn/option_support.hpp"

namespace finn::net {
namespace {

struct Bad {
  const char* name;
  void (*spoil)(TrainingOptions&);
};

// Options beyond their limits.
const Bad kBeyondLimits[] = {
    {"steps", [](auto& o) { o.steps = 0; }},
    {"batch", [](auto& o) { o.batch = -1; }},
    {"learning_rate", [](auto& o) { o.learning_rate = 0; }},
    {"beta1", [](auto& o) { o.optimiser.adam.beta1 = 1; }},
    {"beta2", [](auto& o) { o.optimiser.adam.beta2 = -1; }},
    {"adam_epsilon", [](auto& o) { o.optimiser.adam.epsilon = 0; }},
    {"loss", [](auto& o) { o.loss.kind = static_cast<Loss>(7); }},
    {"schedule", [](auto& o) { o.schedule.kind = static_cast<ScheduleKind>(6); }},
    {"optimiser", [](auto& o) { o.optimiser.kind = static_cast<OptimiserKind>(4); }},
    {"weight_decay", [](auto& o) { o.optimiser.weight_decay = -1; }},
    {"momentum", [](auto& o) { o.optimiser.sgd.momentum = 1; }},
    {"lbfgs_memory", [](auto& o) { o.optimiser.lbfgs.memory = 1001; }},
    {"gradient_tolerance", [](auto& o) { o.optimiser.lbfgs.gradient_tolerance = -1; }},
    {"loss_tolerance", [](auto& o) { o.optimiser.lbfgs.loss_tolerance = -1; }},
    {"warmup_steps", [](auto& o) { o.schedule.warmup_steps = -1; }},
    {"final_learning_rate", [](auto& o) { o.schedule.final_learning_rate = -1; }},
    {"decay_interval", [](auto& o) { o.schedule.decay_interval = 0; }},
    {"decay_factor", [](auto& o) { o.schedule.decay_factor = 0; }},
    {"gradient_clip", [](auto& o) { o.gradient_clip = -1; }},
    {"huber_delta", [](auto& o) { o.loss.huber_delta = 0; }},
    {"poisson_events", [](auto& o) { o.loss.poisson_events = -1; }},
    {"validation_share", [](auto& o) { o.validation.share = 1; }},
    {"validation_interval", [](auto& o) { o.validation.interval = 0; }},
    {"patience", [](auto& o) { o.validation.patience = -1; }},
    {"min_delta", [](auto& o) { o.validation.min_delta = -1; }},
    {"width_prior", [](auto& o) { o.width_prior = -1; }}};

// What is refused of two options together.
const Bad kBadPairs[] = {
    {"warmup_steps", [](auto& o) { o.schedule.warmup_steps = o.steps; }},
    {"final_learning_rate", [](auto& o) { o.schedule.final_learning_rate = 0.011; }},
    {"gradient_clip",
     [](auto& o) { o.gradient_clip = 1, o.optimiser.kind = OptimiserKind::lbfgs; }},
    {"weight_decay",
     [](auto& o) { o.optimiser.weight_decay = 100, o.optimiser.kind = OptimiserKind::adamw; }}};

void expect_refused(const Bad& bad) {
  TrainingOptions options;
  bad.spoil(options);
  for (const std::string prefix : {"", "checkpoint: "}) {
    try {
      require_valid(options, prefix.c_str());
      ADD_FAILURE() << bad.name;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
      EXPECT_EQ(std::string(error.what()).find(prefix + bad.name + ": "), 0u) << error.what();
    }
  }
}

TEST(TrainingOptions, areValidAsTheyCome) { EXPECT_NO_THROW(require_valid(TrainingOptions{})); }

TEST(TrainingOptions, haveDefaultsThatTheyAllow) {
#define FINN_ROW(path, name, row, applies_to, sentence) \
  (row).described(#name, applies_to, sentence),
  test::expect_sound({FINN_TRAINING_OPTIONS(FINN_ROW)});
#undef FINN_ROW
}

template <class T>
void expect_default(const core::OptionRow& row, const T& value) {
  if constexpr (std::is_same_v<T, double>) {
    EXPECT_EQ(core::number_text(value), row.default_value) << row.name;
  } else {
    EXPECT_EQ(core::integer_text(row, static_cast<std::int64_t>(value)), row.default_value)
        << row.name;
  }
}

TEST(TrainingOptions, beginWithTheDefaultsOfTheirRows) {
  const TrainingOptions options;
#define FINN_EXPECT_DEFAULT(path, name, row, applies_to, sentence) \
  expect_default((row).described(#name, "", ""), options.path);
  FINN_TRAINING_OPTIONS(FINN_EXPECT_DEFAULT)
#undef FINN_EXPECT_DEFAULT
}

TEST(TrainingOptions, beyondALimitAreNamed) {
  for (const Bad& bad : kBeyondLimits) expect_refused(bad);
}

TEST(TrainingOptions, thatDoNotGoTogetherAreNamed) {
  for (const Bad& bad : kBadPairs) expect_refused(bad);
}

TEST(TrainingOptions, goTogetherUpToTheLimit) {
  TrainingOptions options;
  options.schedule.warmup_steps = options.steps - 1;
  options.schedule.final_learning_rate = options.learning_rate;
  options.gradient_clip = 1;
  options.optimiser.weight_decay = 99;
  EXPECT_NO_THROW(require_valid(options));
}

TEST(TrainingOptions, thatAreNotFiniteAreRefusedAsSuch) {
  TrainingOptions options;
  options.validation.min_delta = std::numeric_limits<double>::infinity();
  try {
    require_valid(options);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
  }
}

}  // namespace
}  // namespace finn::net
