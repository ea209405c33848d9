// Training with bounds, learned integrals and projections, and their checkpoints.
#include <cmath>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class ConstraintTraining : public ::testing::Test {
 protected:
  double over_domain(const finn_model* model) {
    return integral(model, workspace_.get(), lower_of(2), upper_of(2)).value[0];
  }

  // Trains on 3 times the bump, which has the integral 3.
  std::vector<double> fit_to_three(finn_model* model, std::int64_t steps = 400) {
    std::vector<double> y = y_;
    for (double& value : y) value *= 3;
    const TrainerHandle trainer = make_trainer(model, short_training(steps, 200));
    EXPECT_EQ(fit_data(trainer.get(), model, workspace_.get(), x_, y), FINN_OK);
    return history_of(trainer.get());
  }

  static void set_one_output(ConstraintOptions& options, double epsilon) {
    options.outputs = 1;
    options.integrals = {epsilon};
    options.epsilon = options.integrals.data();
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 200, 1), y_ = bump_of(x_);
};

TEST_F(ConstraintTraining, comesCloseToABoundThatTheTargetIsBeyond) {
  for (const finn_approach approach :
       {FINN_APPROACH_HARD, FINN_APPROACH_SMOOTH, FINN_APPROACH_LEARNED}) {
    ConstraintOptions options(FINN_HEAD_PRODUCT);
    set_one_output(options, 2);
    options.bound = FINN_BOUND_AT_MOST;
    options.approach = approach;
    const ModelHandle model = make_model(options);
    const auto losses = fit_to_three(model.get());
    EXPECT_LT(losses.back(), 0.5 * losses.front());
    const double J = over_domain(model.get());
    EXPECT_GT(J, 1.5) << "approach " << approach;
    EXPECT_LE(J, 2 * (1 + 1e-14)) << "approach " << approach;
    if (approach != FINN_APPROACH_HARD) {
      EXPECT_LT(J, 2);
    }
  }
}

TEST_F(ConstraintTraining, findsTheIntegralOfTheTargetWhereItIsLearned) {
  for (const finn_constraint kind : {FINN_CONSTRAINT_SCALE, FINN_CONSTRAINT_SHIFT}) {
    ConstraintOptions options(FINN_HEAD_PRODUCT);
    set_one_output(options, 2);
    options.constraint = kind;
    options.approach = FINN_APPROACH_LEARNED;
    options.terms = 16;
    const ModelHandle model = make_model(options);
    fit_to_three(model.get(), 1500);
    EXPECT_NEAR(over_domain(model.get()), 3, 0.15) << "constraint " << kind;
  }
}

// The likelihood of a Poisson process is largest where the integral is the number of its events.
TEST_F(ConstraintTraining, findsTheNumberOfEventsOfAPoissonProcess) {
  ConstraintOptions options(FINN_HEAD_PRODUCT);
  set_one_output(options, 150);
  options.approach = FINN_APPROACH_LEARNED;
  const ModelHandle model = make_model(options);
  finn_training_options training = short_training(300, 200);
  training.loss = FINN_LOSS_POISSON_PROCESS;
  const TrainerHandle trainer = make_trainer(model.get(), training);
  EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, {}), FINN_OK);
  EXPECT_NEAR(over_domain(model.get()), 200, 1e-2);
}

TEST_F(ConstraintTraining, keepsTheIntegralOfAPoissonProcessWithinItsBound) {
  for (const finn_approach approach :
       {FINN_APPROACH_HARD, FINN_APPROACH_SMOOTH, FINN_APPROACH_LEARNED}) {
    ConstraintOptions options(FINN_HEAD_PRODUCT);
    set_one_output(options, 120);
    options.bound = FINN_BOUND_AT_MOST;
    options.approach = approach;
    const ModelHandle model = make_model(options);
    finn_training_options training = short_training(300, 200);
    training.loss = FINN_LOSS_POISSON_PROCESS;
    const TrainerHandle trainer = make_trainer(model.get(), training);
    const double before = over_domain(model.get());
    EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, {}), FINN_OK);
    EXPECT_GT(over_domain(model.get()), before);
    EXPECT_LE(over_domain(model.get()), 120 * (1 + 1e-14));
  }
}

TEST_F(ConstraintTraining, refusesAPoissonProcessOfFixedIntegral) {
  ConstraintOptions options(FINN_HEAD_PRODUCT);
  const ModelHandle model = make_model(options);
  finn_training_options training = short_training();
  training.loss = FINN_LOSS_POISSON_PROCESS;
  expect_refused({"fixed", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* e) {
                    finn_trainer* trainer = nullptr;
                    return finn_trainer_create(model.get(), &training, &trainer, e);
                  }});
}

TEST_F(ConstraintTraining, refusesAModelWithoutTheParametersOfTheIntegral) {
  ConstraintOptions options;
  set_one_output(options, 2);
  const ModelHandle fixed = make_model(options);
  options.approach = FINN_APPROACH_LEARNED;
  const ModelHandle learned = make_model(options);
  for (const auto& [made_for, given] :
       {std::pair{fixed.get(), learned.get()}, std::pair{learned.get(), fixed.get()}}) {
    const TrainerHandle trainer = make_trainer(made_for, short_training());
    EXPECT_EQ(fit_data(trainer.get(), given, workspace_.get(), x_, y_), FINN_ERROR_SIZE);
  }
}

// Runs 12 steps in one go, and 5 and 7 with a checkpoint between, loaded into a fresh model.
void expect_same_bits(const finn_model_options& options, finn_workspace* workspace,
                      const std::vector<double>& x, const std::vector<double>& y) {
  const ModelHandle whole = make_model(options), half = make_model(options);
  const ModelHandle fresh = make_model(options);
  const TrainerHandle trainer = make_trainer(whole.get(), short_training(12));
  EXPECT_EQ(fit_data(trainer.get(), whole.get(), workspace, x, y), FINN_OK);
  const TrainerHandle first = make_trainer(half.get(), short_training(12));
  EXPECT_EQ(fit_data(first.get(), half.get(), workspace, x, y, stop_after(5)), FINN_STOPPED);
  std::int64_t size = 0;
  require_ok([&](finn_error* e) {
    return finn_trainer_save(first.get(), half.get(), nullptr, 0, &size, e);
  });
  std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
  require_ok([&](finn_error* e) {
    return finn_trainer_save(first.get(), half.get(), bytes.data(), size, &size, e);
  });
  finn_trainer* loaded = nullptr;
  require_ok([&](finn_error* e) {
    return finn_trainer_load(fresh.get(), bytes.data(), size, &loaded, e);
  });
  const TrainerHandle second(loaded);
  EXPECT_EQ(fit_data(second.get(), fresh.get(), workspace, x, y), FINN_OK);
  EXPECT_TRUE(same_bits(parameters_of<double>(fresh.get()), parameters_of<double>(whole.get())));
  EXPECT_TRUE(same_bits(history_of(second.get()), history_of(trainer.get())));
}

TEST_F(ConstraintTraining, goesOnToTheSameBitsFromACheckpoint) {
  for (const finn_head head : {FINN_HEAD_MLP, FINN_HEAD_PRODUCT}) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      ConstraintOptions options(head);
      set_one_output(options, 2);
      options.precision = precision;
      options.approach = FINN_APPROACH_LEARNED;
      expect_same_bits(options, workspace_.get(), x_, y_);
      options.approach = FINN_APPROACH_HARD;
      options.epsilon = nullptr;
      options.constraint = FINN_CONSTRAINT_PROJECTION;
      const double value = 1;
      const std::int32_t powers[] = {1, 0};
      const finn_linear_constraint moment{sizeof(finn_linear_constraint), nullptr, nullptr, powers,
                                          &value};
      options.linear_constraints = &moment;
      options.linear_constraint_count = 1;
      expect_same_bits(options, workspace_.get(), x_, y_);
    }
  }
}

}  // namespace
}  // namespace finn::test
