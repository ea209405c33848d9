#include "finn/trainer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/error.hpp"
#include "finn/evaluate.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"

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
  settings.constraint.epsilon = {std::pow(one_dimensional_integral(2), variables)};
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

TEST(Trainer, allocatesNothingPerStepAfterTheFirst) {
  int variables = 2;
  for (const int threads : {1, 2}) {
    Model<double> model = test::model_of<double>(test::settings_of(2));
    Workspace workspace(threads);
    struct Context {
      int variables;
      std::int64_t after_first_step = -1;
    } context{variables};
    const Callbacks callbacks{[](const Progress& progress, void* data) {
                                auto& watched = *static_cast<Context*>(data);
                                if (progress.step == 1)
                                  watched.after_first_step = test::allocations;
                                return true;
                              },
                              sample_bump, &context};
    Trainer<double> trainer(model, options_of(50));
    trainer.fit_sampler(model, workspace, callbacks);
    EXPECT_EQ(test::allocations - context.after_first_step, 0) << threads << " threads";
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
  Trainer<double> trainer(model, options_of(1, 40));
  trainer.fit(model, workspace, {x.data(), y.data(), 40}, {});
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
    trainer.fit(model, workspace, {x.data(), y.data(), 4}, {});
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

}  // namespace
}  // namespace finn::net
