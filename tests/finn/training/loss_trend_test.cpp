#include "finn/training/loss_trend.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"

namespace finn::net {
namespace {

// exp(-rate t) at t = 0 .. 1, with noise of a size.
std::vector<double> falling(std::size_t steps, double rate, double noise = 0) {
  core::Random random(5);
  std::vector<double> losses;
  for (std::size_t i = 0; i < steps; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(steps);
    losses.push_back(std::exp(-rate * t) + random.uniform(-noise, noise));
  }
  return losses;
}

TEST(LossTrend, ofNoStepsIsNone) {
  EXPECT_TRUE(std::isnan(smoothed_end({})));
  EXPECT_EQ(gain_of({}), 0);
  EXPECT_FALSE(still_falls({}));
}

TEST(LossTrend, endsAtTheMeanOfTheLastHundredSteps) {
  std::vector<double> losses(150, 1.0);
  losses.back() = 101;
  EXPECT_NEAR(smoothed_end(losses), 2, 1e-12);
  EXPECT_NEAR(smoothed_end(std::vector<double>{1, 3}), 2, 1e-12);
  EXPECT_EQ(smoothed_end(std::vector<double>{7}), 7);
}

TEST(LossTrend, gainsFromTheFirstStepToTheEnd) {
  EXPECT_NEAR(gain_of(falling(10000, 100)), 1, 1e-12);
  EXPECT_EQ(gain_of(std::vector<double>{1, 2, 3}), 0) << "a rise is no gain";
}

TEST(LossTrend, stillFallsWhereTheEndIsSteep) {
  EXPECT_TRUE(still_falls(falling(1000, 1)));
  EXPECT_TRUE(still_falls(falling(30, 1)));
  EXPECT_TRUE(still_falls(falling(1000, 1, 0.1)));
}

TEST(LossTrend, doesNotFallWhereTheEndIsFlat) {
  EXPECT_FALSE(still_falls(falling(1000, 20))) << "less than a hundredth of the whole fall";
  EXPECT_FALSE(still_falls(falling(1000, 20, 0.1)));
  EXPECT_FALSE(still_falls(std::vector<double>(1000, 1.0)));
}

TEST(LossTrend, doesNotFallWithinItsNoise) { EXPECT_FALSE(still_falls(falling(200, 1, 2))); }

TEST(LossTrend, ofLessThanThirtyStepsShowsNoFall) { EXPECT_FALSE(still_falls(falling(29, 1))); }

}  // namespace
}  // namespace finn::net
