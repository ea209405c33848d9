#include "finn/training/interval_nodes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/data/interval_row.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class Nodes : public testing::Test {
 protected:
  // Sides of 2 have a deviation of 2 / sqrt(12) = 0.577: narrow is below 0.018.
  Nodes() : model_(test::model_of<double>(settings())), reader_(model_.region()) {}

  static ModelSettings settings() {
    ModelSettings settings = test::settings_of(3);
    settings.box = test::box_of({-1, -1, -1}, {1, 1, 1});
    return settings;
  }

  const IntervalNodes& of(const std::vector<double>& x, const std::vector<double>& y) {
    nodes_.set(model_, reader_, x.data(), y.data(), static_cast<std::int64_t>(x.size() / 3));
    return nodes_;
  }

  const Model<double> model_;
  const IntervalReader reader_;
  IntervalNodes nodes_;
};

TEST_F(Nodes, areThePointThatIsKnown) {
  const IntervalNodes& nodes = of({0.1, 0.2, 0.3}, {0.1, 0.2, 0.3});
  ASSERT_EQ(nodes.count(), 1);
  EXPECT_EQ(nodes.groups()[0].directions, 7U);
  EXPECT_EQ(nodes.points(), (std::vector<double>{0.1, 0.2, 0.3}));
  EXPECT_FALSE(nodes.rows()[0].has_corners);
  EXPECT_EQ(nodes.rows()[0].weight(0), 1);
}

TEST_F(Nodes, areTheCornersOfWideIntervalsBetweenWhichFIsDifferenced) {
  const IntervalNodes& nodes = of({0.1, 0.2, -0.5}, {0.6, 0.2, 3});
  ASSERT_EQ(nodes.count(), 4);
  EXPECT_EQ(nodes.groups()[0].directions, 2U);
  EXPECT_EQ(nodes.points(),
            (std::vector<double>{0.1, 0.2, -0.5, 0.6, 0.2, -0.5, 0.1, 0.2, 1, 0.6, 0.2, 1}));
  const IntervalNodes::Row& row = nodes.rows()[0];
  EXPECT_TRUE(row.has_corners);
  const double values[] = {1, 10, 100, 1000};
  EXPECT_EQ(row.sum(values), 1000 - 100 - (10 - 1));
  const double weights[] = {row.weight(0), row.weight(1), row.weight(2), row.weight(3)};
  EXPECT_EQ(weights[0], 1);
  EXPECT_EQ(weights[1], -1);
  EXPECT_EQ(weights[2], -1);
  EXPECT_EQ(weights[3], 1);
}

// Two nodes integrate polynomials of the third degree.
TEST_F(Nodes, ofNarrowIntervalsAreThoseOfQuadrature) {
  const IntervalNodes& nodes = of({0.1, 0.2, -0.5}, {0.11, 0.2, 0.5});
  ASSERT_EQ(nodes.count(), 4);
  EXPECT_EQ(nodes.groups()[0].directions, 3U);
  std::vector<double> values;
  const auto cube = [](double x) { return 1 + x + x * x + x * x * x; };
  for (std::size_t v = 0; v < 4; ++v) {
    values.push_back(cube(nodes.points()[3 * v]) * nodes.points()[3 * v + 2]);
  }
  const auto integral = [](double x) { return x + x * x / 2 + x * x * x / 3 + x * x * x * x / 4; };
  const IntervalNodes::Row& row = nodes.rows()[0];
  EXPECT_NEAR(row.sum(values.data()), integral(0.11) - integral(0.1), 1e-15);
  double sum = 0;
  for (std::size_t v = 0; v < 4; ++v) {
    sum += row.weight(static_cast<std::int64_t>(v)) * values[v];
  }
  EXPECT_NEAR(sum, row.sum(values.data()), 1e-15);
}

TEST_F(Nodes, ofRowsWithTheSameKnownVariablesStandTogether) {
  const IntervalNodes& nodes = of({0.1, 0.2, 0.3, -0.5, 0.2, 0.3, 0.4, 0.5, 0.6},
                                  {0.1, 0.2, 0.3, 0.5, 0.2, 0.3, 0.4, 0.5, 0.6});
  ASSERT_EQ(nodes.groups().size(), 2U);
  EXPECT_EQ(nodes.groups()[0].directions, 6U);
  EXPECT_EQ(nodes.groups()[0].count, 2);
  EXPECT_EQ(nodes.groups()[1].directions, 7U);
  EXPECT_EQ(nodes.groups()[1].first, 2);
  EXPECT_EQ(nodes.groups()[1].count, 2);
  EXPECT_EQ(nodes.rows()[0].first, 2);
  EXPECT_EQ(nodes.rows()[1].first, 0);
  EXPECT_EQ(nodes.rows()[2].first, 3);
  EXPECT_EQ(nodes.points()[9], 0.4);
}

}  // namespace
}  // namespace finn::net
