#include "finn/networks/corner_sum.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "core/subset.hpp"

namespace finn::net {
namespace {

TEST(DifferenceOverCorners, isTheAlternatingSumWithAPlusAtTheUpperCorner) {
  // F = (1 + x)(1 + 10 y)(1 + 100 z) at the corners of the unit cube: the difference is 1000.
  const auto F = [](core::Subset v) {
    double product = 1;
    for (int i = 0, factor = 1; i < 3; ++i, factor *= 10) {
      product *= 1 + ((v >> i & 1) != 0 ? factor : 0);
    }
    return product;
  };
  EXPECT_EQ(difference_over_corners(3, core::Subset{0}, F, std::minus<>()), 1000);
}

TEST(DifferenceOverCorners, isTheValueWithoutAxes) {
  const auto F = [](core::Subset v) { return 7.0 + v; };
  EXPECT_EQ(difference_over_corners(0, core::Subset{0}, F, std::minus<>()), 7);
}

TEST(CornerSum, hasTheConditionNumberOfItsTerms) {
  EXPECT_EQ((CornerSum{0.5, 8, 0}).condition_number(), 16);
  EXPECT_EQ((CornerSum{-0.5, 8, 0}).condition_number(), 16);
  EXPECT_EQ((CornerSum{0, 0, 0}).condition_number(), 1);
}

}  // namespace
}  // namespace finn::net
