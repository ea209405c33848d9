// Logarithms on packs: against the C library. Errors are measured by tests/accuracy.
#include "ops/kernels/log.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using OneLane = Pack<double, Scalar<false>, 1>;

double number_of_log(const OneLane& a) {
  double lane;
  a.store(&lane);
  return lane;
}

TEST(Logarithm, agreesWithTheLibrary) {
  for (double x = 1e-300; x < 1e300; x *= 7.3) {
    EXPECT_NEAR(number_of_log(log(OneLane(x))) / std::log(x), 1, 1e-15) << "at " << x;
  }
  for (double x = 0.5; x < 2; x += 0.001953125) {
    EXPECT_NEAR(number_of_log(log(OneLane(x))), std::log(x), 1e-15 * std::fabs(std::log(x)))
        << "at " << x;
  }
}

TEST(Logarithm, ofOnePlusANumberKeepsSmallOnes) {
  for (double t = 1; t > 1e-300; t /= 11) {
    EXPECT_NEAR(number_of_log(log_of_one_plus(OneLane(t))) / std::log1p(t), 1, 1e-15) << "at " << t;
  }
}

TEST(Logarithm, hasItsEnds) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(number_of_log(log(OneLane(1.0))), 0);
  EXPECT_EQ(number_of_log(log(OneLane(0.0))), -infinity);
  EXPECT_EQ(number_of_log(log(OneLane(infinity))), infinity);
  EXPECT_TRUE(std::isnan(number_of_log(log(OneLane(-1.0)))));
}

}  // namespace
}  // namespace finn::ops
