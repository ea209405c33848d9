// Every optimiser through finn.h: what it reaches, and how L-BFGS ends.
#include <algorithm>
#include <cmath>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class Optimisers : public ::testing::Test {
 protected:
  // The mean of the last losses of a fit of the bump.
  double final_loss(const finn_training_options& options) {
    const ModelHandle model = make_model({.widths = {12, 12}});
    const TrainerHandle trainer = make_trainer(model.get(), options);
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
    const auto losses = history_of(trainer.get());
    const std::size_t count = std::min<std::size_t>(5, losses.size());
    double sum = 0;
    for (std::size_t k = losses.size() - count; k < losses.size(); ++k) sum += losses[k];
    outcome_ = finn_trainer_outcome(trainer.get());
    steps_ = finn_trainer_steps(trainer.get());
    first_loss_ = losses.front();
    return sum / static_cast<double>(count);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 300, 1);
  const std::vector<double> y_ = bump_of(x_);
  finn_outcome outcome_ = FINN_OUTCOME_UNFINISHED;
  std::int64_t steps_ = 0;
  double first_loss_ = 0;
};

TEST_F(Optimisers, lowerTheLossByWhatTheyAreFor) {
  const double shares[] = {0.3, 0.3, 0.7, 0.05};  // of the first loss, after 200 steps
  for (const finn_optimiser kind : kEveryOptimiser) {
    finn_training_options options = short_training(200, kind == FINN_OPTIMISER_LBFGS ? 0 : 100);
    options.optimiser = kind;
    options.nesterov = 1;
    const double loss = final_loss(options);
    EXPECT_LT(loss, shares[kind] * first_loss_) << "optimiser " << kind;
  }
}

TEST_F(Optimisers, ofSecondOrderNeverRaisesTheLossOfItsRows) {
  finn_training_options options = short_training(60, 0);
  options.optimiser = FINN_OPTIMISER_LBFGS;
  const ModelHandle model = make_model({.widths = {8, 8}});
  const TrainerHandle trainer = make_trainer(model.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  const auto losses = history_of(trainer.get());
  EXPECT_TRUE(std::is_sorted(losses.rbegin(), losses.rend()));
}

TEST_F(Optimisers, sayThatTheyConverged) {
  finn_training_options options = short_training(2000, 0);
  options.optimiser = FINN_OPTIMISER_LBFGS;
  options.loss_tolerance = 1e-3;
  final_loss(options);
  EXPECT_EQ(outcome_, FINN_OUTCOME_CONVERGED);
  EXPECT_LT(steps_, 2000);
  options.loss_tolerance = 0;
  options.gradient_tolerance = 1e9;  // met at once: the parameters stay
  final_loss(options);
  EXPECT_EQ(outcome_, FINN_OUTCOME_CONVERGED);
  EXPECT_EQ(steps_, 1);
}

TEST_F(Optimisers, sayThatTheirStepsAreDone) {
  final_loss(short_training(10));
  EXPECT_EQ(outcome_, FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(finn_trainer_outcome(nullptr), FINN_OUTCOME_UNFINISHED);
}

// L-BFGS minimises one function: the sampler is asked once.
TEST_F(Optimisers, ofSecondOrderKeepTheBatchOfTheFirstStep) {
  finn_training_options options = short_training(10);
  options.optimiser = FINN_OPTIMISER_LBFGS;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), options);
  Callbacks callbacks;
  const auto bump_sampler = callbacks.sample;
  int calls = 0;
  callbacks.sample = [&](std::int64_t step, std::int64_t batch, double* x, double* y) {
    ++calls;
    return bump_sampler(step, batch, x, y);
  };
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
  EXPECT_EQ(calls, 1);
  EXPECT_GT(finn_trainer_steps(trainer.get()), 5);
}

TEST_F(Optimisers, ofSecondOrderKeepTheParametersWhenTheLossIsNotFinite) {
  finn_training_options options = short_training(10);
  options.optimiser = FINN_OPTIMISER_LBFGS;
  const ModelHandle model = make_model({});
  const auto before = parameters_of<double>(model.get());
  const TrainerHandle trainer = make_trainer(model.get(), options);
  const std::vector<double> huge(y_.size(), 1e300);
  expect_refused({"loss", FINN_ERROR_NOT_FINITE, "loss", [&](finn_error* e) {
                    return fit_data(trainer.get(), workspace_.get(), x_, huge, {}, e);
                  }});
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
}

}  // namespace
}  // namespace finn::test
