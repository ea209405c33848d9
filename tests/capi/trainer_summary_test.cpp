// What finn_trainer_summary says of a run, and what it warns of.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

finn_training_summary empty_summary() {
  finn_training_summary summary{};
  summary.struct_size = sizeof summary;
  return summary;
}

class TrainerSummary : public ::testing::Test {
 protected:
  finn_training_summary summary_of(const finn_trainer* trainer) const {
    finn_training_summary summary = empty_summary();
    require_ok([&](finn_error* e) {
      return finn_trainer_summary(trainer, workspace_.get(), &summary, e);
    });
    EXPECT_EQ(summary.struct_size, sizeof summary);
    return summary;
  }

  // Of a fit of x_, with y_ where the loss compares.
  finn_training_summary summary_of_fit(const ModelSpec& spec,
                                       const finn_training_options& options) const {
    const ModelHandle model = make_model(spec);
    const TrainerHandle trainer = make_trainer(model.get(), options);
    const bool is_density = options.loss == FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
    require_ok([&](finn_error* e) {
      return fit_data(trainer.get(), workspace_.get(), x_, is_density ? std::vector<double>() : y_,
                      {}, e);
    });
    return summary_of(trainer.get());
  }

  static finn_training_options likelihood(std::int64_t steps = 20) {
    finn_training_options options = short_training(steps);
    options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
    return options;
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
};

TEST_F(TrainerSummary, tellsOfStepsLossesAndRows) {
  finn_training_options options = likelihood(120);
  options.validation_share = 0.2;
  options.validation_interval = 10;
  const ModelHandle model = make_model(small_mixture());
  const TrainerHandle trainer = make_trainer(model.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  const finn_training_summary summary = summary_of(trainer.get());
  const std::vector<double> losses = history_of(trainer.get());
  double sum = 0;
  for (std::size_t i = 20; i < 120; ++i) sum += losses[i];
  EXPECT_EQ(summary.steps, 120);
  EXPECT_EQ(summary.outcome, FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(summary.loss, losses.back());
  EXPECT_NEAR(summary.smoothed_loss, sum / 100, 1e-12);
  double best = 0;
  std::int64_t step = 0;
  require_ok([&](finn_error* e) { return finn_trainer_best(trainer.get(), &best, &step, e); });
  EXPECT_EQ(summary.best_validation_loss, best);
  EXPECT_EQ(summary.best_step, step);
  EXPECT_GE(summary.validation_loss, best);
  EXPECT_EQ(summary.rows, 80);
  EXPECT_EQ(summary.validation_rows, 20);
  EXPECT_EQ(summary.rows_looked_at, 100);
  EXPECT_EQ(summary.has_standards, 1);
  EXPECT_NEAR(summary.integral, 1, 1e-12);
  EXPECT_TRUE(std::isnan(summary.bound));
}

TEST_F(TrainerSummary, beforeTheFirstStepKnowsNoLosses) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  const finn_training_summary summary = summary_of(trainer.get());
  EXPECT_EQ(summary.steps, 0);
  EXPECT_EQ(summary.outcome, FINN_OUTCOME_UNFINISHED);
  EXPECT_TRUE(std::isnan(summary.loss) && std::isnan(summary.smoothed_loss));
  EXPECT_TRUE(std::isnan(summary.validation_loss));
  EXPECT_EQ(summary.best_validation_loss, std::numeric_limits<double>::infinity());
  EXPECT_EQ(summary.rows, 0);
  EXPECT_EQ(summary.warnings, 0);
}

TEST_F(TrainerSummary, ofASamplerKnowsNoRows) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), stop_after(7)), FINN_OK);
  const finn_training_summary summary = summary_of(trainer.get());
  EXPECT_EQ(summary.steps, 7);
  EXPECT_EQ(summary.outcome, FINN_OUTCOME_STOPPED);
  EXPECT_EQ(summary.rows, 0);
  EXPECT_EQ(summary.rows_looked_at, 0);
}

// A fit of a mixture of one normal leaves rows far from a narrow cluster to the floor.
TEST_F(TrainerSummary, warnsOfRowsWhereFIsOnlyTheFloor) {
  ModelSpec spec = small_mixture();
  spec.components = 1;
  spec.normals_per_axis = 1;
  spec.uniform_share = 0.2;
  finn_training_options options = likelihood(400);
  options.learning_rate = 0.03;
  options.width_prior = 0;
  const ModelHandle model = make_model(spec);
  const TrainerHandle trainer = make_trainer(model.get(), options);
  std::vector<double> x;
  for (int i = 0; i < 100; ++i) x.insert(x.end(), {0.001 * std::cos(i), 0.001 * std::sin(i)});
  for (int i = 0; i < 3; ++i) x.insert(x.end(), {0.45, 0.8});
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x, {}), FINN_OK);
  const finn_training_summary summary = summary_of(trainer.get());
  EXPECT_EQ(summary.floor_share, 0.2);
  EXPECT_EQ(summary.rows_looked_at, 103);
  EXPECT_EQ(summary.rows_at_floor, 3);
  EXPECT_EQ(summary.warnings & FINN_WARNING_ROWS_AT_FLOOR, FINN_WARNING_ROWS_AT_FLOOR);
}

TEST_F(TrainerSummary, doesNotWarnOfRowsThatTheNetworkReaches) {
  ModelSpec spec = small_mixture();
  spec.uniform_share = 0.2;
  const finn_training_summary summary = summary_of_fit(spec, likelihood());
  EXPECT_EQ(summary.rows_looked_at, 100);
  EXPECT_EQ(summary.rows_at_floor, 0);
  EXPECT_EQ(summary.warnings & FINN_WARNING_ROWS_AT_FLOOR, 0);
}

TEST_F(TrainerSummary, warnsOfAnIntegralFarFromItsBoundAndOfNoneNearIt) {
  ModelSpec spec;
  spec.constraint = FINN_CONSTRAINT_BOUNDED;
  spec.upper_bound = {50};
  const finn_training_summary far = summary_of_fit(spec, short_training(60));
  EXPECT_EQ(far.bound, 50);
  EXPECT_LT(far.integral, 25);
  EXPECT_EQ(far.output, 0);
  EXPECT_EQ(far.warnings & FINN_WARNING_FAR_FROM_BOUND, FINN_WARNING_FAR_FROM_BOUND);
  spec.upper_bound = {1e-3};
  const finn_training_summary met = summary_of_fit(spec, short_training(60));
  EXPECT_NEAR(met.integral, 1e-3, 1e-12);
  EXPECT_EQ(met.warnings & FINN_WARNING_FAR_FROM_BOUND, 0);
}

// Fits with 40 rows of validation, whose targets are those of the fit or contrary ones, from which
// it moves away.
class SummaryOfValidation : public TrainerSummary {
 protected:
  finn_training_summary summary_against(bool is_contrary, std::int64_t stop = 0) {
    finn_training_options options = short_training(60);
    options.validation_interval = 2;
    options.schedule = FINN_SCHEDULE_CONSTANT;
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), options);
    const std::vector<double> x = random_points<double>(2, 40, 9);
    std::vector<double> y = bump_of(x);
    for (double& value : y) value = is_contrary ? 1 - value : value;
    require_ok([&](finn_error* e) {
      return finn_trainer_set_validation(trainer.get(), x.data(), y.data(), nullptr, 40, e);
    });
    const Callbacks callbacks = stop > 0 ? stop_after(stop) : Callbacks{};
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks), FINN_OK);
    return summary_of(trainer.get());
  }
};

TEST_F(SummaryOfValidation, warnsWhereTheBestCheckWasLongBeforeTheEnd) {
  const finn_training_summary summary = summary_against(true);
  EXPECT_LT(summary.best_step, 30);
  EXPECT_GT(summary.validation_loss, summary.best_validation_loss);
  EXPECT_EQ(summary.warnings, FINN_WARNING_OVERFITTED);
}

TEST_F(SummaryOfValidation, doesNotWarnWhereTheLastChecksAreTheBest) {
  const finn_training_summary summary = summary_against(false);
  EXPECT_GE(summary.best_step, 30);
  EXPECT_EQ(summary.warnings & FINN_WARNING_OVERFITTED, 0);
}

TEST_F(SummaryOfValidation, warnsOfAStoppedRunToo) {
  const finn_training_summary summary = summary_against(true, 20);
  EXPECT_EQ(summary.outcome, FINN_OUTCOME_STOPPED);
  EXPECT_EQ(summary.warnings, FINN_WARNING_OVERFITTED);
}

TEST_F(TrainerSummary, warnsOfALossThatStillFalls) {
  finn_training_options options = short_training(40, 100);
  options.schedule = FINN_SCHEDULE_CONSTANT;
  const finn_training_summary summary = summary_of_fit({}, options);
  EXPECT_EQ(summary.warnings, FINN_WARNING_STILL_FALLING);
}

TEST_F(TrainerSummary, doesNotWarnOfALossThatHasSettled) {
  EXPECT_EQ(summary_of_fit({}, short_training(1500, 100)).warnings, 0);
  finn_training_options options = short_training(500, 100);
  options.optimiser = FINN_OPTIMISER_LBFGS;
  options.loss_tolerance = 1e-2;
  const finn_training_summary converged = summary_of_fit({}, options);
  EXPECT_EQ(converged.outcome, FINN_OUTCOME_CONVERGED);
  EXPECT_EQ(converged.warnings, 0);
}

TEST_F(TrainerSummary, ofALoadedTrainerIsThatOfTheWholeRunButForRowsToLookAt) {
  const ModelHandle model = make_model(small_mixture()), other = make_model(small_mixture());
  finn_training_options options = likelihood();
  options.validation_share = 0.2;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  const finn_training_summary before = summary_of(trainer.get());
  const TrainerHandle loaded = load(other.get(), save(trainer.get()));
  finn_training_summary after = summary_of(loaded.get());
  EXPECT_EQ(before.rows_looked_at, 100);
  EXPECT_EQ(after.rows_looked_at, 20);
  after.rows_looked_at = 100;
  EXPECT_EQ(std::memcmp(&after, &before, sizeof after), 0);
  ASSERT_EQ(fit_data(loaded.get(), workspace_.get(), x_, {}), FINN_OK);
  const finn_training_summary again = summary_of(loaded.get());
  EXPECT_EQ(std::memcmp(&again, &before, sizeof again), 0);
}

TEST_F(TrainerSummary, changesNothing) {
  const ModelHandle model = make_model(small_mixture());
  const TrainerHandle trainer = make_trainer(model.get(), likelihood());
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}, stop_after(8)), FINN_OK);
  const Bytes before = save(trainer.get());
  summary_of(trainer.get());
  EXPECT_EQ(save(trainer.get()), before);
}

TEST_F(TrainerSummary, refusesWhatIsNoTrainerOrNoSummary) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  finn_training_summary summary = empty_summary();
  expect_refused({"trainer", FINN_ERROR_NULL, "trainer", [&](finn_error* e) {
                    return finn_trainer_summary(nullptr, workspace_.get(), &summary, e);
                  }});
  expect_refused({"workspace", FINN_ERROR_NULL, "workspace", [&](finn_error* e) {
                    return finn_trainer_summary(trainer.get(), nullptr, &summary, e);
                  }});
  expect_refused({"summary", FINN_ERROR_NULL, "summary", [&](finn_error* e) {
                    return finn_trainer_summary(trainer.get(), workspace_.get(), nullptr, e);
                  }});
  for (const std::uint64_t size : {std::uint64_t{0}, sizeof summary - 8, sizeof summary + 8}) {
    summary.struct_size = size;
    expect_refused({"struct_size", FINN_ERROR_SIZE, "struct_size", [&](finn_error* e) {
                      return finn_trainer_summary(trainer.get(), workspace_.get(), &summary, e);
                    }});
    EXPECT_EQ(summary.steps, 0);
  }
}

TEST_F(TrainerSummary, refusesAModelThatCannotBeNormalised) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  set_parameters(model.get(), std::vector<double>(trained_count(model.get())));
  finn_training_summary summary = empty_summary();
  expect_refused({"integral", FINN_ERROR_INTEGRAL, "integral", [&](finn_error* e) {
                    return finn_trainer_summary(trainer.get(), workspace_.get(), &summary, e);
                  }});
}

}  // namespace
}  // namespace finn::test
