#include "finn/optimisers/schedule.hpp"

#include <cmath>
#include <numbers>

namespace finn::net {
namespace {

constexpr double kCycleRise = 0.3;    // share of the steps in which one_cycle rises
constexpr double kCycleStart = 0.04;  // its first rate, as a share of the largest

// From start at s = 0 to end at s = 1.
double half_cosine(double start, double end, double s) {
  return end + (start - end) * 0.5 * (1 + std::cos(std::numbers::pi * s));
}

double one_cycle(const Schedule& schedule, double rate, double s) {
  if (s < kCycleRise) return half_cosine(kCycleStart * rate, rate, s / kCycleRise);
  return half_cosine(rate, schedule.final_learning_rate, (s - kCycleRise) / (1 - kCycleRise));
}

}  // namespace

double learning_rate(const Schedule& schedule, double rate, std::int64_t step, std::int64_t steps) {
  const std::int64_t warmup = schedule.warmup_steps;
  if (step < warmup) return rate * static_cast<double>(step + 1) / static_cast<double>(warmup + 1);
  const auto after = static_cast<double>(step - warmup);
  const double s = after / static_cast<double>(steps - warmup);
  const double intervals = after / static_cast<double>(schedule.decay_interval);
  switch (schedule.kind) {
    case ScheduleKind::constant:
      return rate;
    case ScheduleKind::linear:
      return schedule.final_learning_rate + (rate - schedule.final_learning_rate) * (1 - s);
    case ScheduleKind::step:
      return rate * std::pow(schedule.decay_factor, std::floor(intervals));
    case ScheduleKind::exponential:
      return rate * std::pow(schedule.decay_factor, intervals);
    case ScheduleKind::one_cycle:
      return one_cycle(schedule, rate, s);
    default:
      return half_cosine(rate, schedule.final_learning_rate, s);
  }
}

}  // namespace finn::net
