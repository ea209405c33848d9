#include "capi/summary_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "finn/training/loss_trend.hpp"

namespace finn::capi {
namespace {

// For the eye, with a point in every locale.
std::string number(double value) {
  char digits[32];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 5);
  return {digits, end.ptr};
}

// "1 step", "2 steps".
std::string counted(std::int64_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

bool warns(const finn_training_summary& summary, finn_warning warning) {
  return (summary.warnings & warning) != 0;
}

bool is_over(finn_outcome outcome) {
  return outcome != FINN_OUTCOME_UNFINISHED && outcome != FINN_OUTCOME_STOPPED;
}

const char* why(finn_outcome outcome) {
  switch (outcome) {
    case FINN_OUTCOME_STEPS_DONE:
      return "all that were asked for";
    case FINN_OUTCOME_EARLY_STOPPED:
      return "ended early: the validation rows saw nothing better for as long as patience says";
    case FINN_OUTCOME_CONVERGED:
      return "converged";
    case FINN_OUTCOME_STALLED:
      return "ended early: rounding leaves no step that lowers the loss";
    case FINN_OUTCOME_STOPPED:
      return "stopped by the progress callback; a further fit goes on";
    default:
      return "not over; a further fit goes on";
  }
}

std::string losses(const finn_training_summary& summary) {
  if (summary.steps == 0) return "";
  const std::int64_t smoothed = std::min(summary.steps, net::kSmoothedSteps);
  std::string line = "loss " + number(summary.loss);
  if (smoothed > 1) {
    line += ", mean of the last " + counted(smoothed, "step") + " " + number(summary.smoothed_loss);
  }
  line += "\n";
  if (std::isnan(summary.validation_loss)) return line;
  line += "validation loss " + number(summary.validation_loss);
  if (summary.best_step > 0) {
    line += ", at best " + number(summary.best_validation_loss) + " after " +
            counted(summary.best_step, "step");
  }
  return line + "\n";
}

std::string rows(const finn_training_summary& summary) {
  std::string line = summary.rows > 0 ? counted(summary.rows, "row") + " trained on"
                                      : "no rows of a data set trained on";
  if (summary.validation_rows > 0) {
    line += ", " + std::to_string(summary.validation_rows) + " for validation";
  }
  if (summary.rows_looked_at > 0) {
    line += "; f was looked at in " + std::to_string(summary.rows_looked_at) + " of them";
  }
  if (summary.has_standards != 0) line += "; units are those of the data";
  return line + "\n";
}

std::string integral(const finn_training_summary& summary) {
  if (std::isnan(summary.integral) && summary.floor_share == 0) return "";
  std::string line = "integral";
  if (!std::isnan(summary.integral)) line.append(" ").append(number(summary.integral));
  if (summary.floor_share > 0) line += ", of which the floor is " + number(summary.floor_share);
  return line + "\n";
}

std::string warning_of_floor(const finn_training_summary& summary) {
  const std::int64_t count = summary.rows_at_floor;
  return std::to_string(count) + " of " + counted(summary.rows_looked_at, "row") + " looked at " +
         (count == 1 ? "lies" : "lie") +
         (summary.floor_share > 0 ? " where f is only the floor" : " where f is 0");
}

std::string warning_of_validation(const finn_training_summary& summary) {
  return "the validation rows were best after " + std::to_string(summary.best_step) + " of " +
         counted(summary.steps, "step") + ": the fit overfits; the parameters are those of " +
         (is_over(summary.outcome) ? "that step" : "the last step, until the run is over");
}

}  // namespace

std::string text_of(const finn_training_summary& summary) {
  std::string text = counted(summary.steps, "step") + ", " + why(summary.outcome) + "\n" +
                     losses(summary) + rows(summary) + integral(summary);
  const auto warn = [&](const std::string& sentence) { text += "warning: " + sentence + "\n"; };
  if (warns(summary, FINN_WARNING_ROWS_AT_FLOOR)) warn(warning_of_floor(summary));
  if (warns(summary, FINN_WARNING_FAR_FROM_BOUND)) {
    warn("the integral " + number(summary.integral) + " is far from its bound " +
         number(summary.bound));
  }
  if (warns(summary, FINN_WARNING_OVERFITTED)) warn(warning_of_validation(summary));
  if (warns(summary, FINN_WARNING_STILL_FALLING)) {
    warn("the loss was still falling in the last tenth of the steps: more steps may help");
  }
  return text;
}

}  // namespace finn::capi
