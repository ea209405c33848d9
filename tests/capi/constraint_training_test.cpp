// Training with bounds, learned integrals and projections, and their checkpoints.
#include <cmath>

#include "capi/finn.h"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

constexpr finn_transition kEveryTransition[] = {FINN_TRANSITION_CLIP, FINN_TRANSITION_SMOOTH,
                                                FINN_TRANSITION_LEARNED};

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
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y), FINN_OK);
    return history_of(trainer.get());
  }

  // A mixture of one output with one bound above, and this transition.
  static ModelSpec at_most(double bound, finn_transition transition) {
    ModelSpec spec = one_output(FINN_NETWORK_MIXTURE);
    spec.constraint = FINN_CONSTRAINT_BOUNDED;
    spec.upper_bound = {bound};
    spec.transition = transition;
    return spec;
  }
  // One whose integral is learned.
  static ModelSpec learned(double start, finn_network_form network = FINN_NETWORK_MIXTURE) {
    ModelSpec spec = one_output(network);
    spec.constraint = FINN_CONSTRAINT_LEARNED;
    spec.target = {start};
    return spec;
  }
  static ModelSpec one_output(finn_network_form network) {
    ModelSpec spec = constrained_spec(network);
    spec.outputs = 1;
    spec.target = {2};
    return spec;
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 200, 1), y_ = bump_of(x_);
};

TEST_F(ConstraintTraining, comesCloseToABoundThatTheTargetIsBeyond) {
  for (const finn_transition transition : kEveryTransition) {
    const ModelHandle model = make_model(at_most(2, transition));
    const auto losses = fit_to_three(model.get());
    EXPECT_LT(losses.back(), 0.5 * losses.front());
    const double J = over_domain(model.get());
    EXPECT_GT(J, 1.5) << "transition " << transition;
    EXPECT_LE(J, 2 * (1 + 1e-14)) << "transition " << transition;
    if (transition != FINN_TRANSITION_CLIP) {
      EXPECT_LT(J, 2);
    }
  }
}

TEST_F(ConstraintTraining, findsTheIntegralOfTheTargetWhereItIsLearned) {
  for (const finn_method method : {FINN_METHOD_SCALE, FINN_METHOD_SHIFT}) {
    ModelSpec spec = learned(2);
    spec.method = method;
    spec.components = 16;
    const ModelHandle model = make_model(spec);
    fit_to_three(model.get(), 1500);
    EXPECT_NEAR(over_domain(model.get()), 3, 0.15) << "method " << method;
  }
}

// The likelihood of a Poisson process is largest where the integral is the number of its events.
TEST_F(ConstraintTraining, findsTheNumberOfEventsOfAPoissonProcess) {
  const ModelHandle model = make_model(learned(150));
  finn_training_options training = short_training(300, 200);
  training.loss = FINN_LOSS_POISSON_PROCESS;
  const TrainerHandle trainer = make_trainer(model.get(), training);
  EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  EXPECT_NEAR(over_domain(model.get()), 200, 1e-2);
}

TEST_F(ConstraintTraining, keepsTheIntegralOfAPoissonProcessWithinItsBound) {
  for (const finn_transition transition : kEveryTransition) {
    const ModelHandle model = make_model(at_most(120, transition));
    finn_training_options training = short_training(300, 200);
    training.loss = FINN_LOSS_POISSON_PROCESS;
    const TrainerHandle trainer = make_trainer(model.get(), training);
    const double before = over_domain(model.get());
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
    EXPECT_GT(over_domain(model.get()), before);
    EXPECT_LE(over_domain(model.get()), 120 * (1 + 1e-14));
  }
}

TEST_F(ConstraintTraining, refusesAModelWithoutTheParametersOfTheIntegral) {
  const ModelHandle fixed = make_model(one_output(FINN_NETWORK_MLP));
  const ModelHandle free = make_model(learned(2, FINN_NETWORK_MLP));
  for (const auto& [made_for, given] :
       {std::pair{fixed.get(), free.get()}, std::pair{free.get(), fixed.get()}}) {
    TrainerHandle trainer;
    EXPECT_EQ(load(given, save(make_trainer(made_for, short_training()).get()), &trainer),
              FINN_ERROR_SIZE);
  }
}

// Runs 12 steps in one go, and 5 and 7 with a checkpoint between, loaded into a fresh model.
void expect_same_bits(const ModelSpec& spec, finn_workspace* workspace,
                      const std::vector<double>& x, const std::vector<double>& y) {
  const ModelHandle whole = make_model(spec), half = make_model(spec);
  const ModelHandle fresh = make_model(spec);
  const TrainerHandle trainer = make_trainer(whole.get(), short_training(12));
  EXPECT_EQ(fit_data(trainer.get(), workspace, x, y), FINN_OK);
  const TrainerHandle first = make_trainer(half.get(), short_training(12));
  EXPECT_EQ(fit_data(first.get(), workspace, x, y, stop_after(5)), FINN_OK);
  const TrainerHandle second = load(fresh.get(), save(first.get()));
  EXPECT_EQ(fit_data(second.get(), workspace, x, y), FINN_OK);
  EXPECT_TRUE(same_bits(parameters_of<double>(fresh.get()), parameters_of<double>(whole.get())));
  EXPECT_TRUE(same_bits(history_of(second.get()), history_of(trainer.get())));
}

TEST_F(ConstraintTraining, goesOnToTheSameBitsFromACheckpoint) {
  for (const finn_network_form network : {FINN_NETWORK_MLP, FINN_NETWORK_MIXTURE}) {
    for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
      ModelSpec spec = learned(2, network);
      spec.precision = precision;
      expect_same_bits(spec, workspace_.get(), x_, y_);
      spec.constraint = FINN_CONSTRAINT_LINEAR;
      spec.integrals = {{.powers = {1, 0}, .value = {1}}};
      expect_same_bits(spec, workspace_.get(), x_, y_);
    }
  }
}

}  // namespace
}  // namespace finn::test
