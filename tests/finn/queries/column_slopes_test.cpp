#include "finn/queries/column_slopes.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/domains.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Of a line and a box, of which the box is given, with two conditions: columns x_0, x_1, c_0, c_1.
TEST(ColumnSlopes, takeEachColumnToItsVariableThroughTheMap) {
  const auto domain =
      product_domain({line_domain(0, 2, Tail::gaussian), box_domain(test::skew_box(1))});
  const auto settings =
      test::conditioned_by_film(test::on_domain(test::mixture_settings_of(2), domain));
  const int second[] = {1};
  const Distribution of = Distribution::of(test::model_of<double>(settings), 0).given(second);
  MassSlopes part, whole;
  part.points = {3, 5};
  whole.points = {1, 2};
  part.conditions = {7, 11};
  whole.conditions = {1, 1};
  const double row[] = {0.5, 0.25, 2, 1};
  double gradient[] = {100, 100, 100, 100};
  add_column_slopes(of, row, {0, 4}, 2, part, whole, gradient);
  const double density = std::exp(-0.5 * 0.25 * 0.25) / (2 * std::sqrt(2 * std::acos(-1.0)));
  EXPECT_NEAR(gradient[0], 100 + 2 * 2 * density, 1e-12);
  EXPECT_DOUBLE_EQ(gradient[1], 100 + 2 * 3);
  EXPECT_DOUBLE_EQ(gradient[2], 100 + 2 * 6);
  EXPECT_DOUBLE_EQ(gradient[3], 100 + 2 * 10);
}

TEST(ColumnSlopes, keepToTheirRange) {
  const Distribution of = Distribution::of(
      test::model_of<double>(test::conditioned_by_film(test::mixture_settings_of(2))), 0);
  MassSlopes part, whole;
  part.points = {3, 5};
  part.conditions = {7, 11};
  const double row[] = {0.1, 0.2, 2, 1};
  double gradient[] = {0, 0, 0, 0};
  add_column_slopes(of, row, {1, 3}, 1, part, whole, gradient);
  EXPECT_EQ(gradient[0], 0);
  EXPECT_EQ(gradient[1], 5);
  EXPECT_EQ(gradient[2], 7);
  EXPECT_EQ(gradient[3], 0);
}

}  // namespace
}  // namespace finn::net
