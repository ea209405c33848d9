// Losses through finn.h: a custom one beside the library's own, weights, the Poisson process.
#include <cmath>
#include <limits>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// The squared error as a loss of the caller's own; user_data counts the calls.
std::int32_t own_squared_error(std::int64_t, std::int64_t batch, const double*, const double* y,
                               const double* f, double* f_adjoint, double* loss, void* user_data) {
  ++*static_cast<int*>(user_data);
  const auto rows = static_cast<double>(batch);
  *loss = 0;
  for (std::int64_t i = 0; i < batch; ++i) {
    *loss += (f[i] - y[i]) * (f[i] - y[i]) / rows;
    if (f_adjoint != nullptr) f_adjoint[i] = 2 * (f[i] - y[i]) / rows;
  }
  return 0;
}

std::int32_t failing_loss(std::int64_t step, std::int64_t batch, const double*, const double*,
                          const double* f, double* f_adjoint, double* loss, void*) {
  *loss = f[0];
  f_adjoint[batch - 1] = 1;
  return step == 2 ? 7 : 0;
}

class Losses : public ::testing::Test {
 protected:
  static TrainerHandle custom_trainer(finn_model* model, finn_training_options options,
                                      finn_loss_callback loss, void* user_data) {
    options.loss = FINN_LOSS_CUSTOM;
    TrainerHandle trainer = make_trainer(model, options);
    require_ok([&](finn_error* e) {
      return finn_trainer_set_loss(trainer.get(), loss, user_data, nullptr, e);
    });
    return trainer;
  }

  finn_status fit_weighted(finn_trainer* trainer, const std::vector<double>& x,
                           const std::vector<double>& y, const std::vector<double>& weights,
                           finn_error* error = nullptr) {
    return finn_trainer_fit_data(trainer, workspace_.get(), x.data(),
                                 y.empty() ? nullptr : y.data(), weights.data(), length_of(weights),
                                 nullptr, nullptr, error);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
};

TEST_F(Losses, ofYourOwnTrainLikeTheLibrarys) {
  for (const finn_optimiser kind : kEveryOptimiser) {
    finn_training_options options = short_training(15);
    options.optimiser = kind;
    options.validation_share = 0.2;
    options.validation_interval = 4;
    const ModelHandle model = make_model({}), own_model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), options);
    int calls = 0;
    const TrainerHandle own = custom_trainer(own_model.get(), options, own_squared_error, &calls);
    ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
    ASSERT_EQ(fit_data(own.get(), workspace_.get(), x_, y_), FINN_OK);
    EXPECT_GE(calls, 15 + 4);
    const auto expected = parameters_of<double>(model.get());
    const auto parameters = parameters_of<double>(own_model.get());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(parameters[i], expected[i], 1e-6) << "optimiser " << kind;
    }
  }
}

TEST_F(Losses, ofYourOwnEndTheFitWhenTheyFail) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer =
      custom_trainer(model.get(), short_training(), failing_loss, nullptr);
  expect_refused({"loss", FINN_ERROR_CALLBACK, "loss", [&](finn_error* e) {
                    return fit_data(trainer.get(), workspace_.get(), x_, {}, {}, e);
                  }});
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 2);
}

// The failure comes after the last step, in the validation check.
TEST_F(Losses, ofYourOwnThatFailAtTheEndTakeNoFurtherStep) {
  static bool fails;
  const auto loss = [](std::int64_t step, std::int64_t batch, const double*, const double*,
                       const double* f, double* f_adjoint, double* value, void*) {
    *value = 0;
    for (std::int64_t i = 0; i < batch; ++i) {
      *value += f[i];
      if (f_adjoint != nullptr) f_adjoint[i] = 1;
    }
    return f_adjoint == nullptr && step == 4 && fails ? 1 : 0;
  };
  finn_training_options options = short_training(5, 8);
  options.validation_share = 0.2;
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = custom_trainer(model.get(), options, loss, nullptr);
  for (const bool failing : {true, false}) {
    fails = failing;
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}),
              failing ? FINN_ERROR_CALLBACK : FINN_OK);
    EXPECT_EQ(finn_trainer_steps(trainer.get()), 5);
  }
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STEPS_DONE);
}

TEST_F(Losses, ofYourOwnMustBeSetWhereTheOptionsSaySo) {
  finn_training_options options = short_training();
  const ModelHandle model = make_model({});
  const TrainerHandle squared = make_trainer(model.get(), options);
  int calls = 0;
  expect_refused({"not custom", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* e) {
                    return finn_trainer_set_loss(squared.get(), own_squared_error, &calls, nullptr,
                                                 e);
                  }});
  options.loss = FINN_LOSS_CUSTOM;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  expect_refused({"NULL", FINN_ERROR_NULL, "loss", [&](finn_error* e) {
                    return finn_trainer_set_loss(trainer.get(), nullptr, nullptr, nullptr, e);
                  }});
  expect_refused({"not set", FINN_ERROR_NULL, "loss", [&](finn_error* e) {
                    return fit_data(trainer.get(), workspace_.get(), x_, y_, {}, e);
                  }});
}

// The data of a loss that counts how often it was released.
struct Released {
  int calls = 0;
  int releases = 0;

  static std::int32_t loss(std::int64_t step, std::int64_t batch, const double* x, const double* y,
                           const double* f, double* f_adjoint, double* value, void* data) {
    return own_squared_error(step, batch, x, y, f, f_adjoint, value,
                             &static_cast<Released*>(data)->calls);
  }
  static void release(void* data) { ++static_cast<Released*>(data)->releases; }

  // Hands the loss over, and itself with it.
  finn_status set(finn_trainer* trainer, finn_loss_callback function = &Released::loss) {
    return finn_trainer_set_loss(trainer, function, this, &Released::release, nullptr);
  }
};

TEST_F(Losses, ofYourOwnAreReleasedOnceWhenTheyAreReplaced) {
  finn_training_options options = short_training(6);
  options.loss = FINN_LOSS_CUSTOM;
  const ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), options);
  Released first, second;
  ASSERT_EQ(first.set(trainer.get()), FINN_OK);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(2)), FINN_OK);
  EXPECT_EQ(first.releases, 0);
  ASSERT_EQ(second.set(trainer.get()), FINN_OK);
  EXPECT_EQ(first.releases, 1);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(first.calls, 2);
  EXPECT_EQ(second.calls, 4);
  trainer.reset();
  EXPECT_EQ(first.releases, 1);
  EXPECT_EQ(second.releases, 1);
}

TEST_F(Losses, ofYourOwnAreReleasedOnceWithTheirTrainer) {
  finn_training_options options = short_training();
  options.loss = FINN_LOSS_CUSTOM;
  ModelHandle model = make_model({});
  TrainerHandle trainer = make_trainer(model.get(), options);
  Released data;
  ASSERT_EQ(data.set(trainer.get()), FINN_OK);
  model.reset();
  EXPECT_EQ(data.releases, 0);
  trainer.reset();
  EXPECT_EQ(data.releases, 1);
}

// What was set before stays, and goes on.
TEST_F(Losses, ofYourOwnAreReleasedOnceWhenTheyAreRefused) {
  finn_training_options options = short_training();
  const ModelHandle model = make_model({});
  Released kept, of_null, of_no_trainer, of_squared;  // they outlive the trainers
  const TrainerHandle squared = make_trainer(model.get(), options);
  options.loss = FINN_LOSS_CUSTOM;
  const TrainerHandle custom = make_trainer(model.get(), options);
  ASSERT_EQ(kept.set(custom.get()), FINN_OK);
  EXPECT_EQ(of_null.set(custom.get(), nullptr), FINN_ERROR_NULL);
  EXPECT_EQ(of_no_trainer.set(nullptr), FINN_ERROR_NULL);
  EXPECT_EQ(of_squared.set(squared.get()), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(of_null.releases, 1);
  EXPECT_EQ(of_no_trainer.releases, 1);
  EXPECT_EQ(of_squared.releases, 1);
  EXPECT_EQ(kept.releases, 0);
  EXPECT_EQ(fit_data(custom.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(kept.calls, 20);
}

// No checkpoint has a loss: it is set again, and the run goes on to the same bits.
TEST_F(Losses, ofYourOwnAreSetAgainAfterACheckpoint) {
  const ModelHandle straight = make_model({}), stopped = make_model({}), model = make_model({});
  int calls = 0;
  const auto custom = [&](const ModelHandle& of) {
    return custom_trainer(of.get(), short_training(), own_squared_error, &calls);
  };
  const TrainerHandle whole = custom(straight), first = custom(stopped);
  ASSERT_EQ(fit_data(whole.get(), workspace_.get(), x_, y_), FINN_OK);
  ASSERT_EQ(fit_data(first.get(), workspace_.get(), x_, y_, stop_after(9)), FINN_OK);
  const TrainerHandle second = load(model.get(), save(first.get()));
  expect_refused({"not set", FINN_ERROR_NULL, "loss", [&](finn_error* e) {
                    return fit_data(second.get(), workspace_.get(), x_, y_, {}, e);
                  }});
  require_ok([&](finn_error* e) {
    return finn_trainer_set_loss(second.get(), own_squared_error, &calls, nullptr, e);
  });
  ASSERT_EQ(fit_data(second.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), parameters_of<double>(straight.get())));
}

TEST_F(Losses, ofAbsoluteErrorFindTheMedianWhereTheSquareFindsTheMean) {
  // Every point twice with 0 and once with 3: f is free, and close to constant on a small network.
  std::vector<double> x, y;
  for (int copy = 0; copy < 3; ++copy) {
    x.insert(x.end(), x_.begin(), x_.end());
    y.insert(y.end(), x_.size() / 2, copy == 2 ? 3.0 : 0.0);
  }
  const auto mean_f = [&](finn_loss loss) {
    finn_training_options options = short_training(400, 0);
    options.loss = loss;
    options.learning_rate = 0.02;
    const ModelHandle model = make_model({.constraint = FINN_CONSTRAINT_NONE});
    const TrainerHandle trainer = make_trainer(model.get(), options);
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x, y), FINN_OK);
    double sum = 0;
    for (const double f : integrand(model.get(), workspace_.get(), x_)) sum += f / 100;
    return sum;
  };
  EXPECT_NEAR(mean_f(FINN_LOSS_SQUARED_ERROR), 1, 0.1);
  EXPECT_LT(mean_f(FINN_LOSS_ABSOLUTE_ERROR), 0.2);
}

// Rows twice in the data and rows of weight 2 are the same loss, up to the number of rows.
TEST_F(Losses, countARowAsOftenAsItsWeight) {
  std::vector<double> weights(100), x, y;
  double total = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    weights[i] = static_cast<double>(i % 3);
    total += weights[i];
    for (std::size_t copy = 0; copy < i % 3; ++copy) {
      x.insert(x.end(), {x_[2 * i], x_[2 * i + 1]});
      y.push_back(y_[i]);
    }
  }
  for (double& weight : weights) weight *= 100 / total;
  finn_training_options options = short_training(1, 0);
  options.width_prior = 0;
  options.standardise = 0;
  for (const finn_loss loss : {FINN_LOSS_SQUARED_ERROR, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
                               FINN_LOSS_ABSOLUTE_ERROR, FINN_LOSS_HUBER}) {
    options.loss = loss;
    const bool has_targets = loss != FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
    const ModelHandle model = make_model({}), other = make_model({});
    const TrainerHandle weighted = make_trainer(model.get(), options);
    const TrainerHandle repeated = make_trainer(other.get(), options);
    ASSERT_EQ(fit_weighted(weighted.get(), x_, has_targets ? y_ : std::vector<double>{}, weights),
              FINN_OK);
    ASSERT_EQ(
        fit_data(repeated.get(), workspace_.get(), x, has_targets ? y : std::vector<double>{}),
        FINN_OK);
    EXPECT_NEAR(history_of(weighted.get())[0], history_of(repeated.get())[0], 1e-13);
    const auto a = parameters_of<double>(model.get()), b = parameters_of<double>(other.get());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-6);
  }
}

// To the bit where the loss itself decides nothing; it is added in another order.
TEST_F(Losses, ofWeightsThatAreAll1TrainLikeNone) {
  const std::vector<double> ones(100, 1.0);
  for (const finn_optimiser kind : kEveryOptimiserWithARate) {
    for (const finn_loss loss : {FINN_LOSS_SQUARED_ERROR, FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD}) {
      finn_training_options options = short_training();
      options.optimiser = kind;
      options.loss = loss;
      const auto y = loss == FINN_LOSS_SQUARED_ERROR ? y_ : std::vector<double>{};
      const ModelHandle plain = make_model({}), weighted = make_model({});
      const TrainerHandle first = make_trainer(plain.get(), options);
      const TrainerHandle second = make_trainer(weighted.get(), options);
      ASSERT_EQ(fit_data(first.get(), workspace_.get(), x_, y), FINN_OK);
      ASSERT_EQ(fit_weighted(second.get(), x_, y, ones), FINN_OK);
      EXPECT_TRUE(
          same_bits(parameters_of<double>(plain.get()), parameters_of<double>(weighted.get())));
      for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_DOUBLE_EQ(history_of(first.get())[i], history_of(second.get())[i]);
      }
    }
  }
}

TEST_F(Losses, refuseBadWeights) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training());
  for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    std::vector<double> weights(100, 1.0);
    weights[99] = bad;
    const finn_status status = bad < 0 ? FINN_ERROR_ARGUMENT : FINN_ERROR_NOT_FINITE;
    expect_refused({"weights", status, "weights", [&](finn_error* e) {
                      return fit_weighted(trainer.get(), x_, y_, weights, e);
                    }});
  }
  int calls = 0;
  const TrainerHandle custom =
      custom_trainer(model.get(), short_training(), own_squared_error, &calls);
  expect_refused({"custom", FINN_ERROR_ARGUMENT, "weights", [&](finn_error* e) {
                    return fit_weighted(custom.get(), x_, y_, std::vector<double>(100, 1.0), e);
                  }});
}

class PoissonProcess : public Losses {
 protected:
  const ModelHandle model_ = make_model({.constraint = FINN_CONSTRAINT_NONE});
};

// The loss of a step by hand: the mean of -log f, plus the integral over the domain per event.
TEST_F(PoissonProcess, lossIsTheNegativeLogLikelihoodPerEvent) {
  finn_training_options options = short_training(1, 0);
  options.loss = FINN_LOSS_POISSON_PROCESS;
  options.poisson_events = 25;
  options.width_prior = 0;
  options.standardise = 0;
  double expected =
      integral(model_.get(), workspace_.get(), lower_of(2), upper_of(2)).value[0] / 25;
  for (const double f : integrand(model_.get(), workspace_.get(), x_))
    expected -= std::log(f) / 100;
  const TrainerHandle trainer = make_trainer(model_.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  EXPECT_NEAR(history_of(trainer.get())[0], expected, 1e-13 * std::fabs(expected));
}

// At rate 1 without momentum a step of gradient descent is the gradient: against differences.
TEST_F(PoissonProcess, gradientGoesThroughTheIntegral) {
  finn_training_options options = short_training(1, 0);
  options.loss = FINN_LOSS_POISSON_PROCESS;
  options.poisson_events = 3;
  options.width_prior = 0;
  options.standardise = 0;
  options.optimiser = FINN_OPTIMISER_SGD;
  options.schedule = FINN_SCHEDULE_CONSTANT;
  options.learning_rate = 1;
  const auto start = parameters_of<double>(model_.get());
  const auto loss_at = [&](const std::vector<double>& parameters) {
    set_parameters(model_.get(), parameters);
    double loss = integral(model_.get(), workspace_.get(), lower_of(2), upper_of(2)).value[0] / 3;
    for (const double f : integrand(model_.get(), workspace_.get(), x_)) loss -= std::log(f) / 100;
    return loss;
  };
  const TrainerHandle trainer = make_trainer(model_.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  const auto after = parameters_of<double>(model_.get());
  for (std::size_t i = 0; i < trained_count(model_.get()); i += 5) {
    auto up = start, down = start;
    up[i] += 1e-6;
    down[i] -= 1e-6;
    EXPECT_NEAR(start[i] - after[i], (loss_at(up) - loss_at(down)) / 2e-6, 1e-6) << i;
  }
}

// The integral of the intensity becomes the number of events.
TEST_F(PoissonProcess, learnsHowManyEventsThereAre) {
  finn_training_options options = short_training(500, 0);
  options.loss = FINN_LOSS_POISSON_PROCESS;
  options.learning_rate = 0.05;
  const TrainerHandle trainer = make_trainer(model_.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, {}), FINN_OK);
  const auto result = integral(model_.get(), workspace_.get(), lower_of(2), upper_of(2));
  EXPECT_NEAR(result.value[0], 100, 1);
}

TEST_F(PoissonProcess, needsTheNumberOfEventsFromASampler) {
  finn_training_options options = short_training();
  options.loss = FINN_LOSS_POISSON_PROCESS;
  const TrainerHandle trainer = make_trainer(model_.get(), options);
  expect_refused({"sampler", FINN_ERROR_ARGUMENT, "poisson_events", [&](finn_error* e) {
                    return fit_sampler(trainer.get(), workspace_.get(), {}, e);
                  }});
}

}  // namespace
}  // namespace finn::test
