#include "finn/evaluation/conditional_integral.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

ModelSettings conditioned(ModelSettings settings, ConditioningKind kind) {
  settings.network.conditioning.kind = kind;
  settings.network.conditioning.conditions = 1;
  if (kind != ConditioningKind::inputs) settings.network.conditioning.widths = {5};
  settings.conditions = {{-1}, {1}};
  return settings;
}

template <class T>
Model<T> model_of(const ModelSettings& settings) {
  Model<T> model = test::model_of<T>(settings);
  core::Random random(3);
  for (std::int64_t i = model.layout().conditioning(); i < model.parameter_count(); ++i) {
    model.mutable_parameters()[i] = static_cast<T>(0.3 * random.normal());
  }
  CornerScratch scratch;
  model.update(scratch);
  return model;
}

double integral_of(const Model<double>& model, const Box& box, double c,
                   double* error_estimate = nullptr) {
  Workspace workspace(1);
  double value = 0;
  integrate_conditional(model, workspace, box, &c, 1, &value, nullptr, error_estimate);
  return value;
}

TEST(IntegrateConditional, isTheTargetOverTheDomainForEveryConditionAndForm) {
  for (const auto kind :
       {ConditioningKind::film, ConditioningKind::hypernetwork, ConditioningKind::inputs}) {
    for (const ModelSettings& settings :
         {test::settings_of(2), test::signed_settings_of(2), test::mixture_settings_of(3)}) {
      const Model<double> model = model_of<double>(conditioned(settings, kind));
      for (const double c : {-1.0, 0.3, 7.0}) {
        EXPECT_NEAR(integral_of(model, model.box(), c), 1, 1e-12);
      }
    }
  }
}

// The midpoint rule of f(x | c) over a box, in one variable.
TEST(IntegrateConditional, isTheQuadratureOfTheConditionalIntegrand) {
  for (const auto kind : {ConditioningKind::film, ConditioningKind::hypernetwork}) {
    const Model<double> model = model_of<double>(conditioned(test::settings_of(1), kind));
    const Box box = test::box_of({-0.6}, {0.1});
    constexpr int count = 20000;
    std::vector<double> rows, f(count);
    for (int i = 0; i < count; ++i) {
      rows.push_back(-0.6 + 0.7 * (i + 0.5) / count);
      rows.push_back(0.4);
    }
    Workspace workspace(1);
    mixed_partial(model, workspace, all_variables(1), rows.data(), count, f.data());
    double sum = 0;
    for (const double value : f) sum += value * 0.7 / count;
    EXPECT_NEAR(integral_of(model, box, 0.4), sum, 1e-7 * sum);
  }
}

// The estimate counts what the shift adds, not the sum alone: near a value of 0 both are large.
TEST(IntegrateConditional, estimatesItsErrorAsAnIntegralWithoutConditionsDoes) {
  ModelSettings settings = conditioned(test::signed_settings_of(1), ConditioningKind::film);
  settings.constraint.target = {1e-9};
  const Model<double> model = model_of<double>(settings);
  double estimate = 0;
  integral_of(model, model.box(), 0.2, &estimate);
  ModelSettings plain = test::signed_settings_of(1);
  plain.constraint.target = {1e-9};
  Model<double> same(plain);
  std::copy_n(model.parameters(), same.parameter_count(), same.mutable_parameters());
  Workspace workspace(1);
  same.update(workspace.corners());
  const double added = std::fabs(same.normalisation().coefficients[0]);
  EXPECT_GE(estimate, 0.1 * added * std::numeric_limits<double>::epsilon());
}

// value, condition number and error estimate of rows of one condition, one after the other.
template <class T>
std::vector<double> integrals_of_rows(const Model<T>& model, const std::vector<double>& rows,
                                      int threads) {
  Workspace workspace(threads);
  const std::size_t count = rows.size();
  std::vector<double> found(3 * count);
  Box box = model.box();
  box.lower[0] = 0.5 * (box.lower[0] + box.upper[0]);
  integrate_conditional(model, workspace, box, rows.data(), static_cast<std::int64_t>(count),
                        found.data(), found.data() + count, found.data() + 2 * count);
  return found;
}

TEST(IntegrateConditional, givesTheSameBitsForEveryNumberOfThreads) {
  std::vector<double> rows;
  for (int i = 0; i < 37; ++i) rows.push_back(-1 + 0.05 * i);
  const auto model =
      model_of<float>(conditioned(test::settings_of(2), ConditioningKind::hypernetwork));
  const std::vector<double> expected = integrals_of_rows(model, rows, 1);
  for (const int threads : {2, 3, 8}) {
    for (int repeat = 0; repeat < 5; ++repeat) {
      EXPECT_EQ(integrals_of_rows(model, rows, threads), expected) << threads;
    }
  }
}

// Of many rows that cannot be normalised, whichever thread finds one.
TEST(IntegrateConditional, namesTheFirstRowForEveryNumberOfThreads) {
  Model<double> model(conditioned(test::settings_of(1), ConditioningKind::film));
  CornerScratch scratch;
  model.update(scratch);  // all parameters are 0, so that the integrals are
  for (const int threads : {1, 4}) {
    try {
      integrals_of_rows(model, std::vector<double>(50, 0.5), threads);
      FAIL() << "an integral of 0 was scaled";
    } catch (const core::Error& error) {
      EXPECT_NE(std::string(error.what()).find("row 0:"), std::string::npos) << error.what();
    }
  }
}

TEST(IntegrateConditional, namesTheRowThatCannotBeNormalised) {
  ModelSettings settings = conditioned(test::settings_of(1), ConditioningKind::film);
  Model<double> model(settings);  // all parameters are 0, so that the integral is
  Workspace workspace(1);
  model.update(workspace.corners());
  const double rows[] = {0.5};
  double value = 0;
  try {
    integrate_conditional(model, workspace, model.box(), rows, 1, &value, nullptr, nullptr);
    FAIL() << "an integral of 0 was scaled";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_INTEGRAL);
    EXPECT_NE(std::string(error.what()).find("row 0"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace finn::net
