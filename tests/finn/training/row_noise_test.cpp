#include "finn/training/row_noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/training/loss.hpp"
#include "finn/training/trainer.hpp"
#include "finn/training/training_options.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

ModelSettings line_settings(double half_side) {
  ModelSettings settings = test::settings_of(1);
  settings.box = {1, {-half_side}, {half_side}};
  settings.network.axis_units = 8;
  return settings;
}

std::vector<double> normal_row_values(int count, std::uint64_t seed) {
  core::Random random(seed);
  std::vector<double> rows;
  for (int i = 0; i < count; ++i) rows.push_back(random.normal());
  return rows;
}

// Root mean square of the moves of a row at 0.
double spread_of_moves(const Model<double>& model, const std::vector<double>& rows,
                       double strength) {
  ArrayRows source({rows.data(), nullptr, static_cast<std::int64_t>(rows.size())}, 1, 1);
  RowNoise<double> noise;
  noise.begin(model, source, source.count(), strength);
  core::Random random(2);
  double squares = 0;
  for (int i = 0; i < 10000; ++i) {
    double x = 0;
    noise.move(model, random, &x);
    squares += x * x / 10000;
  }
  return std::sqrt(squares);
}

TEST(RowNoise, isAsWideAsAKernelTimesTheRootOfStrengthOverRows) {
  const auto model = test::model_of<double>(line_settings(10));
  const double h = 1.06 * std::pow(1000, -0.2);
  const auto rows = normal_row_values(1000, 4);
  EXPECT_NEAR(spread_of_moves(model, rows, 1000) / h, 1, 0.1);
  EXPECT_NEAR(spread_of_moves(model, rows, 100) / h, std::sqrt(0.1), 0.03);
}

TEST(RowNoise, isNoneForManyRowsWithoutStrengthAndForAMixture) {
  const auto rows = normal_row_values(1000, 4);
  EXPECT_EQ(spread_of_moves(test::model_of<double>(line_settings(10)), rows, 9.9), 0);
  EXPECT_EQ(spread_of_moves(test::model_of<double>(line_settings(10)), rows, 0), 0);
  EXPECT_EQ(spread_of_moves(test::model_of<double>(test::mixture_settings_of(1)), rows, 1000), 0);
}

TEST(RowNoise, keepsRowsInTheBox) {
  const auto model = test::model_of<double>(line_settings(1));
  const std::vector<double> rows = {-1, -0.9, 0.1, 0.95, 1};
  ArrayRows source({rows.data(), nullptr, 5}, 1, 1);
  RowNoise<double> noise;
  noise.begin(model, source, 5, 1e6);
  core::Random random(2);
  for (int i = 0; i < 1000; ++i) {
    double x = rows[static_cast<std::size_t>(i % 5)];
    noise.move(model, random, &x);
    ASSERT_TRUE(model.box().contains(&x)) << x;
  }
}

TEST(RowNoise, movesPointsOfADomainWithinItAndNoOthers) {
  ModelSettings settings = line_settings(1);
  settings.domain = half_line_domain(0, false, 1, Tail::exponential);
  settings.box = settings.domain->box();
  const auto model = test::model_of<double>(settings);
  const std::vector<double> rows = {0.01, 0.1, 1, 10};
  ArrayRows source({rows.data(), nullptr, 4}, 1, 1);
  RowNoise<double> noise;
  noise.begin(model, source, 4, 1000);
  core::Random random(2);
  int moved = 0;
  for (int i = 0; i < 1000; ++i) {
    double x = 0.1;
    noise.move(model, random, &x);
    ASSERT_GE(x, 0);
    moved += x != 0.1 ? 1 : 0;
  }
  EXPECT_EQ(moved, 1000);
  double outside = -3;
  noise.move(model, random, &outside);
  EXPECT_EQ(outside, -3);
}

// -log f of other rows of a fit of an mlp to 30 rows, above that of the normal distribution.
double excess(double strength) {
  Model<double> model = test::model_of<double>(line_settings(5));
  Workspace workspace(1);
  initialise(model, 0, workspace.corners());
  TrainingOptions options;
  options.steps = 600;
  options.loss.kind = Loss::negative_log_likelihood;
  options.width_prior = strength;
  Trainer<double> trainer(model, options);
  const auto rows = normal_row_values(30, 4), others = normal_row_values(2000, 5);
  ArrayRows source({rows.data(), nullptr, 30}, 1, 1);
  trainer.fit(model, workspace, source, {});
  std::vector<double> f(others.size());
  mixed_partial(model, workspace, all_variables(1), others.data(), 2000, f.data());
  double sum = 0;
  for (std::size_t i = 0; i < f.size(); ++i) {
    sum -= std::log(f[i]) + 0.5 * others[i] * others[i];
  }
  return sum / 2000 - 0.5 * std::log(2 * std::numbers::pi);
}

TEST(RowNoise, keepsAnMlpFromLearningRowsByHeart) {
  EXPECT_LT(excess(100), 0.2);
  EXPECT_GT(excess(0), excess(100));
}

}  // namespace
}  // namespace finn::net
