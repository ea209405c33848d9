#include "finn/training/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/training/known_rows.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

// One normal in one variable over [-1, 1], and a floor.
ModelSettings one_normal(double uniform_share) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.network.components = 1;
  settings.network.normals_per_axis = 1;
  settings.network.positivity = ops::Positivity::exp;
  settings.box = test::box_of({-1.0}, {1.0});
  settings.constraint.uniform_share = uniform_share;
  return settings;
}

// count rows within 1/1000 of 0, and then as many at 0.9 as said.
std::vector<double> cluster(int count, int far) {
  std::vector<double> x;
  for (int i = 0; i < count; ++i) x.push_back(0.001 * std::cos(i));
  x.insert(x.end(), static_cast<std::size_t>(far), 0.9);
  return x;
}

TrainingOptions likelihood(std::int64_t steps = 40) {
  TrainingOptions options;
  options.steps = steps;
  options.learning_rate = 0.03;
  options.loss.kind = Loss::negative_log_likelihood;
  options.width_prior = 0;
  return options;
}

// A fit of rows of a model with one column, and what happened.
template <class T>
Summary summary_of_fit(const ModelSettings& settings, const std::vector<double>& x,
                       const TrainingOptions& options = likelihood(),
                       const std::vector<double>& weights = {}) {
  Model<T> model = test::model_of<T>(settings);
  model.set_seed(1);
  Trainer<T> trainer(model, options);
  Workspace workspace(1);
  const double* w = weights.empty() ? nullptr : weights.data();
  ArrayRows rows({x.data(), nullptr, static_cast<std::int64_t>(x.size()), w}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  return summary_of(trainer, model, workspace);
}

TEST(Summary, countsTheRowsWhereFIsOnlyTheFloor) {
  for (const Summary& summary : {summary_of_fit<double>(one_normal(0.2), cluster(100, 3)),
                                 summary_of_fit<float>(one_normal(0.2), cluster(100, 3))}) {
    EXPECT_EQ(summary.rows_looked_at, 103);
    EXPECT_EQ(summary.rows_at_floor, 3);
    EXPECT_EQ(summary.uniform_share, 0.2);
    EXPECT_NE(summary.warnings & kRowsAtFloor, 0);
  }
}

TEST(Summary, hasNoRowsAtTheFloorWhereTheNetworkIs) {
  const Summary summary = summary_of_fit<double>(one_normal(0.2), cluster(100, 0));
  EXPECT_EQ(summary.rows_looked_at, 100);
  EXPECT_EQ(summary.rows_at_floor, 0);
  EXPECT_EQ(summary.warnings & kRowsAtFloor, 0);
}

// The floor is uniform in the u of a domain, not in its x.
TEST(Summary, findsTheFloorOnADomainThatIsNotUniform) {
  ModelSettings settings = one_normal(0.2);
  settings.domain = half_line_domain(0, false, 1, Tail::exponential);
  settings.box = settings.domain->box();
  std::vector<double> x = cluster(100, 0);
  for (double& value : x) value += 0.5;
  x.insert(x.end(), 4, 3.0);
  const Summary summary = summary_of_fit<double>(settings, x);
  EXPECT_EQ(summary.rows_looked_at, 104);
  EXPECT_EQ(summary.rows_at_floor, 4);
}

TEST(Summary, looksAtNoRowsOfWeight0) {
  std::vector<double> weights(103, 1.0);
  weights[0] = weights[102] = 0;
  const Summary summary =
      summary_of_fit<double>(one_normal(0.2), cluster(100, 3), likelihood(), weights);
  EXPECT_EQ(summary.rows_looked_at, 101);
  EXPECT_EQ(summary.rows_at_floor, 2);
  EXPECT_EQ(summary.rows, 103);
}

TEST(Summary, looksAtValidationRowsTooAndWithoutAFloorWhereFIs0) {
  Model<double> model = test::model_of<double>(one_normal(0));
  model.set_seed(1);
  Trainer<double> trainer(model, likelihood());
  const std::vector<double> x = cluster(50, 0), validation = cluster(5, 2);
  trainer.set_validation(model, {validation.data(), nullptr, 7});
  Workspace workspace(1);
  ArrayRows rows({x.data(), nullptr, 50}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  const Summary summary = summary_of(trainer, model, workspace);
  EXPECT_EQ(summary.validation_rows, 7);
  EXPECT_EQ(summary.rows_looked_at, 57);
  EXPECT_EQ(summary.rows_at_floor, 2);
}

TEST(Summary, looksAtNoMoreThanSomeRows) {
  const Summary summary =
      summary_of_fit<double>(one_normal(0.2), cluster(3 * kKnownRows, 0), likelihood(2));
  EXPECT_EQ(summary.rows_looked_at, kKnownRows);
  EXPECT_EQ(summary.rows, 3 * kKnownRows);
}

TEST(Summary, looksAtNoRowsOfARegression) {
  Model<double> model = test::model_of<double>(test::settings_of(1));
  TrainingOptions options;
  options.steps = 3;
  Trainer<double> trainer(model, options);
  const std::vector<double> x = test::points_in(model.box(), 10), y(10, 0.0);
  Workspace workspace(1);
  ArrayRows rows({x.data(), y.data(), 10}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  const Summary summary = summary_of(trainer, model, workspace);
  EXPECT_EQ(summary.rows, 10);
  EXPECT_EQ(summary.rows_looked_at, 0);
}

// Of a run with these losses and the best check after the first step, 1 better than the last one.
Summary summary_of_losses(std::vector<double> losses) {
  const Model<double> model = test::model_of<double>(test::settings_of(1));
  TrainerState<double> state = first_state<double>({}, model.layout().trained_count());
  state.history = std::move(losses);
  state.validation.best_step = 1;
  state.validation.best_loss = 2;
  state.validation.loss = 3;
  state.outcome = Outcome::steps_done;
  Workspace workspace(1);
  return summary_of(Trainer<double>(model, {}, std::move(state)), model, workspace);
}

TEST(Summary, warnsOfOverfittingOnlyWhereTheRowsTrainedOnGainedMeanwhile) {
  EXPECT_EQ(summary_of_losses({5, 4, 3, 2}).warnings, kOverfitted);
  EXPECT_EQ(summary_of_losses({5, 6, 7, 8}).warnings, 0);
  EXPECT_EQ(summary_of_losses({5, 4}).warnings, 0) << "the best check lies in the middle";
  EXPECT_EQ(summary_of_losses({500, 4, 3, 2}).warnings, 0) << "next to nothing of all gained";
}

TEST(Summary, saysWhetherStandardsCameFromRows) {
  EXPECT_TRUE(summary_of_fit<double>(one_normal(0.2), cluster(100, 3)).has_standards);
  TrainingOptions options = likelihood(3);
  options.standardise = false;
  EXPECT_FALSE(summary_of_fit<double>(one_normal(0.2), cluster(100, 3), options).has_standards);
}

// A model of two outputs without any steps.
Summary summary_with(const Constraint& constraint) {
  ModelSettings settings = test::settings_of(2, 2);
  settings.constraint = constraint;
  const Model<double> model = test::model_of<double>(settings);
  Workspace workspace(1);
  return summary_of(Trainer<double>(model, TrainingOptions{}), model, workspace);
}

TEST(Summary, tellsOfTheOutputThatIsFarthestFromItsBound) {
  Constraint constraint;
  constraint.bound = Bound::at_most;
  constraint.target = {1e6, 1e9};
  const Summary summary = summary_with(constraint);
  EXPECT_EQ(summary.output, 1);
  EXPECT_EQ(summary.bound, 1e9);
  EXPECT_LT(summary.integral, 1e9);
  EXPECT_EQ(summary.warnings, kFarFromBound);
}

TEST(Summary, hasNoBoundThatIsMetOrThatHasAnotherOppositeOrIsEqual) {
  Constraint constraint;
  constraint.bound = Bound::at_least;
  constraint.target = {1e6, 1e6};
  const Summary met = summary_with(constraint);
  EXPECT_NEAR(met.integral, 1e6, 1e-6);
  EXPECT_EQ(met.bound, 1e6);
  EXPECT_EQ(met.warnings, 0);
  constraint.bound = Bound::between;
  constraint.lower_target = {-1e6, -1e6};
  EXPECT_EQ(summary_with(constraint).warnings, 0);
  EXPECT_TRUE(std::isnan(summary_with(constraint).bound));
  constraint.bound = Bound::equal;
  constraint.lower_target.clear();
  EXPECT_EQ(summary_with(constraint).warnings, 0);
  EXPECT_NEAR(summary_with(constraint).integral, 1e6, 1e-6);
}

TEST(Summary, hasNoIntegralWhereEveryRowHasItsOwn) {
  ModelSettings settings = test::settings_of(1);
  settings.constraint.target.clear();
  settings.network.conditioning.target_from_row = true;
  const Model<double> model = test::model_of<double>(settings);
  Workspace workspace(1);
  const Summary summary = summary_of(Trainer<double>(model, {}), model, workspace);
  EXPECT_TRUE(std::isnan(summary.integral));
  EXPECT_EQ(summary.warnings, 0);
}

TEST(Summary, failsWhereTheModelCannotBeNormalised) {
  Model<double> model = test::model_of<double>(test::settings_of(1));
  const Trainer<double> trainer(model, TrainingOptions{});
  std::fill_n(model.mutable_parameters(), model.layout().trained_count(), 0.0);
  CornerScratch scratch;
  model.update(scratch);
  Workspace workspace(1);
  EXPECT_THROW(summary_of(trainer, model, workspace), core::Error);
}

// Two bins where the network is and one of the floor alone.
TEST(Summary, countsTheIntervalsWhoseMassIsOnlyThatOfTheFloor) {
  const std::vector<double> x = {-0.002, 0, 0.8}, y = {0, 0.002, 0.9}, weights = {50, 50, 1};
  Model<float> model = test::model_of<float>(one_normal(0.2));
  model.set_seed(1);
  TrainingOptions options = likelihood();
  options.loss.kind = Loss::interval_likelihood;
  Trainer<float> trainer(model, options);
  Workspace workspace(1);
  ArrayRows rows({x.data(), y.data(), 3, weights.data()}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  const Summary summary = summary_of(trainer, model, workspace);
  EXPECT_EQ(summary.rows_looked_at, 3);
  EXPECT_EQ(summary.rows_at_floor, 1);
}

}  // namespace
}  // namespace finn::net
