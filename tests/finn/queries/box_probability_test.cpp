#include "finn/queries/box_probability.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/random.hpp"
#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/sweep.hpp"

namespace finn::net {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

struct Probabilities {
  std::vector<double> value, error;
};

Probabilities probabilities(const Distribution& distribution, const Boxes& boxes, std::size_t rows,
                            const double* given = nullptr) {
  Workspace workspace(1);
  Probabilities result{std::vector<double>(rows), std::vector<double>(rows)};
  box_probability(distribution, workspace, boxes, given, static_cast<std::int64_t>(rows),
                  result.value.data(), result.error.data());
  return result;
}

std::vector<double> orthants(const Distribution& distribution, Side side,
                             const std::vector<double>& x) {
  Workspace workspace(1);
  std::vector<double> values(x.size() / static_cast<std::size_t>(distribution.columns()));
  orthant_probability(distribution, workspace, side, x.data(),
                      static_cast<std::int64_t>(values.size()), values.data());
  return values;
}

// Points of x that cut the box of a variable into parts, the ends of the domain included.
std::vector<double> cuts_of(const AxisMaps& maps, const Box& box, int i, int parts) {
  std::vector<double> cuts{-kNoLimit};
  const auto at = static_cast<std::size_t>(i);
  for (int k = 1; k < parts; ++k) {
    const double share = static_cast<double>(maps.falls(i) ? parts - k : k) / parts;
    cuts.push_back(maps.to_point(i, box.lower[at] + share * (box.upper[at] - box.lower[at])));
  }
  cuts.push_back(kNoLimit);
  return cuts;
}

TEST(BoxProbability, ofThePartsOfAPartitionSumToTheWhole) {
  for (const int n : {1, 2, 3}) {
    for (const test::QueryCase& one : test::query_cases(n)) {
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      const Model<double> model = test::moved_model(one.settings);
      const Distribution distribution = Distribution::of(model, one.output);
      std::vector<std::vector<double>> cuts;
      int boxes = 1;
      for (int i = 0; i < n; ++i, boxes *= 3) {
        cuts.push_back(cuts_of(distribution.maps(), model.box(), i, 3));
      }
      std::vector<double> lower, upper;
      for (int k = 0; k < boxes; ++k) {
        for (int i = 0, rest = k; i < n; ++i, rest /= 3) {
          const auto& cut = cuts[static_cast<std::size_t>(i)];
          lower.push_back(cut[static_cast<std::size_t>(rest % 3)]);
          upper.push_back(cut[static_cast<std::size_t>(rest % 3 + 1)]);
        }
      }
      const auto parts = probabilities(distribution, {lower.data(), upper.data(), nullptr},
                                       static_cast<std::size_t>(boxes));
      double sum = 0;
      for (const double part : parts.value) {
        EXPECT_GT(part, 0);
        sum += part;
      }
      EXPECT_NEAR(sum, 1, 1e-13);
    }
  }
}

TEST(BoxProbability, agreesWithAQuadratureOfFInX) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution distribution = Distribution::of(model, one.output);
    std::vector<double> lower, upper;
    QueryRow row(model.box());
    for (int i = 0; i < 2; ++i) {
      const auto cut = cuts_of(distribution.maps(), model.box(), i, 4);
      lower.push_back(cut[1]);
      upper.push_back(cut[3]);
      const Box& box = model.box();
      const auto at = static_cast<std::size_t>(i);
      const double side = box.upper[at] - box.lower[at];
      row.set_interval(i, box.lower[at] + side / 4, box.upper[at] - side / 4);
    }
    const double expected = test::reference_mass(model, one.output, row.query(), 20, 2);
    const auto found = probabilities(distribution, {lower.data(), upper.data(), nullptr}, 1);
    EXPECT_NEAR(found.value[0] / expected, 1, 1e-8);
  }
}

TEST(BoxProbability, ofOneVariableCdfAndSurvivalSumToOne) {
  for (const test::QueryCase& one : test::query_cases(1)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution distribution = Distribution::of(model, one.output);
    const auto x = cuts_of(distribution.maps(), model.box(), 0, 20);
    const auto below = orthants(distribution, Side::below, x);
    const auto above = orthants(distribution, Side::above, x);
    EXPECT_EQ(below.front(), 0);
    EXPECT_EQ(below.back(), 1);
    EXPECT_EQ(above.front(), 1);
    EXPECT_EQ(above.back(), 0);
    for (std::size_t r = 0; r < x.size(); ++r) {
      EXPECT_NEAR(below[r] + above[r], 1, 2e-14) << x[r];
      EXPECT_TRUE(r == 0 || below[r] > below[r - 1]);
    }
  }
}

TEST(BoxProbability, ofAnOrthantIsThatOfItsBox) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution distribution = Distribution::of(model, one.output);
    const std::vector<double> x{cuts_of(distribution.maps(), model.box(), 0, 3)[1],
                                cuts_of(distribution.maps(), model.box(), 1, 3)[2]};
    const std::vector<double> lowest(2, -kNoLimit), highest(2, kNoLimit);
    EXPECT_EQ(orthants(distribution, Side::below, x)[0],
              probabilities(distribution, {lowest.data(), x.data(), nullptr}, 1).value[0]);
    EXPECT_EQ(orthants(distribution, Side::above, x)[0],
              probabilities(distribution, {x.data(), highest.data(), nullptr}, 1).value[0]);
    EXPECT_EQ(orthants(distribution, Side::below, {x[0], -kNoLimit})[0], 0);
    const Distribution second = distribution.marginal(std::vector{1});
    EXPECT_NEAR(orthants(distribution, Side::below, {kNoLimit, x[1]})[0],
                orthants(second, Side::below, {x[1]})[0], 1e-13);
  }
}

// Boxes that are given by their width, at random places.
struct NarrowBoxes {
  NarrowBoxes(const Box& box, int count, double half_width) {
    core::Random random(31);
    for (int r = 0; r < count; ++r) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
        lower.push_back(random.uniform(box.lower[i], box.upper[i] - 2 * half_width));
        upper.push_back(lower.back() + 2 * half_width);
        width.push_back(2 * half_width);
      }
    }
  }
  std::vector<double> lower, upper, width;
};

struct NarrowErrors {
  double worst = 0;
  int uncovered = 0;
};

// Against a quadrature of f of an order at which boxes as narrow leave nothing.
NarrowErrors errors_of_narrow_boxes(const Model<double>& model, int count, double half_width,
                                    bool by_width, int nodes = 5) {
  const int n = model.variables();
  const NarrowBoxes boxes(model.box(), count, half_width);
  const Distribution distribution = Distribution::of(model, 0);
  const Boxes asked{boxes.lower.data(), by_width ? nullptr : boxes.upper.data(),
                    by_width ? boxes.width.data() : nullptr};
  const auto found = probabilities(distribution, asked, static_cast<std::size_t>(count));
  NarrowErrors errors;
  for (int r = 0; r < count; ++r) {
    const double* lower = &boxes.lower[static_cast<std::size_t>(r * n)];
    const double* width = &boxes.width[static_cast<std::size_t>(r * n)];
    const double* upper = &boxes.upper[static_cast<std::size_t>(r * n)];
    std::vector<double> sides(width, width + n);
    for (int i = 0; !by_width && i < n; ++i)
      sides[static_cast<std::size_t>(i)] = upper[i] - lower[i];
    const double expected =
        test::reference_mass(model, 0, MassQuery{0, lower, upper, sides.data()}, nodes, 1);
    const double value = found.value[static_cast<std::size_t>(r)];
    EXPECT_GE(value, 0);
    errors.worst = std::max(errors.worst, std::fabs(value / expected - 1));
    // The reference has roundoff of its own.
    const double error = std::fabs(value - expected) - 1e-13 * expected;
    if (error > found.error[static_cast<std::size_t>(r)]) ++errors.uncovered;
  }
  return errors;
}

TEST(BoxProbability, ofNarrowBoxesInFourVariablesKeepsSixDigitsAndKnowsItsError) {
  const Model<double> model = test::moved_model(test::settings_of(4));
  const int count = test::sweep(50, 10000);
  for (const double half_width : {1e-3, 1e-5}) {
    const NarrowErrors errors = errors_of_narrow_boxes(model, count, half_width, true);
    EXPECT_LE(errors.worst, 1e-6) << half_width;
    EXPECT_LE(errors.uncovered, count / 100) << half_width;
  }
  const NarrowErrors errors = errors_of_narrow_boxes(model, count, 1e-3, false);
  EXPECT_LE(errors.worst, 1e-6);
  EXPECT_LE(errors.uncovered, count / 100);
}

TEST(BoxProbability, ofBoxesOfAnySizeKnowsItsError) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  const int count = test::sweep(100, 3000);
  for (const double half_width : {0.3, 0.1, 0.01, 1e-4}) {
    EXPECT_LE(errors_of_narrow_boxes(model, count, half_width, true, 24).uncovered, count / 100)
        << half_width;
  }
}

TEST(BoxProbability, isNeverNegativeAndNeverAboveOne) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings, 1.5);
    const Distribution distribution = Distribution::of(model, one.output);
    const auto lower = test::random_in(200, -3, 3, 5);
    std::vector<double> upper;
    for (std::size_t k = 0; k < lower.size(); ++k) {
      upper.push_back(lower[k] + std::pow(10, -8 + 0.05 * static_cast<double>(k)));
    }
    for (const double value :
         probabilities(distribution, {lower.data(), upper.data(), nullptr}, 100).value) {
      EXPECT_GE(value, 0);
      EXPECT_LE(value, 1);
    }
  }
}

TEST(BoxProbability, ofNothingIsNothing) {
  const Model<double> model = test::moved_model(test::settings_of(2));
  const Distribution distribution = Distribution::of(model, 0);
  const std::vector<double> lower{-5, -0.5, 0.1, 0}, upper{-4, 0.5, 0.1, 0.5};
  const auto found = probabilities(distribution, {lower.data(), upper.data(), nullptr}, 2);
  EXPECT_EQ(found.value, (std::vector<double>{0, 0}));
  const std::vector<double> width{1, 1, 0, 0.5};
  EXPECT_EQ(probabilities(distribution, {lower.data(), nullptr, width.data()}, 2).value,
            (std::vector<double>{0, 0}));
}

TEST(BoxProbability, thatReachesOverTheLimitsCountsWhatIsWithin) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution whole = Distribution::of(model, one.output);
    std::vector<double> lower, upper;
    for (const int i : {0, 1}) {
      const auto cut = cuts_of(whole.maps(), model.box(), i, 5);
      lower.push_back(cut[1]);
      upper.push_back(cut[3]);
    }
    const Distribution cut = whole.truncated(lower.data(), upper.data());
    const std::vector<double> from{lower[0] - 1, 0.5 * (lower[1] + upper[1])};
    const std::vector<double> to{0.5 * (lower[0] + upper[0]), kNoLimit};
    const std::vector<double> inner{lower[0], from[1]}, outer{to[0], upper[1]};
    const double found = probabilities(cut, {from.data(), to.data(), nullptr}, 1).value[0];
    const double part = probabilities(whole, {inner.data(), outer.data(), nullptr}, 1).value[0];
    const double all = probabilities(whole, {lower.data(), upper.data(), nullptr}, 1).value[0];
    EXPECT_NEAR(found, part / all, 1e-12);
    const std::vector<double> width{to[0] - from[0], 100};
    EXPECT_NEAR(probabilities(cut, {from.data(), nullptr, width.data()}, 1).value[0], found, 1e-12);
  }
}

TEST(BoxProbability, underValuesGivenIsTheRatioOfDensities) {
  for (const test::QueryCase& one : test::query_cases(2)) {
    SCOPED_TRACE(one.name);
    const Model<double> model = test::moved_model(one.settings);
    const Distribution whole = Distribution::of(model, one.output);
    const double at = cuts_of(whole.maps(), model.box(), 0, 3)[1];
    const double end = cuts_of(whole.maps(), model.box(), 1, 3)[1];
    const Distribution given = whole.given(std::vector{0});
    const double below = orthants(given, Side::below, {end, at})[0];
    QueryRow row(model.box());
    row.set_point(0, whole.maps().to_box(0, at));
    const double all = test::reference_mass(model, one.output, row.query(), 24, 4);
    const double u = whole.maps().to_box(1, end);
    row.set_interval(1, whole.maps().falls(1) ? u : row.lower(1),
                     whole.maps().falls(1) ? row.upper(1) : u);
    EXPECT_NEAR(below, test::reference_mass(model, one.output, row.query(), 24, 4) / all, 1e-8);
  }
}

}  // namespace
}  // namespace finn::net
