// Learning rates: how the rate of a step follows from the options, the step and their number.
//
// Warm-up comes first, if there is any: rate (t + 1) / (warmup + 1) in step t < warmup. After it,
// with s = (t - warmup) / (steps - warmup) in [0, 1) and u = t - warmup:
//
//   constant      rate
//   cosine        final + (rate - final) (1 + cos(pi s)) / 2     Loshchilov & Hutter, 1608.03983
//   linear        final + (rate - final) (1 - s)
//   step          rate factor^floor(u / interval)
//   exponential   rate factor^(u / interval)
//   one_cycle     up from rate / 25 to rate along a cosine over the first 0.3 of s, then down to
//                 final along another                            Smith & Topin, 1708.07120
#pragma once

#include <cstdint>

namespace finn::net {

enum class ScheduleKind { cosine, constant, linear, step, exponential, one_cycle };

struct Schedule {
  ScheduleKind kind = ScheduleKind::cosine;
  std::int64_t warmup_steps = 0;       // fewer than all steps
  double final_learning_rate = 0;      // cosine, linear, one_cycle; >= 0
  std::int64_t decay_interval = 1000;  // step, exponential
  double decay_factor = 0.5;           // step, exponential; in (0, 1]
};

// The learning rate of step 0 .. steps - 1, where rate is the largest.
double learning_rate(const Schedule& schedule, double rate, std::int64_t step, std::int64_t steps);

}  // namespace finn::net
