// Training: what it reaches, what it records, which rows it takes.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

double mean(std::vector<double>::const_iterator first, std::vector<double>::const_iterator last) {
  return std::accumulate(first, last, 0.0) / static_cast<double>(last - first);
}

class Training : public ::testing::Test {
 protected:
  // Mean loss of the last 20 steps minus that of the first 20.
  static double change(const finn_trainer* trainer) {
    const auto losses = history_of(trainer);
    return mean(losses.end() - 20, losses.end()) - mean(losses.begin(), losses.begin() + 20);
  }

  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1);
  const std::vector<double> y_ = bump_of(x_);
};

TEST_F(Training, withoutOptionsHasTheDefaults) {
  finn_training_options defaults;
  finn_training_options_init(&defaults, sizeof defaults);
  const auto fit = [&](const finn_training_options* options) {
    const ModelHandle model = make_model({});
    const auto trainer = make_handle<finn_trainer>([&](finn_trainer** made, finn_error* e) {
      return finn_trainer_create(model.get(), options, made, e);
    });
    Callbacks callbacks = stop_after(3);
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks), FINN_OK);
    return parameters_of<double>(model.get());
  };
  EXPECT_TRUE(same_bits(fit(nullptr), fit(&defaults)));
}

// Whoever has the trainer needs the handle of its model no more.
TEST_F(Training, goesOnWhenTheHandleOfItsModelIsDestroyed) {
  const auto run = [&](bool early) {
    ModelHandle model = make_model({});
    TrainerHandle trainer = make_trainer(model.get(), short_training(10));
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_, stop_after(4)), FINN_OK);
    if (early) model.reset();
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
    const Bytes bytes = save(trainer.get());
    trainer.reset();
    const ModelHandle fresh = make_model({.seed = 99});
    load(fresh.get(), bytes);
    if (!early) {
      EXPECT_TRUE(
          same_bits(parameters_of<double>(fresh.get()), parameters_of<double>(model.get())));
    }
    return bytes;
  };
  EXPECT_EQ(run(true), run(false));
}

// Each goes on from the parameters that the other has left.
TEST_F(Training, ofOneModelByTwoTrainersChangesTheOneModel) {
  const ModelHandle model = make_model({});
  const TrainerHandle first = make_trainer(model.get(), short_training(5));
  const TrainerHandle second = make_trainer(model.get(), short_training(5));
  ASSERT_EQ(fit_data(first.get(), workspace_.get(), x_, y_), FINN_OK);
  const auto between = parameters_of<double>(model.get());
  const ModelHandle copy = make_model({});
  set_parameters(copy.get(), between);
  const TrainerHandle of_copy = make_trainer(copy.get(), short_training(5));
  ASSERT_EQ(fit_data(second.get(), workspace_.get(), x_, y_), FINN_OK);
  ASSERT_EQ(fit_data(of_copy.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_FALSE(same_bits(parameters_of<double>(model.get()), between));
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), parameters_of<double>(copy.get())));
}

TEST_F(Training, isStoppedByProgressWithoutAnError) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(8));
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_UNFINISHED);
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), stop_after(3), &error), FINN_OK);
  EXPECT_EQ(error.status, FINN_OK);
  EXPECT_STREQ(error.message, "");
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STOPPED);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 3);
  Callbacks failing;
  failing.sample = [](std::int64_t, std::int64_t, double*, double*) { return 1; };
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), failing), FINN_ERROR_CALLBACK);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_UNFINISHED);
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), stop_after(8)), FINN_OK);
  EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STEPS_DONE)
      << "a run whose steps are done cannot go on";
}

TEST_F(Training, handsEachCallbackAUserDataOfItsOwn) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(3));
  int samples = 0, steps = 0;
  const auto sample = [](std::int64_t, std::int64_t batch, double*, double* y, void* data) {
    std::fill(y, y + batch, 0.5);
    return ++*static_cast<int*>(data) > 100 ? 1 : 0;
  };
  const auto progress = [](const finn_progress* told, void* data) {
    *static_cast<int*>(data) += static_cast<int>(told->step);
    return 0;
  };
  require_ok([&](finn_error* e) {
    return finn_trainer_fit_sampler(trainer.get(), workspace_.get(), sample, &samples, progress,
                                    &steps, e);
  });
  EXPECT_EQ(samples, 3);
  EXPECT_EQ(steps, 1 + 2 + 3);
}

TEST_F(Training, reducesTheSquaredError) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = make_model({.widths = {12, 12}, .precision = precision});
    const TrainerHandle trainer = make_trainer(model.get(), short_training(400, 64));
    ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get()), FINN_OK);
    const auto losses = history_of(trainer.get());
    EXPECT_LT(change(trainer.get()), -0.5 * mean(losses.begin(), losses.begin() + 20));
    const auto result = integral(model.get(), workspace_.get(), lower_of(2), upper_of(2));
    EXPECT_NEAR(result.value[0], 1.0, 1e-12);
  }
}

// The rows crowd about the centre, where an even density makes nothing of them.
TEST_F(Training, reducesTheNegativeLogLikelihood) {
  const ModelHandle model = make_model({.widths = {12, 12}});
  auto options = short_training(400, 64);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  const auto rows = random_points<double>(2, 500, 2, 0.5);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), rows, {}), FINN_OK);
  EXPECT_LT(change(trainer.get()), -0.3);
}

TEST_F(Training, recordsTheLossOfEveryStep) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(20));
  std::vector<double> told;
  std::vector<std::int64_t> steps;
  Callbacks callbacks;
  callbacks.progress = [&](const finn_progress& progress) {
    EXPECT_EQ(progress.struct_size, sizeof(finn_progress));
    EXPECT_EQ(progress.steps, 20);
    EXPECT_GE(progress.seconds, 0.0);
    told.push_back(progress.loss);
    steps.push_back(progress.step);
    return 0;
  };
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 20);
  EXPECT_TRUE(same_bits(history_of(trainer.get()), told));
  std::vector<std::int64_t> counted(20);
  std::iota(counted.begin(), counted.end(), 1);
  EXPECT_EQ(steps, counted);
}

TEST_F(Training, followsItsSchedule) {
  const auto rates_of = [&](finn_schedule schedule) {
    const ModelHandle model = make_model({});
    auto options = short_training(50);
    options.schedule = schedule;
    options.learning_rate = 0.02;
    const TrainerHandle trainer = make_trainer(model.get(), options);
    std::vector<double> rates;
    Callbacks callbacks;
    callbacks.progress = [&](const finn_progress& progress) {
      rates.push_back(progress.learning_rate);
      return 0;
    };
    EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
    return rates;
  };
  EXPECT_EQ(rates_of(FINN_SCHEDULE_CONSTANT), std::vector<double>(50, 0.02));
  const auto cosine = rates_of(FINN_SCHEDULE_COSINE);
  EXPECT_TRUE(std::is_sorted(cosine.rbegin(), cosine.rend()));
  EXPECT_NEAR(cosine.front(), 0.02, 1e-4);
  EXPECT_NEAR(cosine[24], 0.01, 1e-3);
  EXPECT_NEAR(cosine.back(), 0.0, 1e-4);
}

// loss = mean (f - y)^2; the first step of Adam moves each parameter by -rate g / (|g| + epsilon).
TEST_F(Training, takesTheFirstStepOfAdam) {
  const ModelHandle model = make_model({});
  const ModelHandle initial = make_model({});
  auto options = short_training(1, 16);
  options.schedule = FINN_SCHEDULE_CONSTANT;
  options.standardise = 0;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  std::vector<double> x;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t, std::int64_t batch, double* points, double* y) {
    x.assign(points, points + 2 * batch);
    const auto wanted = bump_of(x);
    std::copy(wanted.begin(), wanted.end(), y);
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);

  const auto f = integrand(initial.get(), workspace_.get(), x);
  const auto y = bump_of(x);
  std::vector<double> adjoint(f.size());
  double loss = 0;
  for (std::size_t b = 0; b < f.size(); ++b) {
    loss += (f[b] - y[b]) * (f[b] - y[b]) / 16;
    adjoint[b] = 2 * (f[b] - y[b]) / 16;
  }
  EXPECT_NEAR(history_of(trainer.get())[0], loss, 1e-12 * loss);
  const auto g = integrand_vjp(initial.get(), workspace_.get(), x, adjoint).parameters;
  const auto before = parameters_of<double>(initial.get());
  const auto after = parameters_of<double>(model.get());
  for (std::size_t k = 0; k < g.size(); ++k) {
    const double moved = -0.01 * g[k] / (std::abs(g[k]) + 1e-8);
    EXPECT_NEAR(after[k] - before[k], moved, 1e-6) << "parameter " << k;
  }
}

TEST_F(Training, callsBackOnTheThreadOfTheCaller) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace(4);
  const TrainerHandle trainer = make_trainer(model.get(), short_training(3));
  const auto here = std::this_thread::get_id();
  int calls = 0;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t, std::int64_t batch, double*, double* y) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    std::fill(y, y + batch, 0.0);
    ++calls;
    return 0;
  };
  callbacks.progress = [&](const finn_progress&) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    ++calls;
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), workspace.get(), callbacks), FINN_OK);
  EXPECT_EQ(calls, 6);
}

// At a rate that moves nothing and one row per step, a loss tells which row the step took.
TEST_F(Training, takesEachRowOnceAPassInANewOrder) {
  constexpr std::int64_t kRows = 6, kPasses = 10;
  const ModelHandle model = make_model({});
  auto options = short_training(kRows * kPasses, 1);
  options.learning_rate = 1e-300;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  const std::vector<double> x(x_.begin(), x_.begin() + 2 * kRows);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x, bump_of(x)), FINN_OK);
  const auto losses = history_of(trainer.get());
  std::set<std::vector<double>> orders, rows;
  for (auto pass = losses.begin(); pass != losses.end(); pass += kRows) {
    std::vector<double> order(pass, pass + kRows);
    orders.insert(order);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(std::adjacent_find(order.begin(), order.end()), order.end());
    rows.insert(order);
  }
  EXPECT_EQ(rows.size(), 1u);
  EXPECT_GE(orders.size(), 8u);  // of 720
}

// Every order of the rows gives the same loss but for rounding.
TEST_F(Training, takesAllRowsOfASmallDataSet) {
  const ModelHandle model = make_model({});
  const auto f = integrand(model.get(), workspace_.get(), x_);
  double loss = 0;
  for (std::size_t b = 0; b < f.size(); ++b) loss += (f[b] - y_[b]) * (f[b] - y_[b]) / 100;
  finn_training_options options = short_training(1, 0);
  options.standardise = 0;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_NEAR(history_of(trainer.get())[0], loss, 1e-12 * loss);
}

}  // namespace
}  // namespace finn::test
