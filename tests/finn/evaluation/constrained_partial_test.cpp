#include "finn/evaluation/constrained_partial.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.hpp"
#include "core/tile.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

ModelSettings projected() {
  ModelSettings settings = test::signed_settings_of(2);
  settings.constraint.kind = ConstraintKind::projection;
  settings.constraint.linear = {{settings.box, {}, {1}}, {settings.box, {1, 0}, {0.5}}};
  return settings;
}

ModelSettings with_uniform_share(ModelSettings settings) {
  settings.constraint.uniform_share = 0.1;
  return settings;
}

ModelSettings with_conditioning(ModelSettings settings, ConditioningKind kind) {
  settings.network.conditioning.kind = kind;
  settings.network.conditioning.conditions = 1;
  if (kind != ConditioningKind::inputs) settings.network.conditioning.widths = {5};
  settings.conditions = {{-1}, {1}};
  return settings;
}

std::vector<ModelSettings> cases() {
  return {
      with_uniform_share(test::settings_of(2, 2)),
      with_uniform_share(test::mixture_settings_of(3)),
      test::signed_settings_of(2, 2),
      projected(),
      with_conditioning(with_uniform_share(test::settings_of(2)), ConditioningKind::film),
      with_conditioning(test::signed_settings_of(2), ConditioningKind::hypernetwork),
      with_conditioning(with_uniform_share(test::mixture_settings_of(2)), ConditioningKind::film)};
}

template <class T>
Model<T> model_with_conditions(const ModelSettings& settings) {
  Model<T> model = test::model_of<T>(settings);
  core::Random random(3);
  for (std::int64_t i = model.layout().conditioning(); i < model.layout().trained_count(); ++i) {
    model.mutable_parameters()[i] = static_cast<T>(0.3 * random.normal());
  }
  CornerScratch scratch;
  model.update(scratch);
  return model;
}

// Rows of points of the box and conditions of [-1, 1].
template <class T>
std::vector<T> rows_for(const Model<T>& model, std::int64_t count) {
  const std::vector<double> x = test::points_in(model.box(), count);
  core::Random random(9);
  std::vector<T> rows;
  for (std::int64_t row = 0; row < count; ++row) {
    for (int i = 0; i < model.variables(); ++i) {
      rows.push_back(static_cast<T>(x[static_cast<std::size_t>(row * model.variables() + i)]));
    }
    for (int i = model.variables(); i < model.columns(); ++i) {
      rows.push_back(static_cast<T>(random.uniform(-1, 1)));
    }
  }
  return rows;
}

template <class T>
void expect_one_f(const ModelSettings& settings) {
  constexpr std::int64_t count = 70;
  const Model<T> model = model_with_conditions<T>(settings);
  const std::vector<T> rows = rows_for(model, count);
  Workspace workspace(1);
  std::vector<T> asked(static_cast<std::size_t>(count * model.outputs())), trained(asked.size());
  mixed_partial(model, workspace, all_variables(model.variables()), rows.data(), count,
                asked.data());
  const Batch<T> batch{rows.data(), count, trained.data(), nullptr};
  backpropagate(model, workspace, batch, [](auto&, const auto&, const auto&) { return 0.0; });
  EXPECT_EQ(asked, trained);
}

TEST(ConstrainedPartial, isTheSameBitsForAQueryAndForAGradientUnderEveryConstraint) {
  int number = 0;
  for (const ModelSettings& settings : cases()) {
    SCOPED_TRACE(number++);
    expect_one_f<float>(settings);
    expect_one_f<double>(settings);
  }
}

double loss_of(const Model<double>& model, Workspace& workspace, const std::vector<double>& rows) {
  const auto count = static_cast<std::int64_t>(rows.size()) / model.columns();
  std::vector<double> f(static_cast<std::size_t>(count * model.outputs()));
  mixed_partial(model, workspace, all_variables(model.variables()), rows.data(), count, f.data());
  double sum = 0;
  for (std::size_t k = 0; k < f.size(); ++k) sum += static_cast<double>(k + 1) * f[k];
  return sum;
}

void expect_gradients_of_differences(const ModelSettings& settings) {
  constexpr std::int64_t count = 5;
  Model<double> model = model_with_conditions<double>(settings);
  std::vector<double> rows = rows_for(model, count), row_adjoint(rows.size());
  Workspace workspace(1);
  const Batch<double> batch{rows.data(), count, nullptr, row_adjoint.data()};
  const int m = model.outputs();
  const auto seed_all = [=](auto&, const auto& f, const core::Tile& tile) {
    for (int i = 0; i < tile.samples; ++i) {
      for (int j = 0; j < m; ++j) {
        f.adjoint_row(0, j)[i] = static_cast<double>((tile.first + i) * m + j + 1);
      }
    }
    return 0.0;
  };
  const auto all = backpropagate(model, workspace, batch, seed_all);
  const std::vector<double> gradient(all.values, all.values + all.count);
  const auto expect_difference = [&](double& number, double exact) {
    const double here = number;
    number = here + 1e-5;
    model.update(workspace.corners());
    const double above = loss_of(model, workspace, rows);
    number = here - 1e-5;
    model.update(workspace.corners());
    const double below = loss_of(model, workspace, rows);
    number = here;
    EXPECT_NEAR(exact, (above - below) / 2e-5, 1e-6 * (1 + std::fabs(exact)));
  };
  for (std::int64_t i = 0; i < model.layout().trained_count(); i += 3) {
    expect_difference(model.mutable_parameters()[i], gradient[static_cast<std::size_t>(i)]);
  }
  model.update(workspace.corners());
  for (std::size_t i = 0; i < rows.size(); ++i) expect_difference(rows[i], row_adjoint[i]);
}

TEST(ConstrainedPartial, hasTheGradientOfDifferencesInParametersPointsAndConditions) {
  int number = 0;
  for (const ModelSettings& settings : cases()) {
    SCOPED_TRACE(number++);
    expect_gradients_of_differences(settings);
  }
}

// tau lies behind the parameters of the conditions, and every sample is normalised by it.
TEST(ConstrainedPartial, learnsAnIntegralThatConditionsDoNotMove) {
  ModelSettings settings = with_conditioning(test::settings_of(2), ConditioningKind::film);
  settings.constraint.transition = Transition::learned;
  Model<double> model = model_with_conditions<double>(settings);
  ASSERT_EQ(model.layout().tau(), model.layout().trained_count() - 1);
  model.mutable_parameters()[model.layout().tau()] = std::log(3.0);
  Workspace workspace(1);
  model.update(workspace.corners());
  settings.constraint.transition = Transition::clip;
  settings.constraint.target = {3.0};
  Model<double> fixed(settings);
  std::copy_n(model.parameters(), fixed.layout().trained_count(), fixed.mutable_parameters());
  fixed.update(workspace.corners());
  const std::vector<double> rows = rows_for(model, 4);
  const double expected = loss_of(fixed, workspace, rows);
  EXPECT_NEAR(loss_of(model, workspace, rows), expected, 1e-12 * expected);
}

TEST(ConstrainedPartial, hasTheGradientOfDifferencesInTauBesideConditions) {
  ModelSettings settings = with_conditioning(test::settings_of(2), ConditioningKind::film);
  settings.constraint.transition = Transition::learned;
  expect_gradients_of_differences(settings);
}

}  // namespace
}  // namespace finn::net
