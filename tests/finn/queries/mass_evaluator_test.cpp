#include "finn/queries/mass_evaluator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/central_differences.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

// Some variables at points, the others over a part of their side, drawn at random.
QueryRow drawn_query(const Box& box, VariableSet points, core::Random& random) {
  QueryRow row(box);
  for (int i = 0; i < box.variables; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double side = box.upper[at] - box.lower[at];
    if ((points >> i & 1) != 0) {
      row.set_point(i, box.lower[at] + side * random.uniform(0.1, 0.9));
    } else {
      const double from = box.lower[at] + side * random.uniform(0.0, 0.4);
      row.set_interval(i, from, from + side * random.uniform(0.2, 0.6));
    }
  }
  return row;
}

void expect_masses_of_quadrature(const Model<double>& model, int output,
                                 const std::vector<double>& conditions = {}) {
  const int n = model.variables();
  MassEvaluator evaluator(model, output);
  if (!conditions.empty()) evaluator.set_conditions(conditions.data());
  core::Random random(static_cast<std::uint64_t>(n));
  for (VariableSet points = 0; points <= all_variables(n); ++points) {
    const QueryRow row = drawn_query(model.box(), points, random);
    const Mass mass = evaluator.evaluate(row.query());
    const int left = n - __builtin_popcountll(points);
    const double expected = test::reference_mass(model, output, row.query(), test::nodes_for(left),
                                                 test::pieces_for(left), conditions);
    EXPECT_EQ(mass.shift, 0);
    EXPECT_NEAR(mass.value / expected, 1, 1e-8) << "points " << points;
    EXPECT_LT(mass.error, 1e-8 * mass.value);
  }
}

TEST(MassEvaluator, agreesWithAQuadratureOfFWhateverStandsAtPoints) {
  for (const int n : {1, 2, 3, 4}) {
    for (const test::QueryCase& one : n < 4 ? test::query_cases(n) : test::query_networks(n)) {
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      expect_masses_of_quadrature(test::moved_model(one.settings), one.output);
    }
  }
}

TEST(MassEvaluator, agreesWithAQuadratureOfFUnderTheConditionsOfARow) {
  for (const int n : {1, 2, 3}) {
    for (const test::QueryCase& one : test::query_networks(n)) {
      if (one.settings.constraint.kind == ConstraintKind::none) continue;
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      ModelSettings settings = test::conditioned_by_film(one.settings);
      std::fill(settings.constraint.target.begin(), settings.constraint.target.end(), 1.0);
      expect_masses_of_quadrature(test::moved_model(settings, 0.2), one.output, {1.5, 0.25});
    }
  }
}

TEST(MassEvaluator, saysTheSameOfQueriesTogetherAndOneByOne) {
  for (const test::QueryCase& one : test::query_networks(3)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    MassEvaluator evaluator(model, one.output), fresh(model, one.output);
    core::Random random(8);
    std::vector<QueryRow> rows;
    std::vector<MassQuery> queries;
    for (int q = 0; q < 20; ++q) rows.push_back(drawn_query(model.box(), 2, random));
    for (const QueryRow& row : rows) queries.push_back(row.query());
    std::vector<Mass> together(rows.size());
    evaluator.evaluate(queries.data(), 20, together.data());
    for (std::size_t q = 0; q < rows.size(); ++q) {
      EXPECT_NEAR(together[q].value / fresh.evaluate(queries[q]).value, 1, 1e-13);
    }
  }
}

TEST(MassEvaluator, findsTheUniformShareInEachMass) {
  const Model<double> model = test::moved_model(test::shared_out(test::settings_of(2)));
  MassEvaluator evaluator(model, 0);
  const Box& box = model.box();
  QueryRow row(box);
  EXPECT_NEAR(evaluator.uniform_mass(row.query()), 0.2, 1e-15);
  EXPECT_NEAR(evaluator.evaluate(row.query()).value, 1, 1e-14);
  row.set_interval(0, box.lower[0], 0.5 * (box.lower[0] + box.upper[0]));
  EXPECT_NEAR(evaluator.uniform_mass(row.query()), 0.1, 1e-15);
  row.set_point(1, 0);
  EXPECT_NEAR(evaluator.uniform_mass(row.query()), 0.1 / (box.upper[1] - box.lower[1]), 1e-15);
  EXPECT_EQ(MassEvaluator(test::moved_model(test::settings_of(2)), 0).uniform_mass(row.query()), 0);
}

TEST(MassEvaluator, takesTheNewConditionsAndNotTheOldOnes) {
  const Model<double> model =
      test::moved_model(test::conditioned_by_film(test::mixture_settings_of(2)));
  const std::vector<double> first{1, 0}, second{3, 2};
  core::Random random(9);
  const QueryRow row = drawn_query(model.box(), 1, random);
  MassEvaluator evaluator(model, 0), other(model, 0);
  evaluator.set_conditions(first.data());
  const double before = evaluator.evaluate(row.query()).value;
  evaluator.set_conditions(second.data());
  const double after = evaluator.evaluate(row.query()).value;
  other.set_conditions(second.data());
  EXPECT_EQ(after, other.evaluate(row.query()).value);
  EXPECT_NE(after, before);
  evaluator.set_conditions(first.data());
  EXPECT_EQ(evaluator.evaluate(row.query()).value, before);
}

TEST(MassEvaluator, refusesAnOutputWithoutAnIntegral) {
  ModelSettings settings = test::settings_of(2);
  settings.constraint = {};
  settings.constraint.kind = ConstraintKind::none;
  Model<double> model(settings);  // all parameters are 0, and so is f
  CornerScratch scratch;
  model.update(scratch);
  test::expect_refused([&] { MassEvaluator(model, 0); }, "the integral of output 0 over the domain",
                       core::Status::ERROR_INTEGRAL);
}

// By points and by conditions, with what the uniform share dilutes them by.
TEST(MassEvaluator, hasTheSlopesOfItsLogarithm) {
  for (const auto& settings :
       {test::shared_out(test::settings_of(2)), test::shared_out(test::mixture_settings_of(2)),
        test::conditioned_by_film(test::shared_out(test::settings_of(2))),
        test::conditioned_by_film(test::shared_out(test::mixture_settings_of(2)))}) {
    const Model<double> model = test::moved_model(settings);
    MassEvaluator evaluator(model, 1);
    // The position of the first variable, then the conditions.
    const auto log_mass = [&](const std::vector<double>& at, MassSlopes* slopes) {
      evaluator.set_conditions(at.data() + 1);
      QueryRow row(model.box());
      row.set_point(0, at[0]);
      row.set_interval(1, -0.5, 0.25);
      const MassQuery query = row.query();
      if (slopes != nullptr) evaluator.log_slopes(&query, 1, slopes);
      return evaluator.evaluate(row.query()).log();
    };
    std::vector<double> at{0.1, 1.5, 0.5};
    at.resize(static_cast<std::size_t>(1 + model.conditioning().conditions()));
    MassSlopes slopes;
    log_mass(at, &slopes);
    ASSERT_EQ(slopes.conditions.size() + 1, at.size());
    for (std::size_t k = 0; k < at.size(); ++k) {
      const auto reference = test::central_differences(1e-3, [&](double offset) {
        std::vector<double> moved = at;
        moved[k] += offset;
        return std::vector<double>{log_mass(moved, nullptr)};
      });
      EXPECT_NEAR(k == 0 ? slopes.points[0] : slopes.conditions[k - 1], reference[0], 1e-9);
    }
    EXPECT_EQ(slopes.points[1], 0);
  }
}

// Far out only the uniform share is left, which is flat: also by conditions, of which the network
// knows nothing any more.
TEST(MassEvaluator, hasNoSlopesWhereTheUniformShareIsAllThatIsLeft) {
  ModelSettings settings =
      test::conditioned_by_film(test::shared_out(test::mixture_settings_of(1)));
  Model<double> model = test::model_of<double>(settings);
  const ComponentLayout& at = model.network().get<Mixture>()->groups()[0];
  for (std::int64_t r = 0; r < model.network().get<Mixture>()->normals_of_all(); ++r) {
    model.mutable_parameters()[at.slopes + r] = std::log(200.0);
    model.mutable_parameters()[at.locations + r] = -0.3;
  }
  CornerScratch scratch;
  model.update(scratch);
  MassEvaluator evaluator(model, 0);
  const double conditions[] = {1, 0.5};
  evaluator.set_conditions(conditions);
  QueryRow row(model.box());
  row.set_point(0, 0.4);
  const MassQuery query = row.query();
  MassSlopes slopes;
  evaluator.log_slopes(&query, 1, &slopes);
  EXPECT_EQ(slopes.points[0], 0);
  EXPECT_EQ(slopes.conditions, std::vector<double>(2));
}

}  // namespace
}  // namespace finn::net
