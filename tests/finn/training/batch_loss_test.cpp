#include "finn/training/batch_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/callbacks.hpp"
#include "finn/training/loss.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

RowBlock rows_in(const Model<double>& model, std::int64_t count, bool has_targets,
                 bool has_weights) {
  RowBlock rows;
  rows.resize(count, model.columns(), model.outputs(), has_targets, has_weights);
  rows.x = test::points_in(model.box(), count);
  for (std::size_t i = 0; i < rows.y.size(); ++i) rows.y[i] = 0.1 + 0.01 * static_cast<double>(i);
  for (std::size_t i = 0; i < rows.weights.size(); ++i) {
    rows.weights[i] = 0.5 + 0.1 * static_cast<double>(i % 7);
  }
  return rows;
}

// A custom loss: the sum of squares of f.
bool square_sum(const LossCall& call, double* value, void*) {
  *value = 0;
  for (std::int64_t i = 0; i < call.size; ++i) {
    *value += call.f[i] * call.f[i];
    if (call.f_adjoint != nullptr) call.f_adjoint[i] = 2 * call.f[i];
  }
  return true;
}
const Callbacks kCallbacks{nullptr, nullptr, nullptr, square_sum};

struct LossCase {
  Loss kind;
  bool has_targets;
  bool has_weights;
  ConstraintKind constraint = ConstraintKind::scale;
};
const LossCase kCases[] = {{Loss::squared_error, true, false},
                           {Loss::squared_error, true, true},
                           {Loss::huber, true, true},
                           {Loss::negative_log_likelihood, false, true},
                           {Loss::negative_log_likelihood, false, false},
                           {Loss::custom, false, false},
                           {Loss::poisson_process, false, false, ConstraintKind::none}};

Model<double> model_for(const LossCase& c) {
  ModelSettings settings = test::settings_of(2);
  settings.constraint.kind = c.constraint;
  return test::model_of<double>(settings);
}

// The gradient of the loss against differences of it, for each kind of loss.
TEST(BatchLoss, returnsTheGradientOfTheLossThatItReturns) {
  for (const LossCase& c : kCases) {
    Model<double> model = model_for(c);
    Workspace workspace(1);
    const RowBlock rows = rows_in(model, 40, c.has_targets, c.has_weights);
    BatchLoss<double> loss;
    loss.begin({c.kind, 0.5, 0}, 40, rows.count, 0, 1);
    const Gradient<double> here = loss.gradient(model, workspace, rows, 0, kCallbacks);
    const double value = here.loss;
    const std::vector<double> gradient(here.values, here.values + model.parameter_count());
    for (const std::int64_t i :
         {std::int64_t{0}, std::int64_t{7}, model.layout().trained_count() - 2}) {
      constexpr double step = 1e-5;
      double side[2];
      for (const int sign : {0, 1}) {
        Model<double> moved = model;
        moved.mutable_parameters()[i] += sign == 0 ? -step : step;
        moved.update(workspace.corners());
        side[sign] = loss.gradient(moved, workspace, rows, 0, kCallbacks).loss;
      }
      EXPECT_NEAR(gradient[static_cast<std::size_t>(i)], (side[1] - side[0]) / (2 * step),
                  1e-6 * (1 + std::fabs(value)))
          << static_cast<int>(c.kind) << ", parameter " << i;
    }
  }
}

TEST(BatchLoss, hasTheSameValueWithAndWithoutAGradient) {
  for (const LossCase& c : kCases) {
    const Model<double> model = model_for(c);
    Workspace workspace(1);
    const RowBlock rows = rows_in(model, 40, c.has_targets, c.has_weights);
    BatchLoss<double> loss;
    loss.begin({c.kind, 0.5, 0}, 40, rows.count, rows.count, 1);
    const double value = loss.value(model, workspace, rows, 0, kCallbacks);
    EXPECT_NEAR(loss.gradient(model, workspace, rows, 0, kCallbacks).loss, value,
                1e-13 * std::fabs(value))
        << static_cast<int>(c.kind);
  }
}

// On a domain the logarithms of the weights join the loss at its end.
TEST(BatchLoss, ofALikelihoodOnADomainIsTheMeanOfMinusLogF) {
  const double centre[] = {1, 2};
  ModelSettings settings = test::mixture_settings_of(2);
  settings.domain = polar_domain(centre, 2);
  settings.box = settings.domain->box();
  const Model<double> model = test::model_of<double>(settings);
  Workspace workspace(1);
  RowBlock rows = rows_in(model, 10, false, true);
  for (std::size_t i = 0; i < rows.x.size(); i += 2) {
    model.domain()->to_point(&rows.x[i], &rows.x[i]);
  }
  std::vector<double> f(10);
  mixed_partial(model, workspace, 3, rows.x.data(), 10, f.data());
  double expected = 0;
  for (std::size_t i = 0; i < 10; ++i) expected -= rows.weights[i] * std::log(f[i]) / 10;
  BatchLoss<double> loss;
  loss.begin({Loss::negative_log_likelihood, 1, 0}, 10, 10, 0, 1);
  EXPECT_NEAR(loss.gradient(model, workspace, rows, 0, {}).loss, expected, 1e-12);
}

TEST(BatchLoss, failsWhenTheCustomLossDoes) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  Workspace workspace(1);
  const RowBlock rows = rows_in(model, 4, false, false);
  BatchLoss<double> loss;
  loss.begin({Loss::custom, 1, 0}, 1, 4, 0, 1);
  const Callbacks callbacks{nullptr, nullptr, nullptr,
                            [](const LossCall&, double*, void*) { return false; }};
  try {
    loss.gradient(model, workspace, rows, 41, callbacks);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_CALLBACK);
    EXPECT_STREQ(error.what(), "loss: reported an error in step 42");
  }
}

}  // namespace
}  // namespace finn::net
