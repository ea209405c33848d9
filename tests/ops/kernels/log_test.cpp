// Logarithms on packs: against the C library. Errors are measured by tests/accuracy.
#include "ops/kernels/log.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using P = Pack<double, Scalar<false>, 1>;

double number(const P& a) {
  double lane;
  a.store(&lane);
  return lane;
}

TEST(Logarithm, agreesWithTheLibrary) {
  for (double x = 1e-300; x < 1e300; x *= 7.3) {
    EXPECT_NEAR(number(log(P(x))) / std::log(x), 1, 1e-15) << "at " << x;
  }
  for (double x = 0.5; x < 2; x += 0.001953125) {
    EXPECT_NEAR(number(log(P(x))), std::log(x), 1e-15 * std::fabs(std::log(x))) << "at " << x;
  }
}

TEST(Logarithm, ofOnePlusANumberKeepsSmallOnes) {
  for (double t = 1; t > 1e-300; t /= 11) {
    EXPECT_NEAR(number(log_of_one_plus(P(t))) / std::log1p(t), 1, 1e-15) << "at " << t;
  }
}

TEST(Logarithm, hasItsEnds) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(number(log(P(1.0))), 0);
  EXPECT_EQ(number(log(P(0.0))), -infinity);
  EXPECT_EQ(number(log(P(infinity))), infinity);
  EXPECT_TRUE(std::isnan(number(log(P(-1.0)))));
}

}  // namespace
}  // namespace finn::ops
