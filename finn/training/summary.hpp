// What happened in a run, as far as its trainer and its model know: docs/TRAINING.md, "What
// happened: the summary". Nothing of it is written down as the run goes: losses, outcome, order and
// validation rows are the trainer's anyway, and so are in its checkpoint; known rows
// (finn/training/known_rows.hpp) are there once a fit was given rows.
#pragma once

#include <cstdint>
#include <limits>

#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/trainer.hpp"

namespace finn::net {

// Bits of Summary::warnings, as in finn.h.
inline constexpr std::int32_t kRowsAtFloor = 1;
inline constexpr std::int32_t kFarFromBound = 2;
inline constexpr std::int32_t kOverfitted = 4;
inline constexpr std::int32_t kStillFalling = 8;

struct Summary {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::int64_t steps = 0;
  double loss = kNone;           // of the last step
  double smoothed_loss = kNone;  // finn/training/loss_trend.hpp
  double validation_loss = kNone;
  double best_loss = std::numeric_limits<double>::infinity();  // of the validation rows
  std::int64_t best_step = 0;                                  // 0: none
  std::int64_t rows = 0;                                       // trained on; 0: a sampler
  std::int64_t validation_rows = 0;
  std::int64_t rows_looked_at = 0;
  std::int64_t rows_at_floor = 0;
  double uniform_share = 0;
  double integral = kNone;  // of this output; none where every row has its own
  double bound = kNone;
  std::int32_t output = 0;
  bool has_standards = false;
  std::int32_t warnings = 0;
};

// Of the trainer's model as it is now. Looks at rows, in this workspace, where the loss is a log
// likelihood. Fails with ERROR_INTEGRAL where the model cannot be normalised.
template <class T>
Summary summary_of(const Trainer<T>& trainer, const Model<T>& model, Workspace& workspace);

extern template Summary summary_of(const Trainer<float>&, const Model<float>&, Workspace&);
extern template Summary summary_of(const Trainer<double>&, const Model<double>&, Workspace&);

}  // namespace finn::net
