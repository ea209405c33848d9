// How a model is trained. The names of the fields in messages are those of finn.h.
#pragma once

#include <cstdint>

#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/loss.hpp"

namespace finn::net {

// Held-out rows: how many, how often their loss is computed, and when to stop because of it.
struct ValidationOptions {
  double share = 0;            // of the rows of a data set, in [0, 1)
  std::int64_t interval = 50;  // steps from one evaluation to the next
  std::int64_t patience = 0;   // evaluations without a new best before the fit ends; 0: never
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

}  // namespace finn::net
