#include "finn/training/random_place.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Of a bin, a number that is known and one that is later than another.
TEST(RandomPlace, isOneInTheIntervalsThatHaveTwoEnds) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  const Box box = test::box_of({0, 0, 0}, {1, 1, 1});
  const Region region{box, nullptr};
  const IntervalReader reader(region);
  core::Random random(1);
  constexpr int rows = 4000;
  int drawn = 0;
  double sum = 0;
  for (int row = 0; row < rows; ++row) {
    double lower[] = {0.25, 0.5, 0.75}, upper[] = {0.75, 0.5, endless};
    take_random_place(reader, 3, random, lower, upper);
    EXPECT_EQ(lower[1], 0.5);
    EXPECT_EQ(upper[1], 0.5);
    EXPECT_EQ(lower[2], 0.75);
    EXPECT_EQ(upper[2], endless);
    if (lower[0] != upper[0]) {
      EXPECT_EQ(lower[0], 0.25);
      EXPECT_EQ(upper[0], 0.75);
      continue;
    }
    EXPECT_GE(lower[0], 0.25);
    EXPECT_LE(lower[0], 0.75);
    ++drawn;
    sum += lower[0];
  }
  EXPECT_NEAR(drawn, kRandomPlaces * rows, 4 * std::sqrt(kRandomPlaces * rows));
  EXPECT_NEAR(sum / drawn, 0.5, 4 * 0.5 / std::sqrt(12.0 * drawn));
}

}  // namespace
}  // namespace finn::net
