#include "finn/queries/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/sampler.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

// Points x inside the domain of a model, [count][variables], away from its ends.
std::vector<double> inner_points(const Model<double>& model, int count) {
  std::vector<double> rows(static_cast<std::size_t>(count * model.variables()));
  core::Random random(21);
  const Box& box = model.box();
  for (int r = 0; r < count; ++r) {
    std::vector<double> u;
    for (std::size_t i = 0; i < static_cast<std::size_t>(model.variables()); ++i) {
      const double side = box.upper[i] - box.lower[i];
      u.push_back(box.lower[i] + side * random.uniform(0.1, 0.9));
    }
    model.region().to_point(u.data(), &rows[static_cast<std::size_t>(r * model.variables())]);
  }
  return rows;
}

std::vector<double> densities_of(const Distribution& distribution, const std::vector<double>& x) {
  Workspace workspace(1);
  const std::size_t rows = x.size() / static_cast<std::size_t>(distribution.columns());
  std::vector<double> values(rows);
  density(distribution, workspace, x.data(), static_cast<std::int64_t>(rows), values.data(),
          nullptr);
  return values;
}

// Some columns of rows, in this order.
std::vector<double> columns_of(const std::vector<double>& rows, std::size_t width,
                               const std::vector<std::size_t>& chosen) {
  std::vector<double> result;
  for (std::size_t row = 0; row < rows.size(); row += width) {
    for (const std::size_t column : chosen) result.push_back(rows[row + column]);
  }
  return result;
}

void expect_equal_densities(const std::vector<double>& a, const std::vector<double>& b,
                            double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t r = 0; r < a.size(); ++r) EXPECT_NEAR(a[r] / b[r], 1, tolerance);
}

// Every case in three variables, a part of the product as the axes map.
template <class Body>
void for_each_three(Body&& body) {
  for (const test::QueryCase& one : test::query_cases(3)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    body(model, Distribution::of(model, one.output), one.output);
  }
}

TEST(Distribution, marginalsOfMarginalsAreTheDirectOnes) {
  for_each_three([](const Model<double>& model, const Distribution& whole, int) {
    const std::vector<double> x = inner_points(model, 5);
    const Distribution direct = whole.marginal(std::vector{2, 0});
    const Distribution around = whole.marginal(std::vector{1, 2, 0}).marginal(std::vector{1, 2});
    EXPECT_EQ(direct.variables(), 2);
    EXPECT_EQ(direct.columns(), 2);
    EXPECT_EQ(direct.model_variable(0), 2);
    const auto rows = columns_of(x, 3, {2, 0});
    expect_equal_densities(densities_of(direct, rows), densities_of(around, rows), 1e-12);
    const Distribution first = direct.marginal(std::vector{1});
    expect_equal_densities(densities_of(first, columns_of(x, 3, {0})),
                           densities_of(whole.marginal(std::vector{0}), columns_of(x, 3, {0})),
                           1e-12);
  });
}

TEST(Distribution, givenAndMarginalMayComeInEitherOrder) {
  for_each_three([](const Model<double>& model, const Distribution& whole, int) {
    const auto x = inner_points(model, 5);
    const Distribution a = whole.given(std::vector{1}).marginal(std::vector{1});
    const Distribution b = whole.marginal(std::vector{2, 1}).given(std::vector{1});
    EXPECT_EQ(a.columns(), 2);
    EXPECT_EQ(a.given_columns(), 1);
    const auto rows = columns_of(x, 3, {2, 1});
    expect_equal_densities(densities_of(a, rows), densities_of(b, rows), 1e-12);
  });
}

// What is asked with what is given times the density of that is the whole.
TEST(Distribution, aConditionalTimesItsMarginalIsTheWhole) {
  for_each_three([](const Model<double>& model, const Distribution& whole, int) {
    const auto x = inner_points(model, 5);
    const auto all = densities_of(whole, x);
    const auto of_given = densities_of(whole.marginal(std::vector{2, 0}), columns_of(x, 3, {2, 0}));
    const auto left = densities_of(whole.given(std::vector{2, 0}), columns_of(x, 3, {1, 2, 0}));
    for (std::size_t r = 0; r < all.size(); ++r) {
      EXPECT_NEAR(left[r] * of_given[r] / all[r], 1, 1e-12);
    }
  });
}

// In u, over what the limits leave of the other variables.
TEST(Distribution, truncatedMarginalsAgreeWithAQuadrature) {
  for_each_three([](const Model<double>& model, const Distribution& whole, int output) {
    const auto x = inner_points(model, 2);
    std::vector<double> lower, upper;
    for (std::size_t i = 0; i < 3; ++i) {
      lower.push_back(std::min(x[i], x[3 + i]) - 0.1);
      upper.push_back(std::max(x[i], x[3 + i]) + 0.1);
    }
    upper[1] = kForever;
    const Distribution cut = whole.truncated(lower.data(), upper.data()).marginal(std::vector{0});
    Box limits = model.box();
    std::copy_n(lower.begin(), 3, limits.lower.begin());
    std::copy_n(upper.begin(), 3, limits.upper.begin());
    for (std::size_t i = 0; model.domain() == nullptr && i < 3; ++i) {
      limits.lower[i] = std::max(limits.lower[i], model.box().lower[i]);
      limits.upper[i] = std::min(limits.upper[i], model.box().upper[i]);
    }
    if (model.domain() != nullptr) limits = model.domain()->limits_to_box(limits);
    QueryRow row(limits);
    const double whole_mass = test::reference_mass(model, output, row.query(), 16, 1);
    const double at = 0.5 * (lower[0] + upper[0]);
    std::array<double, 3> centre{at, x[1], x[2]}, u{};
    const double log_weight = [&] {
      const AxisMaps& maps = whole.maps();
      return model.region().to_box(centre.data(), u.data()) == Domain::kOutside
                 ? Domain::kOutside
                 : maps.log_weight(1, centre.data());
    }();
    row.set_point(0, u[0]);
    const double expected =
        test::reference_mass(model, output, row.query(), 20, 2) / whole_mass * std::exp(log_weight);
    EXPECT_NEAR(densities_of(cut, {at})[0] / expected, 1, 1e-8);
    EXPECT_EQ(densities_of(cut, {upper[0] + 1e-6})[0], 0);
    EXPECT_EQ(densities_of(cut, {lower[0] - 1e-6})[0], 0);
  });
}

TEST(Distribution, truncationIsTheSameWhenOthersAreGivenFirst) {
  for_each_three([](const Model<double>& model, const Distribution& whole, int) {
    const auto x = inner_points(model, 4);
    const std::vector<double> lower{x[0] - 0.4, x[1] - 0.5, -kForever};
    const std::vector<double> upper{x[0] + 0.3, kForever, x[2] + 0.5};
    const Distribution a = whole.truncated(lower.data(), upper.data()).given(std::vector{0, 2});
    const Distribution b = whole.given(std::vector{0, 2}).truncated(&lower[1], &upper[1]);
    const std::vector<double> row{x[1] + 0.01, x[0], x[2]};
    expect_equal_densities(densities_of(a, row), densities_of(b, row), 1e-12);
  });
}

TEST(Distribution, isOfTheModelAsItWasWhenItWasMade) {
  Model<double> model = test::moved_model(test::settings_of(2));
  const Distribution distribution = Distribution::of(model, 0);
  const auto x = inner_points(model, 3);
  const auto before = densities_of(distribution, x);
  model.mutable_parameters()[0] += 1;
  CornerScratch scratch;
  model.update(scratch);
  EXPECT_EQ(densities_of(distribution, x), before);
  EXPECT_NE(densities_of(Distribution::of(model, 0), x), before);
}

TEST(Distribution, ofFloatIsThatOfTheSameParametersInDouble) {
  for (const ModelSettings& settings :
       {test::settings_of(2), test::shared_out(test::mixture_settings_of(2))}) {
    const Model<float> single = test::moved_model<float>(settings);
    Model<double> same(settings);
    std::copy_n(single.parameters(), single.parameter_count(), same.mutable_parameters());
    CornerScratch scratch;
    same.update(scratch);
    const auto x = inner_points(same, 5);
    EXPECT_EQ(densities_of(Distribution::of(single, 0), x),
              densities_of(Distribution::of(same, 0), x));
  }
}

TEST(Distribution, hasTheLimitsOfItsDomainAndOfWhatIsCut) {
  const auto half_line = half_line_domain(-1, false, 2, Tail::exponential);
  const auto domain = product_domain({half_line, box_domain(test::skew_box(1))});
  const auto fallen = test::scaled_domain(domain, {-2, 1});
  const Model<double> model = test::moved_model(test::on_domain(test::settings_of(2), fallen));
  const Distribution whole = Distribution::of(model, 0);
  double lower = 0, upper = 0;
  whole.limits(0, &lower, &upper);
  EXPECT_EQ(lower, -kForever);
  EXPECT_NEAR(upper, 2.25, 1e-12);
  whole.limits(1, &lower, &upper);
  EXPECT_NEAR(lower, -0.75, 1e-12);
  EXPECT_NEAR(upper, 0.75, 1e-12);
  const double from[] = {-3, -kForever}, to[] = {9, 0.5};
  const Distribution cut = whole.truncated(from, to).marginal(std::vector{1, 0});
  cut.limits(1, &lower, &upper);
  EXPECT_NEAR(lower, -3, 1e-12);
  EXPECT_NEAR(upper, 2.25, 1e-12);
  cut.limits(0, &lower, &upper);
  EXPECT_NEAR(lower, -0.75, 1e-12);
  EXPECT_NEAR(upper, 0.5, 1e-12);
}

TEST(Distribution, refusesModelsThatMayBeNegative) {
  ModelSettings shifted = test::settings_of(2);
  shifted.constraint.kind = ConstraintKind::shift;
  test::expect_refused([&] { Distribution::of(test::model_of<double>(shifted), 0); },
                       "a constraint given that may push f below 0");
  test::expect_refused(
      [] { Distribution::of(test::model_of<float>(test::signed_settings_of(2)), 0); },
      "without positivity");
}

TEST(Distribution, refusesVariablesThatItDoesNotHave) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(3)), 0);
  using Chosen = std::vector<int>;
  test::expect_refused([&] { whole.marginal(Chosen{}); }, "none given");
  test::expect_refused([&] { whole.marginal(Chosen{3}); }, "3 given, 0 .. 2 expected");
  test::expect_refused([&] { whole.given(Chosen{0, -1}); }, "-1 given, 0 .. 2 expected");
  test::expect_refused([&] { whole.marginal(Chosen{1, 1}); }, "1 given twice");
  test::expect_refused([&] { whole.given(Chosen{2, 0, 1}); }, "all 3 given");
  const Distribution left = whole.marginal(Chosen{2, 1});
  test::expect_refused([&] { left.given(Chosen{2}); }, "2 given, 0 .. 1 expected");
  test::expect_refused([&] { left.given(Chosen{0, 1}); }, "all 2 given");
}

TEST(Distribution, refusesATruncationThatLeavesNothing) {
  const Distribution whole = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  const double lower[] = {-0.5, 5}, upper[] = {0, kForever};
  test::expect_refused([&] { whole.truncated(lower, upper); }, "limits [5, inf] of variable 1");
  const double below[] = {-0.5, -0.5}, above[] = {0, 0};
  const Distribution cut = whole.truncated(below, above);
  const double further[] = {0.1, -0.5}, end[] = {0.2, 0};
  test::expect_refused([&] { cut.truncated(further, end); }, "of variable 0");
}

TEST(Distribution, onADiskHasADensityAndNothingOfSingleVariables) {
  const double centre[] = {0, 0};
  const Distribution disk = Distribution::of(
      test::moved_model(test::on_domain(test::settings_of(2), disk_domain(centre, 1))), 0);
  const double limits[] = {0, 0};
  test::expect_refused([&] { disk.marginal(std::vector{0}); }, "marginal: the domain is a sector");
  test::expect_refused([&] { disk.given(std::vector{0}); }, "given: the domain is a sector");
  test::expect_refused([&] { disk.truncated(limits, limits); },
                       "truncated: the domain is a sector");
  test::expect_refused([&] { disk.require_separate("cdf"); }, "cdf: the domain is a sector");
}

}  // namespace
}  // namespace finn::net
