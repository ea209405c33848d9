#include "finn/training/training_options.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/error.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {
namespace {

struct Bad {
  const char* name;
  void (*spoil)(TrainingOptions&);
};

TEST(TrainingOptions, areValidAsTheyCome) { EXPECT_NO_THROW(require_valid(TrainingOptions{})); }

TEST(TrainingOptions, thatAreNotValidAreNamed) {
  const Bad bad_options[] = {
      {"steps", [](auto& o) { o.steps = 0; }},
      {"batch", [](auto& o) { o.batch = -1; }},
      {"learning_rate", [](auto& o) { o.learning_rate = 0; }},
      {"optimiser", [](auto& o) { o.optimiser.kind = static_cast<OptimiserKind>(4); }},
      {"beta1", [](auto& o) { o.optimiser.adam.beta1 = 1; }},
      {"beta2", [](auto& o) { o.optimiser.adam.beta2 = -1; }},
      {"adam_epsilon", [](auto& o) { o.optimiser.adam.epsilon = 0; }},
      {"weight_decay", [](auto& o) { o.optimiser.weight_decay = -1; }},
      {"momentum", [](auto& o) { o.optimiser.sgd.momentum = 1; }},
      {"lbfgs_memory", [](auto& o) { o.optimiser.lbfgs.memory = 0; }},
      {"loss", [](auto& o) { o.loss.kind = static_cast<Loss>(6); }},
      {"huber_delta", [](auto& o) { o.loss.huber_delta = 0; }},
      {"schedule", [](auto& o) { o.schedule.kind = static_cast<ScheduleKind>(6); }},
      {"warmup_steps", [](auto& o) { o.schedule.warmup_steps = o.steps; }},
      {"final_learning_rate", [](auto& o) { o.schedule.final_learning_rate = 1; }},
      {"decay_factor", [](auto& o) { o.schedule.decay_factor = 0; }},
      {"gradient_clip", [](auto& o) { o.gradient_clip = -1; }},
      {"validation_share", [](auto& o) { o.validation.share = 1; }},
      {"patience", [](auto& o) { o.validation.patience = -1; }}};
  for (const Bad& bad : bad_options) {
    TrainingOptions options;
    bad.spoil(options);
    try {
      require_valid(options);
      ADD_FAILURE() << bad.name;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
      EXPECT_EQ(std::string(error.what()).find(bad.name), 0u) << error.what();
    }
  }
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
