#include "finn/training/reference_width.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

std::vector<double> normal_values(int count) {
  core::Random random(4);
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(random.normal());
  return values;
}

TEST(ReferenceWidth, isTheWidthOfAKernelForANormalDistribution) {
  const ReferenceWidth h = reference_width(normal_values(1000), 1000, 1);
  EXPECT_NEAR(h(0), 1.06 * std::pow(1000, -0.2), 0.03);
  const ReferenceWidth in_three = reference_width(normal_values(1000), 50, 3);
  EXPECT_NEAR(in_three(0), 1.06 * std::pow(50, -1 / 7.0), 0.06);
}

TEST(ReferenceWidth, followsTheSpreadOfTheValuesAround) {
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) values.push_back(0.001 * i);
  for (int i = 0; i < 100; ++i) values.push_back(50 + i);
  const ReferenceWidth h = reference_width(values, 200, 1);
  EXPECT_NEAR(h(75) / h(0.05), 1000, 1);
  EXPECT_EQ(h(-100), h(0));
  EXPECT_EQ(h(1e6), h(149));
  EXPECT_EQ(reference_width({3}, 1, 1)(7), 0) << "one value has no spread";
  EXPECT_EQ(reference_width({3, 3, 3}, 3, 1)(3), 0);
}

// Of evenly spread rows, in the coordinates of the network.
TEST(ReferenceWidth, ofASourceIsThatOfItsRowsInEachVariable) {
  Model<double> model = test::model_of<double>(test::mixture_settings_of(2));
  const std::vector<double> rows = test::points_in(model.box(), 3000);
  ArrayRows source({rows.data(), nullptr, 3000}, 2, 1);
  const auto widths = reference_widths(model, source, 3000);
  ASSERT_EQ(widths.size(), 2u);
  // Uniform: the middle fifth is a fifth of the side, 2 sqrt(3) in standard coordinates.
  const double deviation = 0.2 * std::sqrt(3.0) / 0.2533;
  const double expected = 1.06 * std::pow(3000, -1 / 6.0) * deviation;
  for (const ReferenceWidth& h : widths) EXPECT_NEAR(h(0) / expected, 1, 0.15);
}

}  // namespace
}  // namespace finn::net
