#include "finn/training/trainer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/optimisers/optimiser.hpp"
#include "finn/optimisers/schedule.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/training_options.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

TrainingOptions options_of(std::int64_t steps, std::int64_t batch = 64) {
  TrainingOptions options;
  options.steps = steps;
  options.batch = batch;
  return options;
}

// A bump in the middle of the unit of length, for any number of variables.
bool sample_bump(std::int64_t, std::int64_t batch, double* x, double* y, void* context) {
  const int variables = *static_cast<const int*>(context);
  for (std::int64_t i = 0; i < batch; ++i) {
    double square = 0;
    for (int k = 0; k < variables; ++k) square += x[i * variables + k] * x[i * variables + k];
    y[i] = std::exp(-2 * square);
  }
  return true;
}

// The integral of exp(-factor x^2) over [-2, 2].
double one_dimensional_integral(double factor) {
  return std::sqrt(std::numbers::pi / factor) * std::erf(2 * std::sqrt(factor));
}

// The mean loss over the last tenth of a run on the bump, as a share of the bump's mean square.
double final_share(ModelSettings settings, std::int64_t steps) {
  int variables = settings.network.variables;
  const auto n = static_cast<std::size_t>(variables);
  settings.network.widths = {24, 24};
  settings.constraint.target = {std::pow(one_dimensional_integral(2), variables)};
  settings.box = test::box_of(std::vector<double>(n, -2.0), std::vector<double>(n, 2.0));
  Model<float> model = test::model_of<float>(settings);
  Trainer<float> trainer(model, options_of(steps, 256));
  Workspace workspace(1);
  trainer.fit_sampler(model, workspace, {nullptr, sample_bump, &variables});
  double sum = 0;
  for (auto i = steps - steps / 10; i < steps; ++i) {
    sum += trainer.history()[static_cast<std::size_t>(i)];
  }
  return sum / static_cast<double>(steps / 10) /
         std::pow(one_dimensional_integral(4) / 4, variables);
}

TEST(Trainer, fitsABumpInOneToThreeVariablesAtDepthTwo) {
  for (int variables = 1; variables <= 3; ++variables) {
    EXPECT_LT(final_share(test::settings_of(variables), 1500), 0.05) << variables;
  }
}

TEST(Trainer, fitsABumpWithoutPositivity) {
  EXPECT_LT(final_share(test::signed_settings_of(2), 1500), 0.05);
}

// The densities at 5 points after 20 steps of a mixture on 40 rows in a box, raw coordinates, when
// all lengths are multiplied by a unit and moved to an origin; times the unit.
std::vector<double> density_after_steps(const OptimiserOptions& optimiser, double unit,
                                        double origin) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.network.positivity = ops::Positivity::exp;
  settings.standard_coordinates = false;
  settings.box = test::box_of({origin - unit}, {origin + unit});
  std::vector<double> rows, points;
  for (int i = 0; i < 40; ++i) rows.push_back(origin + unit * (0.02 * i - 0.3));
  for (int i = 0; i < 5; ++i) points.push_back(origin + unit * (0.3 * i - 0.6));
  Model<double> model(settings);
  CornerScratch scratch;
  initialise(model, 3, scratch, {rows.data(), 40});
  TrainingOptions options = options_of(20, 40);
  options.optimiser = optimiser;
  options.loss.kind = Loss::negative_log_likelihood;
  Workspace workspace(1);
  ArrayRows source({rows.data(), nullptr, 40}, 1, 1);
  Trainer<double>(model, options).fit(model, workspace, source, {});
  std::vector<double> f(5);
  mixed_partial(model, workspace, all_variables(1), points.data(), 5, f.data());
  for (double& value : f) value *= unit;
  return f;
}

TEST(Trainer, stepsOfAMixtureDependNeitherOnTheOriginNorOnTheUnit) {
  for (const auto kind : {OptimiserKind::adam, OptimiserKind::sgd}) {
    OptimiserOptions optimiser;
    optimiser.kind = kind;
    const std::vector<double> expected = density_after_steps(optimiser, 1, 0);
    for (const auto& [unit, origin] : {std::pair{1.0, 1000.0}, {1e-6, 0.0}, {1e6, 3e6}}) {
      const std::vector<double> f = density_after_steps(optimiser, unit, origin);
      for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(f[i], expected[i], 1e-6 * (1 + expected[i])) << unit << " " << origin;
      }
    }
  }
}

TEST(Trainer, fitsNarrowDataFarFromTheCentreOfTheBox) {
  ModelSettings settings = test::mixture_settings_of(1);
  settings.network.positivity = ops::Positivity::exp;
  settings.network.components = 16;
  settings.box = test::box_of({-10}, {10});
  core::Random random(5);
  std::vector<double> rows;
  for (int i = 0; i < 2000; ++i) rows.push_back(3 + 0.01 * random.normal());
  Model<double> model(settings);
  CornerScratch scratch;
  initialise(model, 3, scratch, {rows.data(), 2000});
  TrainingOptions options = options_of(300, 256);
  options.loss.kind = Loss::negative_log_likelihood;
  Workspace workspace(1);
  ArrayRows source({rows.data(), nullptr, 2000}, 1, 1);
  Trainer<double> trainer(model, options);
  trainer.fit(model, workspace, source, {});
  double mean = 0;
  for (int i = 200; i < 300; ++i) mean += trainer.history()[static_cast<std::size_t>(i)] / 100;
  const double entropy = 0.5 * std::log(2 * std::numbers::pi * std::numbers::e) + std::log(0.01);
  EXPECT_NEAR(mean, entropy, 0.05);
}

// How many allocations a fit makes after its first step.
std::int64_t allocations_after_first_step(const TrainingOptions& options, int threads) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  Workspace workspace(threads);
  struct Context {
    int variables = 2;
    std::int64_t after_first_step = -1;
  } context;
  const auto watch = [](const Progress& progress, void* data) {
    auto& watched = *static_cast<Context*>(data);
    if (progress.step == 1) watched.after_first_step = test::allocations;
    return true;
  };
  const auto loss = [](const LossCall& call, double* value, void*) {
    *value = 0;
    for (std::int64_t i = 0; i < call.size; ++i) {
      *value += call.f[i];
      if (call.f_adjoint != nullptr) call.f_adjoint[i] = 1;
    }
    return true;
  };
  Trainer<double> trainer(model, options);
  const std::vector<double> x = test::points_in(model.box(), 9), y(9, 0.1);
  trainer.set_validation(model, {x.data(), y.data(), 9});
  trainer.fit_sampler(model, workspace, {watch, sample_bump, &context, loss});
  EXPECT_GT(trainer.steps(), 5);
  return test::allocations - context.after_first_step;
}

TEST(Trainer, allocatesNothingPerStepAfterTheFirst) {
  for (const int threads : {1, 2}) {
    for (int kind = 0; kind < 4; ++kind) {
      TrainingOptions options = options_of(50);
      options.optimiser.kind = static_cast<OptimiserKind>(kind);
      options.validation.interval = 3;
      EXPECT_EQ(allocations_after_first_step(options, threads), 0) << kind;
    }
    TrainingOptions options = options_of(50);
    options.loss.kind = Loss::custom;
    EXPECT_EQ(allocations_after_first_step(options, threads), 0) << threads << " threads";
  }
}

// A step of gradient descent at rate 1 moves the parameters by the gradient itself.
TEST(Trainer, clipsTheGradientToItsLargestNorm) {
  const auto movement = [](double clip) {
    Model<double> model = test::model_of<double>(test::settings_of(2));
    const std::vector<double> before(model.parameters(),
                                     model.parameters() + model.parameter_count());
    TrainingOptions options = options_of(1);
    options.optimiser.kind = OptimiserKind::sgd;
    options.schedule.kind = ScheduleKind::constant;
    options.learning_rate = 1;
    options.gradient_clip = clip;
    options.standardise = false;
    Trainer<double> trainer(model, options);
    Workspace workspace(1);
    int variables = 2;
    trainer.fit_sampler(model, workspace, {nullptr, sample_bump, &variables});
    std::vector<double> moved(before.size());
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = model.parameters()[i] - before[i];
    return moved;
  };
  const std::vector<double> free = movement(0), clipped = movement(1e-3), loose = movement(1e6);
  double norm = 0;
  for (const double entry : free) norm += entry * entry;
  norm = std::sqrt(norm);
  ASSERT_GT(norm, 1e-3);
  EXPECT_EQ(free, loose);
  for (std::size_t i = 0; i < free.size(); ++i) {
    EXPECT_NEAR(clipped[i], free[i] * 1e-3 / norm, 1e-15);
  }
}

TEST(Trainer, takesTheRateOfItsSchedule) {
  static std::vector<double> rates;
  rates.clear();
  const auto record = [](const Progress& progress, void*) {
    rates.push_back(progress.learning_rate);
    return true;
  };
  int variables = 1;
  Model<double> model = test::model_of<double>(test::settings_of(1));
  TrainingOptions options = options_of(6, 8);
  options.schedule = {ScheduleKind::linear, 2, 0.002, 1000, 0.5};
  Trainer<double> trainer(model, options);
  Workspace workspace(1);
  trainer.fit_sampler(model, workspace, {record, sample_bump, &variables});
  ASSERT_EQ(rates.size(), 6u);
  for (std::int64_t t = 0; t < 6; ++t) {
    EXPECT_EQ(rates[static_cast<std::size_t>(t)], learning_rate(options.schedule, 0.01, t, 6));
  }
}

TEST(Trainer, takesEveryRowOnceInAPass) {
  const Model<double> untrained = test::model_of<double>(test::settings_of(1));
  Model<double> model = untrained;
  // The loss at weight 1/rows of a full pass in one batch is that of the data in any order.
  const std::vector<double> x = test::points_in(model.box(), 40);
  const std::vector<double> y(40, 0.5);
  std::vector<double> f(40);
  Workspace workspace(1);
  mixed_partial(model, workspace, 1, x.data(), 40, f.data());
  double expected = 0;
  for (const double value : f) expected += (value - 0.5) * (value - 0.5) / 40;
  TrainingOptions options = options_of(1, 40);
  options.standardise = false;
  Trainer<double> trainer(model, options);
  ArrayRows rows({x.data(), y.data(), 40}, model.columns(), model.outputs());
  trainer.fit(model, workspace, rows, {});
  EXPECT_NEAR(trainer.history()[0], expected, 1e-14);
}

TEST(Trainer, leavesTheParametersAloneWhenALossIsNotFinite) {
  Model<double> model = test::model_of<double>(test::settings_of(1));
  const std::vector<double> before(model.parameters(),
                                   model.parameters() + model.parameter_count());
  const std::vector<double> x = test::points_in(model.box(), 4);
  const std::vector<double> y(4, 1e200);
  Workspace workspace(1);
  Trainer<double> trainer(model, options_of(3, 4));
  try {
    ArrayRows rows({x.data(), y.data(), 4}, model.columns(), model.outputs());
    trainer.fit(model, workspace, rows, {});
    FAIL() << "a loss of infinity was accepted";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
  }
  EXPECT_EQ(trainer.steps(), 0);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), model.parameters()));
}

TEST(Trainer, decaysTheLearningRateAlongHalfACosine) {
  int variables = 1;
  Model<double> model = test::model_of<double>(test::settings_of(1));
  static std::vector<double> rates;
  rates.clear();
  const Callbacks callbacks{[](const Progress& progress, void*) {
                              rates.push_back(progress.learning_rate);
                              return true;
                            },
                            sample_bump, &variables};
  Workspace workspace(1);
  Trainer<double> trainer(model, options_of(4, 8));
  trainer.fit_sampler(model, workspace, callbacks);
  ASSERT_EQ(rates.size(), 4u);
  EXPECT_NEAR(rates[0], 0.01, 1e-15);
  EXPECT_NEAR(rates[2], 0.005, 1e-15);
  EXPECT_NEAR(rates[3], 0.01 * 0.5 * (1 - std::sqrt(0.5)), 1e-15);
}

// Parameters after 20 steps on 64 rows with weights 1 .. 5, all times a factor.
std::vector<double> trained_with(double factor, Loss loss) {
  Model<double> model = test::model_of<double>(test::settings_of(1));
  const std::vector<double> x = test::points_in(model.box(), 64);
  std::vector<double> weights;
  for (int i = 0; i < 64; ++i) weights.push_back(factor * (1 + i % 5));
  TrainingOptions options = options_of(20, 32);
  options.loss.kind = loss;
  Trainer<double> trainer(model, options);
  Workspace workspace(1);
  const std::vector<double> y(64, 0.5);
  ArrayRows rows({x.data(), needs_targets(loss) ? y.data() : nullptr, 64, weights.data()}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  return {model.parameters(), model.parameters() + model.parameter_count()};
}

TEST(Trainer, weightsCountByTheirRatios) {
  for (const Loss loss : {Loss::squared_error, Loss::negative_log_likelihood}) {
    const std::vector<double> expected = trained_with(1, loss);
    EXPECT_EQ(trained_with(0x1p-60, loss), expected);
    EXPECT_EQ(trained_with(0x1p+1000, loss), expected);
    for (const double factor : {1e-9, 1e-300, 1e300}) {
      const std::vector<double> found = trained_with(factor, loss);
      for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-9);
    }
  }
}

TEST(Trainer, refusesWeightsWithoutAMeanAboveZero) {
  test::expect_refused([] { trained_with(0, Loss::squared_error); }, "weights: of mean 0 given");
}

}  // namespace
}  // namespace finn::net
