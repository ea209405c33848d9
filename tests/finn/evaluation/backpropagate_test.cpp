#include "finn/evaluation/backpropagate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/tile.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/training/loss.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::net {
namespace {

// A model, data for it, and the gradient of its mean squared error.
template <class T>
class Problem {
 public:
  Problem(const ModelSettings& settings, std::int64_t batch)
      : model(test::model_of<T>(settings)), x(test::points_in(model.box(), batch)), rows(batch) {
    core::Random random(5);
    for (std::int64_t i = 0; i < batch * model.outputs(); ++i) y.push_back(random.uniform());
  }

  // Rows [first, last), with the weight of the whole batch.
  Gradient<T> gradient(Workspace& workspace, std::int64_t first, std::int64_t last) {
    const int n = model.variables();
    const int m = model.outputs();
    const double weight = 1.0 / static_cast<double>(rows * m);
    Batch<double> batch{x.data() + first * n, last - first, nullptr, nullptr};
    batch.directions = directions;
    return backpropagate(
        model, workspace, batch, [&](auto& tape, const auto& f, const core::Tile& tile) {
          return squared_error(tape, f, y.data() + (first + tile.first) * m, weight);
        });
  }

  std::vector<T> gradient(int threads) {
    Workspace workspace(threads);
    const Gradient<T> all = gradient(workspace, 0, rows);
    return {all.values, all.values + all.count};
  }

  Model<T> model;
  std::vector<double> x, y;
  std::int64_t rows;
  VariableSet directions = ~VariableSet{0};
};

void expect_gradient_of_differences(const ModelSettings& settings,
                                    VariableSet directions = ~VariableSet{0}) {
  Problem<double> problem(settings, 70);
  problem.directions = directions;
  const std::vector<double> gradient = problem.gradient(1);
  Workspace workspace(1);
  const auto value = [&](std::int64_t i, double parameter) {
    problem.model.mutable_parameters()[i] = parameter;
    problem.model.update(workspace.corners());
    return problem.gradient(workspace, 0, problem.rows).loss;
  };
  for (std::int64_t i = 0; i < problem.model.layout().trained_count(); ++i) {
    const double parameter = problem.model.parameters()[i];
    const double h = 1e-5;
    const double difference = (value(i, parameter + h) - value(i, parameter - h)) / (2 * h);
    value(i, parameter);
    const double exact = gradient[static_cast<std::size_t>(i)];
    EXPECT_NEAR(exact, difference, 1e-6 * (1 + std::fabs(difference))) << "parameter " << i;
  }
}

TEST(Backpropagate, agreesWithDifferencesThroughEveryConstraint) {
  expect_gradient_of_differences(test::settings_of(2));
  expect_gradient_of_differences(test::signed_settings_of(3, 2));
  ModelSettings with_uniform_share = test::settings_of(2, 2);
  with_uniform_share.constraint.uniform_share = 0.2;
  expect_gradient_of_differences(with_uniform_share);
}

TEST(Backpropagate, agreesWithDifferencesForAnyMixedPartial) {
  for (const VariableSet directions : {VariableSet{0}, VariableSet{1}, VariableSet{2}}) {
    expect_gradient_of_differences(test::settings_of(2), directions);
    expect_gradient_of_differences(test::mixture_settings_of(2), directions);
    ModelSettings with_uniform_share = test::settings_of(2, 2);
    with_uniform_share.constraint.uniform_share = 0.2;
    expect_gradient_of_differences(with_uniform_share, directions);
  }
}

// The gradient of the sum of J over the outputs, which is all of the loss here.
void expect_gradient_of_integrals(const ModelSettings& settings) {
  Problem<double> problem(settings, 1);
  Model<double>& model = problem.model;
  Workspace workspace(1);
  const Batch<double> batch{problem.x.data(), 1, nullptr, nullptr};
  const Gradient<double> all = backpropagate(
      model, workspace, batch, [](auto&, const auto&, const auto&) { return 0.0; }, 1.0);
  const std::vector<double> gradient(all.values, all.values + all.count);
  const auto value = [&](std::int64_t i, double parameter) {
    model.mutable_parameters()[i] = parameter;
    model.update(workspace.corners());
    return model.domain_integral(0).value + model.domain_integral(1).value;
  };
  for (std::int64_t i = 0; i < model.layout().trained_count(); ++i) {
    const double parameter = model.parameters()[i];
    const double difference = (value(i, parameter + 1e-5) - value(i, parameter - 1e-5)) / 2e-5;
    value(i, parameter);
    const double exact = gradient[static_cast<std::size_t>(i)];
    EXPECT_NEAR(exact, difference, 1e-6 * (1 + std::fabs(difference))) << "parameter " << i;
  }
}

TEST(Backpropagate, agreesWithDifferencesOfIntegralsThatAreNotFixed) {
  for (const auto bound : {Bound::equal, Bound::at_most, Bound::at_least, Bound::between}) {
    for (const auto transition : {Transition::clip, Transition::smooth, Transition::learned}) {
      for (const double target : {0.5, 1.0, 20.0}) {
        ModelSettings settings = test::mixture_settings_of(2, 2);
        settings.constraint.bound = bound;
        settings.constraint.transition = transition;
        settings.constraint.target = {target, 2 * target};
        settings.constraint.lower_target = {0.2 * target, target};
        settings.constraint.uniform_share = 0.1;
        if (settings.constraint.fixes_integral()) continue;
        SCOPED_TRACE(testing::PrintToString(
            std::tuple(static_cast<int>(bound), static_cast<int>(transition), target)));
        expect_gradient_of_integrals(settings);
      }
    }
  }
  ModelSettings plain = test::mixture_settings_of(2, 2);
  plain.constraint.kind = ConstraintKind::none;
  expect_gradient_of_integrals(plain);
}

TEST(Backpropagate, agreesWithDifferencesForEveryPositivity) {
  for (const auto positivity :
       {ops::Positivity::softplus, ops::Positivity::square, ops::Positivity::exp}) {
    ModelSettings settings = test::settings_of(2);
    settings.network.positivity = positivity;
    expect_gradient_of_differences(settings);
  }
}

ModelSettings orthant_settings() {
  ModelSettings settings = test::settings_of(2, 2);
  settings.network.orthants = 3;
  settings.network.skip_read_out = true;
  return settings;
}

TEST(Backpropagate, agreesWithDifferencesForOrthantsSkipReadOutsAndSeparateOutputs) {
  expect_gradient_of_differences(orthant_settings());
  ModelSettings separate = test::settings_of(2, 2);
  separate.network.separate_outputs = true;
  expect_gradient_of_differences(separate);
}

TEST(Backpropagate, agreesWithDifferencesForAxisUnits) {
  for (const int variables : {1, 3}) {
    ModelSettings settings = test::settings_of(variables);
    settings.network.axis_units = 2;
    expect_gradient_of_differences(settings);
    settings.network.orthants = 2;
    settings.network.skip_read_out = true;
    expect_gradient_of_differences(settings);
  }
}

TEST(Backpropagate, agreesWithDifferencesForEveryActivationWithoutPositivity) {
  for (const auto activation : {ActivationKind::softplus, ActivationKind::sine}) {
    ModelSettings settings = test::signed_settings_of(3);
    settings.network.activation = activation;
    expect_gradient_of_differences(settings);
  }
}

TEST(Backpropagate, agreesWithDifferencesForTheMixture) {
  expect_gradient_of_differences(test::mixture_settings_of(2));
  expect_gradient_of_differences(test::mixture_settings_of(16));
  ModelSettings separate = test::mixture_settings_of(3, 2);
  separate.network.separate_outputs = true;
  separate.network.positivity = ops::Positivity::softplus;
  expect_gradient_of_differences(separate);
  ModelSettings shifted = test::mixture_settings_of(2, 2);
  shifted.network.normals_per_axis = 1;
  shifted.constraint.kind = ConstraintKind::shift;
  expect_gradient_of_differences(shifted);
}

template <class T>
void expect_same_bits_for_every_number_of_threads(const ModelSettings& settings) {
  // More tiles than a wave holds, and a last tile that is not full.
  Problem<T> problem(settings, core::kTileLanes<T> * (kWaveTiles + 3) + 5);
  const std::vector<T> one = problem.gradient(1);
  for (const int threads : {2, 3, 8}) EXPECT_EQ(problem.gradient(threads), one);
}

TEST(Backpropagate, givesTheSameBitsForEveryNumberOfThreads) {
  for (const ModelSettings& settings :
       {test::settings_of(2), orthant_settings(), test::mixture_settings_of(2)}) {
    expect_same_bits_for_every_number_of_threads<float>(settings);
    expect_same_bits_for_every_number_of_threads<double>(settings);
  }
}

// Without a constraint a gradient is a plain sum over tiles in order, so pieces of whole tiles
// that are added in order give the same bits as the whole.
TEST(Backpropagate, addsUpToTheSameBitsForEverySplitIntoTiles) {
  ModelSettings settings = test::settings_of(2);
  settings.constraint.kind = ConstraintKind::none;
  const std::int64_t tile = core::kTileLanes<double>;
  Problem<double> problem(settings, 9 * tile + 3);
  const std::vector<double> whole = problem.gradient(2);
  std::vector<double> sum(whole.size());
  Workspace workspace(1);
  for (std::int64_t first = 0; first < problem.rows; first += tile) {
    const auto piece = problem.gradient(workspace, first, std::min(problem.rows, first + tile));
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += piece.values[i];
  }
  EXPECT_EQ(sum, whole);
}

TEST(Backpropagate, allocatesNothingAfterTheFirstCall) {
  for (const int threads : {1, 2}) {
    Problem<double> problem(test::settings_of(3), 200);
    Workspace workspace(threads);
    problem.gradient(workspace, 0, 200);
    EXPECT_EQ(test::allocations_of([&] { problem.gradient(workspace, 0, 200); }), 0) << threads;
    Problem<double> mixture(test::mixture_settings_of(3), 200);
    mixture.gradient(workspace, 0, 200);
    EXPECT_EQ(test::allocations_of([&] { mixture.gradient(workspace, 0, 200); }), 0) << threads;
    ModelSettings settings = test::signed_settings_of(2, 2);
    settings.constraint.kind = ConstraintKind::projection;
    settings.constraint.linear = {{settings.box, {}, {1, 2}}, {settings.box, {1, 0}, {0, 0.5}}};
    Problem<double> projected(settings, 200);
    projected.gradient(workspace, 0, 200);
    EXPECT_EQ(test::allocations_of([&] { projected.gradient(workspace, 0, 200); }), 0) << threads;
  }
}

TEST(Backpropagate, servesModelsOfDifferentShapesInTurn) {
  Problem<double> small(test::settings_of(2), 40);
  Problem<double> large(test::signed_settings_of(3, 2), 40);
  Workspace workspace(1);
  const double first = small.gradient(workspace, 0, 40).loss;
  large.gradient(workspace, 0, 40);
  EXPECT_EQ(small.gradient(workspace, 0, 40).loss, first);
}

}  // namespace
}  // namespace finn::net
