#include "finn/training/interval_loss.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/gradient.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/in_double.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/mass.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

constexpr double kNoEnd = std::numeric_limits<double>::infinity();

// Rows of every kind: known, bins, narrow bins, censored above and below.
RowBlock rows_of(const Model<double>& model, std::int64_t count, bool has_weights = true) {
  const auto n = static_cast<std::size_t>(model.variables());
  const auto columns = static_cast<std::size_t>(model.columns());
  RowBlock rows;
  rows.resize(count, model.columns(), model.variables(), true, has_weights);
  core::Random random(3);
  for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
    std::array<double, kMaxBoxVariables> u{}, v{}, x{}, y{};
    for (std::size_t i = 0; i < n; ++i) {
      const double lower = model.box().lower[i], side = model.box().upper[i] - lower;
      u[i] = lower + side * random.uniform(0.1, 0.5);
      v[i] = u[i] + side * random.uniform(0.1, 0.4);
      const std::size_t kind = (row + 2 * i) % 5;
      if (kind == 0) v[i] = u[i];
      if (kind == 1) v[i] = u[i] + 1e-3 * side;
    }
    model.region().to_point(u.data(), x.data());
    model.region().to_point(v.data(), y.data());
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t kind = (row + 2 * i) % 5;
      double lower = std::fmin(x[i], y[i]), upper = std::fmax(x[i], y[i]);
      if (kind == 3) lower = -kNoEnd;
      if (kind == 4) upper = kNoEnd;
      rows.x[row * columns + i] = lower;
      rows.y[row * n + i] = upper;
    }
    for (std::size_t i = n; i < columns; ++i) rows.x[row * columns + i] = random.uniform(0.5, 2);
    if (has_weights) rows.weights[row] = random.uniform(0.5, 2);
  }
  return rows;
}

std::vector<test::QueryCase> loss_cases() {
  std::vector<test::QueryCase> cases = {
      {"mlp", test::settings_of(2)},
      {"mixture", test::mixture_settings_of(2)},
      {"mixture of three variables", test::mixture_settings_of(3)},
      {"mlp under conditions", test::conditioned_by_film(test::settings_of(2))},
      {"mixture under conditions", test::conditioned_by_film(test::mixture_settings_of(2))}};
  ModelSettings shared = test::settings_of(2), free = test::settings_of(2);
  shared.constraint.uniform_share = 0.2;
  free.constraint = {};
  free.constraint.kind = ConstraintKind::none;
  cases.push_back({"uniform share", shared});
  cases.push_back({"no constraint", free});
  for (const auto& [name, domain] : test::mapped_domains(2)) {
    cases.push_back({"mixture, " + name, test::on_domain(test::mixture_settings_of(2), domain)});
  }
  return cases;
}

// The loss of one row by quadrature of f over its intervals in u.
double reference_loss(const Model<double>& model, const RowBlock& rows, std::int64_t row) {
  const int n = model.variables();
  const double* x = rows.x.data() + row * model.columns();
  const IntervalReader reader(model.region());
  const IntervalRow ends = reader.read(x, rows.y.data() + row * n);
  std::array<double, kMaxBoxVariables> width{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    width[i] = ends.upper[i] - ends.lower[i];
  }
  double integral = 1;
  if (!model.normalises_per_sample()) {
    Workspace workspace(1);
    integrate(model, workspace, model.box(), &integral, nullptr, nullptr);
  }
  const MassQuery query{ends.points, ends.lower.data(), ends.upper.data(), width.data()};
  const std::vector<double> conditions(x + n, x + model.columns());
  const double mass = test::reference_mass(model, 0, query, 24, 3, conditions);
  return -std::log(mass * integral) - ends.log_weight;
}

TEST(IntervalLoss, isTheMeanOfMinusTheLogarithmsOfTheMassesOfRows) {
  for (const test::QueryCase& c : loss_cases()) {
    const Model<double> model = test::moved_model<double>(c.settings);
    Workspace workspace(1);
    const RowBlock rows = rows_of(model, 10);
    IntervalLoss<double> loss;
    loss.begin(model, workspace.corners());
    double expected = 0;
    for (std::int64_t row = 0; row < rows.count; ++row) {
      expected += rows.weights[static_cast<std::size_t>(row)] * reference_loss(model, rows, row);
    }
    EXPECT_NEAR(loss.value(model, workspace, rows), expected / 10, 1e-8) << c.name;
    EXPECT_EQ(loss.gradient(model, workspace, rows).loss, loss.value(model, workspace, rows));
  }
}

TEST(IntervalLoss, ofRowsThatAreKnownIsTheLogLikelihood) {
  const double centre[] = {1, 2};
  ModelSettings settings = test::on_domain(test::mixture_settings_of(2), polar_domain(centre, 2));
  const Model<double> model = test::moved_model<double>(settings);
  Workspace workspace(1);
  RowBlock rows;
  rows.resize(5, 2, 2, true, false);
  rows.x = test::points_in(model.box(), 5);
  for (std::size_t i = 0; i < 10; i += 2) model.domain()->to_point(&rows.x[i], &rows.x[i]);
  rows.y = rows.x;
  std::vector<double> f(5);
  mixed_partial(model, workspace, 3, rows.x.data(), 5, f.data());
  double expected = 0;
  for (const double value : f) expected -= std::log(value) / 5;
  IntervalLoss<double> loss;
  loss.begin(model, workspace.corners());
  EXPECT_NEAR(loss.value(model, workspace, rows), expected, 1e-12);
}

// Of six variables too, where a tile has no room for the nodes of a row.
TEST(IntervalLoss, returnsTheGradientOfTheLossThatItReturns) {
  std::vector<test::QueryCase> cases = loss_cases();
  cases.push_back({"mlp of six variables", test::settings_of(6)});
  for (const test::QueryCase& c : cases) {
    const Model<double> model = test::moved_model<double>(c.settings);
    Workspace workspace(1);
    const RowBlock rows = rows_of(model, 20);
    IntervalLoss<double> loss;
    loss.begin(model, workspace.corners());
    const Gradient<double> here = loss.gradient(model, workspace, rows);
    const std::vector<double> gradient(here.values, here.values + here.count);
    CornerScratch scratch;
    for (std::int64_t i = 0; i < model.layout().trained_count(); ++i) {
      constexpr double step = 1e-5;
      double side[2];
      for (const int sign : {0, 1}) {
        Model<double> moved = model;
        moved.mutable_parameters()[i] += sign == 0 ? -step : step;
        moved.update(scratch);
        side[sign] = loss.value(moved, workspace, rows);
      }
      const double expected = (side[1] - side[0]) / (2 * step);
      EXPECT_NEAR(gradient[static_cast<std::size_t>(i)], expected, 1e-6 * (1 + std::fabs(expected)))
          << c.name << ", parameter " << i;
    }
  }
}

TEST(IntervalLoss, ofAModelInFloatIsFoundInDouble) {
  const Model<float> model = test::moved_model<float>(test::settings_of(2));
  Workspace workspace(1);
  const Model<double> twin = in_double(model, workspace.corners());
  const RowBlock rows = rows_of(twin, 20);
  IntervalLoss<float> loss;
  IntervalLoss<double> of_twin;
  loss.begin(model, workspace.corners());
  of_twin.begin(twin, workspace.corners());
  const Gradient<double> expected = of_twin.gradient(twin, workspace, rows);
  const std::vector<double> values(expected.values, expected.values + expected.count);
  const Gradient<float> found = loss.gradient(model, workspace, rows);
  EXPECT_EQ(found.loss, expected.loss);
  ASSERT_EQ(found.count, expected.count);
  for (std::int64_t i = 0; i < found.count; ++i) {
    EXPECT_EQ(found.values[i], static_cast<float>(values[static_cast<std::size_t>(i)])) << i;
  }
}

TEST(IntervalLoss, takesAsManyAsSixIntervals) {
  for (const ModelSettings& settings : {test::settings_of(6), test::mixture_settings_of(6)}) {
    const Model<double> model = test::model_of<double>(settings);
    Workspace workspace(2);
    RowBlock rows;
    rows.resize(3, 6, 6, true, false);
    for (std::size_t i = 0; i < 18; ++i) {
      rows.x[i] = i % 2 == 0 ? -kNoEnd : model.box().lower[i % 6];
      rows.y[i] = kNoEnd;
    }
    IntervalLoss<double> loss;
    loss.begin(model, workspace.corners());
    EXPECT_NEAR(loss.value(model, workspace, rows), 0, 1e-9);
  }
}

// Far out the difference of F is rounding alone. What is said of the row is finite, it still pulls
// the density its way, and it counts as one of no mass.
TEST(IntervalLoss, staysFiniteAndPointsTheRightWayWhereNothingIsLeftOfAMass) {
  const Model<double> model = test::narrow_mixture(1, 14);
  Workspace workspace(1);
  RowBlock rows;
  rows.resize(1, 1, 1, true, false);
  rows.x = {0.15};
  rows.y = {kNoEnd};
  IntervalLoss<double> loss;
  loss.begin(model, workspace.corners());
  EXPECT_EQ(loss.masses(model, workspace, rows)[0], 0);
  const Gradient<double> here = loss.gradient(model, workspace, rows);
  EXPECT_GT(here.loss, 25);
  EXPECT_LT(here.loss, 40);
  double along = 0;
  Model<double> moved = model;
  for (std::int64_t i = 0; i < model.layout().trained_count(); ++i) {
    along += here.values[i] * here.values[i];
  }
  ASSERT_GT(along, 0);
  for (std::int64_t i = 0; i < model.layout().trained_count(); ++i) {
    moved.mutable_parameters()[i] -= 2 / std::sqrt(along) * here.values[i];
  }
  moved.update(workspace.corners());
  EXPECT_GT(loss.masses(moved, workspace, rows)[0], 0);
}

// The digits of a box that is 1e-9 wide are those of the density in it.
TEST(IntervalLoss, ofANarrowBoxIsThatOfTheDensityInIt) {
  const Model<double> model = test::moved_model<double>(test::settings_of(2));
  Workspace workspace(1);
  RowBlock rows;
  rows.resize(1, 2, 2, true, false);
  rows.x = {0.25, 0.25};
  rows.y = {0.25 + 0x1p-30, 0.25 + 0x1p-30};
  IntervalLoss<double> loss;
  loss.begin(model, workspace.corners());
  double f = 0;
  mixed_partial(model, workspace, 3, rows.x.data(), 1, &f);
  EXPECT_NEAR(loss.value(model, workspace, rows), -std::log(f) + 60 * std::log(2), 1e-7);
}

}  // namespace
}  // namespace finn::net
