// Training: what it reaches, what it records, which rows it takes.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
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

TEST_F(Training, defaultsAreThoseOfTheHeader) {
  finn_training_options options;
  ASSERT_EQ(finn_training_options_init(&options), FINN_OK);
  EXPECT_EQ(options.struct_size, sizeof options);
  EXPECT_EQ(options.steps, 6000);
  EXPECT_EQ(options.batch, 0);
  EXPECT_EQ(options.learning_rate, 0.01);
  EXPECT_EQ(options.beta1, 0.9);
  EXPECT_EQ(options.beta2, 0.999);
  EXPECT_EQ(options.adam_epsilon, 1e-8);
  EXPECT_EQ(options.loss, FINN_LOSS_SQUARED_ERROR);
  EXPECT_EQ(options.schedule, FINN_SCHEDULE_COSINE);
  EXPECT_EQ(options.seed, 0u);
  EXPECT_EQ(options.optimiser, FINN_OPTIMISER_ADAM);
  EXPECT_EQ(options.nesterov, 0);
  EXPECT_EQ(options.weight_decay, 0.01);
  EXPECT_EQ(options.momentum, 0.9);
  EXPECT_EQ(options.lbfgs_memory, 10);
  EXPECT_EQ(options.gradient_tolerance, 1e-8);
  EXPECT_EQ(options.loss_tolerance, 1e-9);
  EXPECT_EQ(options.warmup_steps, 0);
  EXPECT_EQ(options.final_learning_rate, 0);
  EXPECT_EQ(options.decay_interval, 1000);
  EXPECT_EQ(options.decay_factor, 0.5);
  EXPECT_EQ(options.gradient_clip, 0);
  EXPECT_EQ(options.huber_delta, 1);
  EXPECT_EQ(options.poisson_events, 0);
  EXPECT_EQ(options.validation_share, 0);
  EXPECT_EQ(options.validation_interval, 50);
  EXPECT_EQ(options.patience, 0);
  EXPECT_EQ(options.min_delta, 0);
}

// The struct of version 0.1.0 ended with the seed: a program built with it passes that, and the
// function of the plain name writes no more.
TEST_F(Training, acceptsTheStructOfTheFirstVersion) {
  constexpr std::size_t kFirstSize = offsetof(finn_training_options, optimiser);
  finn_training_options options;
  std::memset(&options, 0xa5, sizeof options);
  ASSERT_EQ((finn_training_options_init)(&options), FINN_OK);
  EXPECT_EQ(options.struct_size, kFirstSize);
  EXPECT_EQ(options.optimiser, static_cast<std::int32_t>(0xa5a5a5a5));
  const auto fit = [&](finn_training_options given) {
    given.steps = 5;
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), given);
    EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, y_), FINN_OK);
    return parameters_of<double>(model.get());
  };
  finn_training_options now;
  finn_training_options_init(&now);
  EXPECT_TRUE(same_bits(fit(options), fit(now)));
  EXPECT_EQ(finn_training_options_init_sized(&now, sizeof now + 8), FINN_ERROR_ARGUMENT);
}

// Programs built with the headers in between: structs in memory that ends where theirs does, with
// their last field changed.
TEST_F(Training, acceptsTheStructsOfTheVersionsInBetween) {
  using Options = finn_training_options;
  const struct {
    std::size_t size;  // where the next field begins
    void (*set)(Options&);
  } headers[] = {
      {offsetof(Options, nesterov), [](Options& o) { o.optimiser = FINN_OPTIMISER_SGD; }},
      {offsetof(Options, weight_decay), [](Options& o) { o.optimiser = FINN_OPTIMISER_ADAMW; }},
      {offsetof(Options, warmup_steps), [](Options& o) { o.loss_tolerance = 0; }},
      {offsetof(Options, final_learning_rate), [](Options& o) { o.warmup_steps = 3; }},
      {offsetof(Options, validation_interval), [](Options& o) { o.validation_share = 0.25; }},
      {sizeof(Options), [](Options& o) { o.min_delta = 0.5; }}};
  const auto fit = [&](const Options* options) {
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), *options);
    EXPECT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, y_), FINN_OK);
    return parameters_of<double>(model.get());
  };
  for (const auto& header : headers) {
    const std::unique_ptr<void, decltype(&std::free)> memory(std::malloc(header.size), &std::free);
    auto* old = static_cast<Options*>(memory.get());
    ASSERT_EQ(finn_training_options_init_sized(old, header.size), FINN_OK) << header.size;
    EXPECT_EQ(old->struct_size, header.size);
    Options now;
    finn_training_options_init(&now);
    for (Options* options : {old, &now}) {
      options->steps = 8;
      header.set(*options);
    }
    EXPECT_TRUE(same_bits(fit(old), fit(&now))) << header.size;
  }
}

TEST_F(Training, refusesStructsOfSizesThatNoHeaderHas) {
  finn_training_options options;
  finn_training_options_init(&options);
  const ModelHandle model = make_model({});
  for (const std::size_t size : {offsetof(finn_training_options, seed), sizeof options + 8}) {
    EXPECT_EQ(finn_training_options_init_sized(&options, size), FINN_ERROR_ARGUMENT) << size;
    options.struct_size = size;
    finn_trainer* trainer = nullptr;
    EXPECT_EQ(finn_trainer_create(model.get(), &options, &trainer, nullptr), FINN_ERROR_ARGUMENT);
    EXPECT_EQ(trainer, nullptr);
  }
}

TEST_F(Training, reducesTheSquaredError) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    const ModelHandle model = make_model({.widths = {12, 12}, .precision = precision});
    const TrainerHandle trainer = make_trainer(model.get(), short_training(400, 64));
    ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace_.get()), FINN_OK);
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
  ASSERT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), rows, {}), FINN_OK);
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
  ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace_.get(), callbacks), FINN_OK);
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
    EXPECT_EQ(fit_sampler(trainer.get(), model.get(), workspace_.get(), callbacks), FINN_OK);
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
  const TrainerHandle trainer = make_trainer(model.get(), options);
  std::vector<double> x;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t, std::int64_t batch, double* points, double* y) {
    x.assign(points, points + 2 * batch);
    const auto wanted = bump_of(x);
    std::copy(wanted.begin(), wanted.end(), y);
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace_.get(), callbacks), FINN_OK);

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
  ASSERT_EQ(fit_sampler(trainer.get(), model.get(), workspace.get(), callbacks), FINN_OK);
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
  ASSERT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x, bump_of(x)), FINN_OK);
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
  const TrainerHandle trainer = make_trainer(model.get(), short_training(1, 0));
  ASSERT_EQ(fit_data(trainer.get(), model.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_NEAR(history_of(trainer.get())[0], loss, 1e-12 * loss);
}

}  // namespace
}  // namespace finn::test
