// Validation rows: which they are, when they end a run, and that the best parameters come back.
#include <cmath>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class EarlyStopping : public ::testing::Test {
 protected:
  EarlyStopping() {
    options_.validation_interval = 2;
    options_.schedule = FINN_SCHEDULE_CONSTANT;
  }

  // The mean squared error of a model on rows.
  double error_on(const finn_model* model, const std::vector<double>& x,
                  const std::vector<double>& y) {
    const auto f = integrand(model, workspace_.get(), x);
    double sum = 0;
    for (std::size_t i = 0; i < f.size(); ++i) sum += (f[i] - y[i]) * (f[i] - y[i]);
    return sum / static_cast<double>(f.size());
  }

  void set_validation(finn_trainer* trainer, const std::vector<double>& y) {
    require_ok([&](finn_error* e) {
      return finn_trainer_set_validation(trainer, validation_x_.data(), y.data(), nullptr, 40, e);
    });
  }

  // The smallest validation loss and its step.
  static std::pair<double, std::int64_t> best_of(const finn_trainer* trainer) {
    std::pair<double, std::int64_t> best;
    require_ok(
        [&](finn_error* e) { return finn_trainer_best(trainer, &best.first, &best.second, e); });
    return best;
  }

  finn_training_options options_ = short_training(60);
  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
  const std::vector<double> validation_x_ = random_points<double>(2, 40, 9),
                            validation_y_ = bump_of(validation_x_);
};

// The loss that is told is that of the running mean of the parameters.
TEST_F(EarlyStopping, tellsTheLossOfTheValidationRowsAtTheMeanOfTheParameters) {
  const ModelHandle model = make_model({}), mean_model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  std::int64_t checks = 0;
  std::vector<double> mean;
  Callbacks callbacks;
  callbacks.progress = [&](const finn_progress& told) {
    EXPECT_EQ(std::isnan(told.validation_loss), told.step == 1);
    const auto latest = parameters_of<double>(model.get());
    if (mean.empty()) mean = latest;
    const double weight = std::max(0.01, 10 / (10 + static_cast<double>(told.step)));
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += weight * (latest[i] - mean[i]);
    if (told.step % 2 == 0 && told.step < 60) {
      set_parameters(mean_model.get(), mean);
      EXPECT_NEAR(told.validation_loss, error_on(mean_model.get(), validation_x_, validation_y_),
                  1e-12);
      ++checks;
    }
    return 0;
  };
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks), FINN_OK);
  EXPECT_EQ(checks, 29);
}

// Targets that training moves away from: the first check is the best.
TEST_F(EarlyStopping, stopsWhenPatienceIsOverAndRestoresTheBest) {
  options_.patience = 4;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  std::vector<double> contrary = validation_y_, losses;
  for (double& value : contrary) value = 1 - value;
  set_validation(trainer.get(), contrary);
  Callbacks callbacks;
  callbacks.progress = [&](const finn_progress& told) {
    if (told.step % 2 == 0) losses.push_back(told.validation_loss);
    return 0;
  };
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks), FINN_OK);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_EARLY_STOPPED);
  ASSERT_EQ(losses.size(), 5u);
  for (const double loss : losses) EXPECT_GE(loss, losses[0]);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 10);
  const auto [best_loss, step] = best_of(trainer.get());
  EXPECT_EQ(step, 2);
  EXPECT_EQ(best_loss, losses[0]);
  EXPECT_NEAR(error_on(model.get(), validation_x_, contrary), best_loss, 1e-14);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 10) << "a run that is over went on";
}

TEST_F(EarlyStopping, waitsForChangesLargerThanMinDelta) {
  options_.patience = 3;
  options_.min_delta = 1e6;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 8);
}

TEST_F(EarlyStopping, keepsTheBestWithoutPatienceToo) {
  options_.learning_rate = 0.1;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  double least = std::numeric_limits<double>::infinity();
  Callbacks callbacks;
  callbacks.progress = [&](const finn_progress& told) {
    least = std::fmin(least, told.validation_loss);
    return 0;
  };
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks), FINN_OK);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STEPS_DONE);
  EXPECT_NEAR(error_on(model.get(), validation_x_, validation_y_), least, 1e-14);
}

// With one row per step at a rate that moves nothing, the losses tell which rows are taken.
TEST_F(EarlyStopping, neverTrainsOnTheShareThatIsForValidation) {
  options_ = short_training(80, 1);
  options_.learning_rate = 1e-300;
  options_.validation_share = 0.3;
  std::set<std::set<double>> splits;
  for (const std::uint64_t seed : {1u, 2u}) {
    options_.seed = seed;
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), options_);
    const std::vector<double> x(x_.begin(), x_.begin() + 2 * 10);
    double told = 0;
    Callbacks callbacks;
    callbacks.progress = [&](const finn_progress& progress) {
      told = progress.validation_loss;
      return 0;
    };
    ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x, bump_of(x), callbacks), FINN_OK);
    const auto losses = history_of(trainer.get());
    const std::set<double> rows(losses.begin(), losses.end());
    EXPECT_EQ(rows.size(), 7u);
    splits.insert(rows);
    double sum = 0;
    for (const double loss : rows) sum += loss;
    EXPECT_NEAR(sum + 3 * told, 10 * error_on(model.get(), x, bump_of(x)), 1e-13);
  }
  EXPECT_EQ(splits.size(), 2u) << "the seed does not choose the rows";
}

// Rows of their own leave all rows of the data to training, whatever share the options say.
TEST_F(EarlyStopping, takesValidationRowsInPlaceOfAShare) {
  options_ = short_training(80, 1);
  options_.learning_rate = 1e-300;
  options_.validation_share = 0.3;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  const std::vector<double> x(x_.begin(), x_.begin() + 2 * 10);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x, bump_of(x)), FINN_OK);
  const auto losses = history_of(trainer.get());
  EXPECT_EQ(std::set<double>(losses.begin(), losses.end()).size(), 10u);
  EXPECT_NEAR(best_of(trainer.get()).first, error_on(model.get(), validation_x_, validation_y_),
              1e-14);
}

// Weights count a validation row as they count a row of the data, and the last rows set are used.
TEST_F(EarlyStopping, countsAValidationRowAsOftenAsItsWeight) {
  options_.steps = 2;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  {
    std::vector<double> x(validation_x_.begin(), validation_x_.begin() + 4), y{0.25, 0.75};
    const std::vector<double> weights{0.5, 1.5};
    require_ok([&](finn_error* e) {
      return finn_trainer_set_validation(trainer.get(), x.data(), y.data(), weights.data(), 2, e);
    });
  }  // the arrays are gone before the fit
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  const auto [loss, step] = best_of(trainer.get());
  EXPECT_EQ(step, 2);
  const std::vector<double> first(validation_x_.begin(), validation_x_.begin() + 2);
  const std::vector<double> second(validation_x_.begin() + 2, validation_x_.begin() + 4);
  EXPECT_NEAR(
      loss,
      0.25 * error_on(model.get(), first, {0.25}) + 0.75 * error_on(model.get(), second, {0.75}),
      1e-14);
}

TEST_F(EarlyStopping, hasNoBestBeforeTheFirstCheck) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  set_validation(trainer.get(), validation_y_);
  EXPECT_EQ(best_of(trainer.get()).first, std::numeric_limits<double>::infinity());
  EXPECT_EQ(best_of(trainer.get()).second, 0);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(1)), FINN_OK);
  EXPECT_EQ(best_of(trainer.get()).second, 0);
  EXPECT_EQ(finn_trainer_best(trainer.get(), nullptr, nullptr, nullptr), FINN_OK);
  double loss = 0;
  EXPECT_EQ(finn_trainer_best(nullptr, &loss, nullptr, nullptr), FINN_ERROR_NULL);
}

TEST_F(EarlyStopping, refusesBadRows) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  const auto set = [&](const double* x, const double* y, std::int64_t rows, finn_error* e) {
    return finn_trainer_set_validation(trainer.get(), x, y, nullptr, rows, e);
  };
  const std::vector<double> outside(2, 9.0);
  const BadCall calls[] = {
      {"x", FINN_ERROR_NULL, "x", [&](auto* e) { return set(nullptr, y_.data(), 4, e); }},
      {"y", FINN_ERROR_NULL, "y", [&](auto* e) { return set(x_.data(), nullptr, 4, e); }},
      {"rows", FINN_ERROR_ARGUMENT, "rows",
       [&](auto* e) { return set(x_.data(), y_.data(), 0, e); }},
      {"outside", FINN_ERROR_ARGUMENT, "x",
       [&](auto* e) { return set(outside.data(), y_.data(), 1, e); }},
      {"trainer", FINN_ERROR_NULL, "trainer", [&](auto* e) {
         return finn_trainer_set_validation(nullptr, x_.data(), y_.data(), nullptr, 4, e);
       }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(1)), FINN_OK);
  expect_refused({"late", FINN_ERROR_ARGUMENT, "validation",
                  [&](auto* e) { return set(x_.data(), y_.data(), 4, e); }});
}

TEST_F(EarlyStopping, refusesAShareThatLeavesNoRows) {
  options_.validation_share = 0.9;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options_);
  const std::vector<double> x(x_.begin(), x_.begin() + 2), y(1, 0.5);
  expect_refused({"one row", FINN_ERROR_ARGUMENT, "validation_share",
                  [&](auto* e) { return fit_data(trainer.get(), workspace_.get(), x, y, {}, e); }});
}

}  // namespace
}  // namespace finn::test
