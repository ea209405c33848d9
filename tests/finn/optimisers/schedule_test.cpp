#include "finn/optimisers/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace finn::net {
namespace {

Schedule schedule_of(ScheduleKind kind) {
  Schedule schedule;
  schedule.kind = kind;
  return schedule;
}

TEST(LearningRate, isConstantWhenAsked) {
  const Schedule schedule = schedule_of(ScheduleKind::constant);
  for (std::int64_t t = 0; t < 10; ++t) EXPECT_EQ(learning_rate(schedule, 0.3, t, 10), 0.3);
}

TEST(LearningRate, fallsAlongHalfACosine) {
  Schedule schedule = schedule_of(ScheduleKind::cosine);
  schedule.final_learning_rate = 0.1;
  for (int t = 0; t < 8; ++t) {
    const double expected = 0.1 + 0.4 * std::pow(std::cos(std::numbers::pi * t / 16), 2);
    EXPECT_NEAR(learning_rate(schedule, 0.5, t, 8), expected, 1e-15);
  }
}

TEST(LearningRate, fallsAlongALine) {
  Schedule schedule = schedule_of(ScheduleKind::linear);
  schedule.final_learning_rate = 0.1;
  for (int t = 0; t < 8; ++t) {
    EXPECT_NEAR(learning_rate(schedule, 0.5, t, 8), 0.5 - 0.05 * t, 1e-15);
  }
}

TEST(LearningRate, fallsInSteps) {
  Schedule schedule = schedule_of(ScheduleKind::step);
  schedule.decay_interval = 3;
  schedule.decay_factor = 0.5;
  const double expected[] = {8, 8, 8, 4, 4, 4, 2, 2, 2, 1};
  for (int t = 0; t < 10; ++t) EXPECT_EQ(learning_rate(schedule, 8, t, 10), expected[t]) << t;
}

TEST(LearningRate, fallsExponentially) {
  Schedule schedule = schedule_of(ScheduleKind::exponential);
  schedule.decay_interval = 4;
  schedule.decay_factor = 0.25;
  for (int t = 0; t < 10; ++t) {
    EXPECT_NEAR(learning_rate(schedule, 2, t, 10), 2 * std::exp2(-0.5 * t), 1e-15);
  }
}

TEST(LearningRate, risesAndFallsInOneCycle) {
  const Schedule schedule = schedule_of(ScheduleKind::one_cycle);
  EXPECT_NEAR(learning_rate(schedule, 1, 0, 100), 0.04, 1e-15);
  EXPECT_NEAR(learning_rate(schedule, 1, 15, 100), 0.52, 1e-15);  // half of the rise
  EXPECT_NEAR(learning_rate(schedule, 1, 30, 100), 1, 1e-15);
  EXPECT_NEAR(learning_rate(schedule, 1, 65, 100), 0.5, 1e-15);  // half of the fall
  for (int t = 1; t < 100; ++t) {
    const double change =
        learning_rate(schedule, 1, t, 100) - learning_rate(schedule, 1, t - 1, 100);
    EXPECT_EQ(change > 0, t <= 30) << t;
  }
}

TEST(LearningRate, warmsUpBeforeEverySchedule) {
  for (int kind = 0; kind <= 5; ++kind) {
    const Schedule plain = schedule_of(static_cast<ScheduleKind>(kind));
    Schedule warm = plain;
    warm.warmup_steps = 4;
    for (int t = 0; t < 4; ++t) EXPECT_NEAR(learning_rate(warm, 1, t, 12), 0.2 * (t + 1), 1e-15);
    for (int t = 4; t < 12; ++t) {
      EXPECT_EQ(learning_rate(warm, 1, t, 12), learning_rate(plain, 1, t - 4, 8)) << kind;
    }
  }
}

}  // namespace
}  // namespace finn::net
