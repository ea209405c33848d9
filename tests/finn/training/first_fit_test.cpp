#include "finn/training/first_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/random.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> normal_rows(std::int64_t count, double mean, double deviation) {
  core::Random random(5);
  std::vector<double> x;
  for (std::int64_t i = 0; i < count; ++i) x.push_back(mean + deviation * random.normal());
  return x;
}

RowBlock block_of(std::vector<double> x, std::vector<double> y = {}) {
  RowBlock block;
  block.count = static_cast<std::int64_t>(x.size());
  block.x = std::move(x);
  block.y = std::move(y);
  return block;
}

ModelSettings wide(ModelSettings settings) {
  settings.box = test::box_of({-10}, {10});
  return settings;
}

TEST(FirstFit, takesCoordinatesFromTheRows) {
  Model<double> model = test::model_of<double>(wide(test::mixture_settings_of(1)));
  Workspace workspace(1);
  first_fit(model, workspace, block_of(normal_rows(1024, 3, 0.01)),
            LossOptions{Loss::negative_log_likelihood}, 1);
  const Coordinates& at = model.coordinates();
  EXPECT_NEAR(at.scale[0] * 3 + at.offset[0], 0, 0.1);
  EXPECT_NEAR(at.scale[0], 100, 5);
  EXPECT_FALSE(model.seed()) << "it is a fresh one no longer";
  EXPECT_EQ(model.standards().unit[0], 1);
}

TEST(FirstFit, leavesAModelThatWasTouchedAlone) {
  Model<double> model = test::model_of<double>(wide(test::mixture_settings_of(1)));
  model.mutable_parameters();
  const std::vector<double> before(model.parameters(),
                                   model.parameters() + model.parameter_count());
  Workspace workspace(1);
  first_fit(model, workspace, block_of(normal_rows(64, 3, 0.01)),
            LossOptions{Loss::negative_log_likelihood}, 1);
  EXPECT_EQ(before,
            std::vector<double>(model.parameters(), model.parameters() + model.parameter_count()));
}

TEST(FirstFit, givesAPoissonProcessTheIntegralOfItsEvents) {
  for (ModelSettings settings : {test::settings_of(1), test::mixture_settings_of(1)}) {
    settings.constraint.kind = ConstraintKind::none;
    Model<double> model = test::model_of<double>(settings);
    Workspace workspace(1);
    first_fit(model, workspace, block_of(normal_rows(256, 0, 0.1)),
              LossOptions{Loss::poisson_process}, 1e6);
    EXPECT_NEAR(model.domain_integral(0).value, 1e6, 1e-3);
  }
}

TEST(FirstFit, beginsALearnedIntegralAtThatOfTheNetwork) {
  for (const ConstraintKind kind : {ConstraintKind::scale, ConstraintKind::shift}) {
    ModelSettings settings = test::settings_of(1);
    settings.constraint.kind = kind;
    settings.constraint.transition = Transition::learned;
    Model<double> model = test::model_of<double>(settings);
    Workspace workspace(1);
    first_fit(model, workspace, block_of(normal_rows(256, 0, 0.1), std::vector<double>(256, 1e5)),
              LossOptions{Loss::squared_error}, 1);
    EXPECT_NEAR(model.domain_integral(0).value / model.normalisation().integrals[0].value, 1, 1e-9);
    EXPECT_GT(model.domain_integral(0).value, 1e3);
  }
}

// The relative error of a fit of sin(2 pi t) + 1.5 on [0, length], y in units of size.
double relative_error(ModelSettings settings, double length, double size) {
  settings.box = test::box_of({0}, {length});
  settings.constraint.target = {1.5 * length * size};
  settings.network.widths =
      settings.network.widths.empty() ? std::vector<int>{} : std::vector<int>{16};
  std::vector<double> x, y;
  for (int i = 0; i < 256; ++i) {
    const double t = (i + 0.5) / 256;
    x.push_back(length * t);
    y.push_back(size * (std::sin(2 * std::numbers::pi * t) + 1.5));
  }
  Model<double> model = test::model_of<double>(settings);
  TrainingOptions options;
  options.steps = 400;
  options.optimiser.adam.epsilon = 1e-300;
  Trainer<double> trainer(model, options);
  Workspace workspace(1);
  ArrayRows rows({x.data(), y.data(), 256}, 1, 1);
  trainer.fit(model, workspace, rows, {});
  std::vector<double> f(256);
  mixed_partial(model, workspace, all_variables(1), x.data(), 256, f.data());
  double squares = 0, all = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    squares += std::pow(f[i] / size - y[i] / size, 2);
    all += std::pow(y[i] / size, 2);
  }
  return std::sqrt(squares / all);
}

// What a fit reaches does not depend on the units of x and y.
TEST(FirstFit, makesFitsThatDoNotDependOnUnits) {
  for (const ModelSettings& of : {test::settings_of(1), test::mixture_settings_of(1)}) {
    for (const ConstraintKind kind :
         {ConstraintKind::none, ConstraintKind::scale, ConstraintKind::shift}) {
      for (const Transition transition : {Transition::clip, Transition::learned}) {
        if (kind == ConstraintKind::none && transition == Transition::learned) continue;
        ModelSettings settings = of;
        settings.constraint.kind = kind;
        settings.constraint.transition = transition;
        const double expected = relative_error(settings, 1, 1);
        for (const double unit : {1e-6, 1e6}) {
          const std::string what = std::to_string(static_cast<int>(settings.network.kind)) + " " +
                                   std::to_string(static_cast<int>(kind)) + " " +
                                   std::to_string(static_cast<int>(transition));
          EXPECT_NEAR(relative_error(settings, unit, 1) / expected, 1, 0.5) << what << " x";
          EXPECT_NEAR(relative_error(settings, 1, unit) / expected, 1, 0.5) << what << " y";
        }
      }
    }
  }
}

TEST(FirstFit, isLeftOutWhenTheOptionsSaySo) {
  const std::vector<double> x = normal_rows(64, 3, 0.01);
  for (const bool standardise : {true, false}) {
    Model<double> model = test::model_of<double>(wide(test::mixture_settings_of(1)));
    TrainingOptions options;
    options.steps = 1;
    options.loss.kind = Loss::negative_log_likelihood;
    options.standardise = standardise;
    Trainer<double> trainer(model, options);
    Workspace workspace(1);
    ArrayRows rows({x.data(), nullptr, 64}, 1, 1);
    trainer.fit(model, workspace, rows, {});
    EXPECT_EQ(model.standards().spread[0] == 1, !standardise);
  }
}

}  // namespace
}  // namespace finn::net
