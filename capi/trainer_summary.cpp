// finn_trainer: what happened in a run.
#include <cstdint>
#include <string>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/files/model_file.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/summary_text.hpp"
#include "capi/trainer.hpp"
#include "core/sized_struct.hpp"
#include "finn/training/summary.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::require;
using finn::capi::require_handle;

constexpr finn::core::SizedStruct kSummary = {
    "finn_training_summary", sizeof(finn_training_summary), sizeof(finn_training_summary)};
constexpr const char* kPrefix = "summary.";

static_assert(FINN_WARNING_ROWS_AT_FLOOR == net::kRowsAtFloor);
static_assert(FINN_WARNING_FAR_FROM_BOUND == net::kFarFromBound);
static_assert(FINN_WARNING_OVERFITTED == net::kOverfitted);
static_assert(FINN_WARNING_STILL_FALLING == net::kStillFalling);

// The summary as finn.h gives it, whole.
finn_training_summary summary_of(const net::Summary& summary, finn_outcome outcome) {
  finn_training_summary whole{};
  whole.struct_size = sizeof whole;
  whole.steps = summary.steps;
  whole.loss = summary.loss;
  whole.smoothed_loss = summary.smoothed_loss;
  whole.validation_loss = summary.validation_loss;
  whole.best_validation_loss = summary.best_loss;
  whole.best_step = summary.best_step;
  whole.rows = summary.rows;
  whole.validation_rows = summary.validation_rows;
  whole.rows_looked_at = summary.rows_looked_at;
  whole.rows_at_floor = summary.rows_at_floor;
  whole.floor_share = summary.uniform_share;
  whole.integral = summary.integral;
  whole.bound = summary.bound;
  whole.output = summary.output;
  whole.outcome = outcome;
  whole.has_standards = summary.has_standards ? 1 : 0;
  whole.warnings = summary.warnings;
  return whole;
}

}  // namespace

extern "C" {

finn_status finn_trainer_summary(const finn_trainer* trainer, finn_workspace* workspace,
                                 finn_training_summary* summary, finn_error* error) {
  return call(error, [&] {
    require_handle(trainer, "trainer");
    require_handle(workspace, "workspace");
    require(summary, "summary");
    finn::core::require_size(kSummary, kPrefix, summary);
    const net::Summary found =
        finn::capi::with_model(*trainer, [&](const auto& typed, const auto& model) {
          return net::summary_of(typed, model, workspace->workspace);
        });
    const finn_training_summary whole = summary_of(found, finn_trainer_outcome(trainer));
    finn::core::write_sized(kSummary, kPrefix, &whole, summary);
  });
}

finn_status finn_trainer_summary_text(const finn_training_summary* summary, char* text,
                                      int64_t capacity, int64_t* size, finn_error* error) {
  return call(error, [&] {
    require(summary, "summary");
    finn_training_summary whole{};
    finn::core::read_sized(kSummary, kPrefix, summary, &whole);
    finn::capi::require_enumerator(whole.outcome, FINN_OUTCOME_STOPPED, "summary.outcome");
    const std::string lines = finn::capi::text_of(whole);
    int64_t needed = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(lines.c_str());
    finn::capi::write_buffer({bytes, lines.size() + 1}, text, capacity, &needed);
    if (size != nullptr) *size = needed;
  });
}

}  // extern "C"
