#include "finn/training/batch_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/integral.hpp"
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
// The derivative of a loss of the model by parameter i, by a central difference.
template <class LossOf>
double difference(const Model<double>& model, std::int64_t i, LossOf&& loss_of) {
  constexpr double step = 1e-5;
  CornerScratch scratch;
  double side[2];
  for (const int sign : {0, 1}) {
    Model<double> moved = model;
    moved.mutable_parameters()[i] += sign == 0 ? -step : step;
    moved.update(scratch);
    side[sign] = loss_of(moved);
  }
  return (side[1] - side[0]) / (2 * step);
}

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
      const double expected = difference(model, i, [&](const Model<double>& moved) {
        return loss.gradient(moved, workspace, rows, 0, kCallbacks).loss;
      });
      EXPECT_NEAR(gradient[static_cast<std::size_t>(i)], expected, 1e-6 * (1 + std::fabs(value)))
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

// Log likelihoods of a model in a box of sides of this size, with conditions or without.
struct LikelihoodCase {
  ModelSettings settings;
  Loss loss = Loss::negative_log_likelihood;
};

std::vector<LikelihoodCase> likelihood_cases() {
  std::vector<LikelihoodCase> cases = {{test::mixture_settings_of(4, 2)}, {test::settings_of(4)}};
  for (std::size_t k = 0; k < 2; ++k) {
    LikelihoodCase c = cases[k];
    c.settings.constraint.uniform_share = 0.2;
    cases.push_back(c);
    c.settings.network.conditioning.kind = ConditioningKind::film;
    c.settings.network.conditioning.conditions = 1;
    c.settings.network.conditioning.widths = {3};
    c.settings.conditions.lower = {-1};
    c.settings.conditions.upper = {1};
    cases.push_back(c);
    c = cases[k];
    c.settings.constraint.kind = ConstraintKind::none;
    c.loss = Loss::poisson_process;
    cases.push_back(c);
    c.settings.constraint.kind = ConstraintKind::scale;
    c.settings.constraint.bound = Bound::at_most;
    c.settings.constraint.transition = Transition::learned;
    cases.push_back(c);
  }
  return cases;
}

void stretch(Box& box, double size) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    box.lower[i] *= size;
    box.upper[i] *= size;
  }
}

template <class T>
struct LossWithGradient {
  double loss, value;
  std::vector<T> gradient;
};

// Of rows all over the box.
template <class T>
LossWithGradient<T> likelihood_of(const Model<T>& model, Loss kind) {
  Workspace workspace(1);
  RowBlock rows;
  rows.resize(40, model.columns(), model.outputs(), false, false);
  const std::vector<double> x = test::points_in(model.box(), 40);
  const auto n = static_cast<std::size_t>(model.variables());
  for (std::size_t row = 0; row < 40; ++row) {
    double* to = &rows.x[row * static_cast<std::size_t>(model.columns())];
    std::copy_n(&x[row * n], n, to);
    if (model.columns() > model.variables()) to[n] = 0.04 * static_cast<double>(row) - 0.8;
  }
  BatchLoss<T> loss;
  loss.begin({kind, 1, 0}, 40, 40, 40, model.outputs());
  const double value = loss.value(model, workspace, rows, 0, {});
  const Gradient<T> here = loss.gradient(model, workspace, rows, 0, {});
  return {here.loss, value, {here.values, here.values + model.layout().trained_count()}};
}

// A box of volume 1e-48 or 1e48, where f is no float.
TEST(BatchLoss, ofALikelihoodIsTheSameInFloatAsInDoubleWhateverTheVolume) {
  for (const double size : {1e-12, 1.0, 1e12}) {
    for (LikelihoodCase c : likelihood_cases()) {
      stretch(c.settings.box, size);
      const auto exact = likelihood_of(test::model_of<double>(c.settings), c.loss);
      const auto found = likelihood_of(test::model_of<float>(c.settings), c.loss);
      EXPECT_NEAR(found.loss, exact.loss, 1e-4) << size;
      EXPECT_NEAR(found.value, exact.value, 1e-4) << size;
      EXPECT_NEAR(exact.value, exact.loss, 1e-11) << size;
      for (std::size_t i = 0; i < exact.gradient.size(); ++i) {
        EXPECT_NEAR(found.gradient[i], exact.gradient[i],
                    1e-3 + 1e-3 * std::fabs(exact.gradient[i]))
            << size << ", parameter " << i;
      }
    }
  }
}

TEST(BatchLoss, ofALikelihoodHasTheGradientOfDifferencesWhateverTheVolume) {
  for (LikelihoodCase c : likelihood_cases()) {
    stretch(c.settings.box, 1e-12);
    const Model<double> model = test::model_of<double>(c.settings);
    const std::vector<double> gradient = likelihood_of(model, c.loss).gradient;
    for (std::size_t i = 0; i < gradient.size(); i += 11) {
      const double expected = difference(
          model, static_cast<std::int64_t>(i),
          [&](const Model<double>& moved) { return likelihood_of(moved, c.loss).value; });
      EXPECT_NEAR(gradient[i], expected, 1e-6) << "parameter " << i;
    }
  }
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
