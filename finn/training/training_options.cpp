#include "finn/training/training_options.hpp"

#include <cinttypes>

#include "core/error.hpp"
#include "core/option.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

void require_valid_fields(const TrainingOptions& options, const char* prefix) {
#define FINN_REQUIRE_OPTION(path, name, row, applies_to, sentence) \
  core::require_valid((row).described(#name, applies_to, sentence), prefix, options.path);
  FINN_TRAINING_OPTIONS(FINN_REQUIRE_OPTION)
#undef FINN_REQUIRE_OPTION
}

// What has to hold of two options at once.
void require_valid_pairs(const TrainingOptions& options, const char* prefix) {
  const Schedule& schedule = options.schedule;
  if (schedule.warmup_steps >= options.steps) {
    fail(Status::ERROR_ARGUMENT,
         "%swarmup_steps: %" PRId64 " given, fewer than steps, %" PRId64 ", expected", prefix,
         schedule.warmup_steps, options.steps);
  }
  if (schedule.final_learning_rate > options.learning_rate) {
    fail(Status::ERROR_ARGUMENT,
         "%sfinal_learning_rate: %g given, at most learning_rate, %g, expected", prefix,
         schedule.final_learning_rate, options.learning_rate);
  }
  if (options.gradient_clip > 0 && options.optimiser.kind == OptimiserKind::lbfgs) {
    fail(Status::ERROR_ARGUMENT,
         "%sgradient_clip: %g given with L-BFGS, whose line search needs the true gradient; 0 "
         "expected",
         prefix, options.gradient_clip);
  }
  const double decay = options.learning_rate * options.optimiser.weight_decay;
  if (options.optimiser.kind == OptimiserKind::adamw && !(decay < 1)) {
    fail(Status::ERROR_ARGUMENT,
         "%sweight_decay: %g given, learning_rate times weight_decay below 1 expected", prefix,
         options.optimiser.weight_decay);
  }
}

}  // namespace

void require_valid(const TrainingOptions& options, const char* prefix) {
  require_valid_fields(options, prefix);
  require_valid_pairs(options, prefix);
}

}  // namespace finn::net
