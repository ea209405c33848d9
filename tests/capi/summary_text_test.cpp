// A summary as text: its lines, its sentences, and its buffer.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr double kNoNumberToPrint = std::numeric_limits<double>::quiet_NaN();

// Of a run without validation rows, of a density of 200 rows.
finn_training_summary plain_summary() {
  finn_training_summary summary{};
  summary.struct_size = sizeof summary;
  summary.steps = 6000;
  summary.loss = 1.25;
  summary.smoothed_loss = 1.5;
  summary.validation_loss = kNoNumberToPrint;
  summary.best_validation_loss = std::numeric_limits<double>::infinity();
  summary.rows = 200;
  summary.rows_looked_at = 200;
  summary.integral = 1;
  summary.bound = kNoNumberToPrint;
  summary.outcome = FINN_OUTCOME_STEPS_DONE;
  return summary;
}

std::string summary_text_of(const finn_training_summary& summary) {
  std::int64_t size = 0;
  require_ok(
      [&](finn_error* e) { return finn_trainer_summary_text(&summary, nullptr, 0, &size, e); });
  std::string text(static_cast<std::size_t>(size), '?');
  require_ok([&](finn_error* e) {
    return finn_trainer_summary_text(&summary, text.data(), size, nullptr, e);
  });
  EXPECT_EQ(text.back(), '\0');
  text.pop_back();
  return text;
}

TEST(SummaryText, hasALineForStepsLossRowsAndIntegral) {
  EXPECT_EQ(summary_text_of(plain_summary()),
            "6000 steps, all that were asked for\n"
            "loss 1.25, mean of the last 100 steps 1.5\n"
            "200 rows trained on; f was looked at in 200 of them\n"
            "integral 1\n");
}

TEST(SummaryText, hasALineForValidationRows) {
  finn_training_summary summary = plain_summary();
  summary.validation_loss = 1.75;
  summary.best_validation_loss = 1.625;
  summary.best_step = 450;
  summary.validation_rows = 50;
  summary.has_standards = 1;
  summary.floor_share = 0.01;
  EXPECT_EQ(summary_text_of(summary),
            "6000 steps, all that were asked for\n"
            "loss 1.25, mean of the last 100 steps 1.5\n"
            "validation loss 1.75, at best 1.625 after 450 steps\n"
            "200 rows trained on, 50 for validation; f was looked at in 200 of them; units are "
            "those of the data\n"
            "integral 1, of which the floor is 0.01\n");
}

TEST(SummaryText, leavesOutWhatThereIsNot) {
  finn_training_summary summary = plain_summary();
  summary.steps = summary.rows = summary.rows_looked_at = 0;
  summary.integral = kNoNumberToPrint;
  summary.outcome = FINN_OUTCOME_UNFINISHED;
  EXPECT_EQ(summary_text_of(summary),
            "0 steps, not over; a further fit goes on\n"
            "no rows of a data set trained on\n");
}

TEST(SummaryText, hasASentenceForEveryWarning) {
  finn_training_summary summary = plain_summary();
  summary.warnings = FINN_WARNING_ROWS_AT_FLOOR | FINN_WARNING_FAR_FROM_BOUND |
                     FINN_WARNING_OVERFITTED | FINN_WARNING_STILL_FALLING;
  summary.rows_at_floor = 12;
  summary.floor_share = 0.01;
  summary.integral = 0.12;
  summary.bound = 2;
  summary.best_step = 450;
  const std::string text = summary_text_of(summary);
  for (const char* sentence :
       {"warning: 12 of 200 rows looked at lie where f is only the floor\n",
        "warning: the integral 0.12 is far from its bound 2\n",
        "warning: the validation rows were best after 450 of 6000 steps: the fit overfits; the "
        "parameters are those of that step\n",
        "warning: the loss was still falling in the last tenth of the steps: more steps may "
        "help\n"}) {
    EXPECT_NE(text.find(sentence), std::string::npos) << sentence << text;
  }
}

TEST(SummaryText, saysWhatIsSoOnlyInItsCase) {
  finn_training_summary summary = plain_summary();
  summary.warnings = FINN_WARNING_ROWS_AT_FLOOR | FINN_WARNING_OVERFITTED;
  summary.rows_at_floor = 1;
  summary.outcome = FINN_OUTCOME_STOPPED;
  const std::string text = summary_text_of(summary);
  EXPECT_NE(text.find("1 of 200 rows looked at lies where f is 0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("those of the last step, until the run is over\n"), std::string::npos);
}

TEST(SummaryText, namesEveryOutcome) {
  std::vector<std::string> firsts;
  for (int outcome = FINN_OUTCOME_UNFINISHED; outcome <= FINN_OUTCOME_STOPPED; ++outcome) {
    finn_training_summary summary = plain_summary();
    summary.outcome = static_cast<finn_outcome>(outcome);
    const std::string text = summary_text_of(summary);
    const std::string first = text.substr(0, text.find('\n'));
    for (const std::string& other : firsts) EXPECT_NE(first, other);
    firsts.push_back(first);
  }
}

TEST(SummaryText, refusesABufferThatIsTooShort) {
  const finn_training_summary summary = plain_summary();
  const auto size = static_cast<std::int64_t>(summary_text_of(summary).size()) + 1;
  std::string text(static_cast<std::size_t>(size), '?');
  const std::string untouched = text;
  expect_refused({"capacity", FINN_ERROR_SIZE, "capacity", [&](finn_error* e) {
                    return finn_trainer_summary_text(&summary, text.data(), size - 1, nullptr, e);
                  }});
  EXPECT_EQ(text, untouched);
}

TEST(SummaryText, refusesWhatIsNoSummary) {
  finn_training_summary summary = plain_summary();
  const auto refuse = [&](const char* what, finn_status status, const char* name,
                          const finn_training_summary* given) {
    expect_refused({what, status, name, [&](finn_error* e) {
                      return finn_trainer_summary_text(given, nullptr, 0, nullptr, e);
                    }});
  };
  refuse("NULL", FINN_ERROR_NULL, "summary", nullptr);
  summary.struct_size = sizeof summary - 8;
  refuse("a shorter one", FINN_ERROR_SIZE, "struct_size", &summary);
  summary = plain_summary();
  summary.outcome = static_cast<finn_outcome>(17);
  refuse("an outcome", FINN_ERROR_ARGUMENT, "outcome", &summary);
}

}  // namespace
}  // namespace finn::test
