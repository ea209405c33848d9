// The Gaussian taken apart.
#include "ops/kernels/gauss.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using OneLane = Pack<double, Scalar<false>, 1>;

double number_of_gauss(const OneLane& a) {
  double lane;
  a.store(&lane);
  return lane;
}

TEST(GaussInParts, isAMantissaTimesAPowerOfTwo) {
  for (double z = 0; z < 26; z += 0.37) {
    const Gauss<OneLane> g = gauss(OneLane(z));
    const double mantissa = number_of_gauss(g.mantissa.value());
    const double raised_power = number_of_gauss(g.raised_power);
    const double power = std::ldexp(raised_power, -SigmaRange<double>::lift);
    EXPECT_GT(mantissa, 0.39);
    EXPECT_LT(mantissa, 0.80);
    EXPECT_EQ(std::exp2(std::round(std::log2(power))), power);
    EXPECT_NEAR(mantissa * power / (std::exp(-z * z) / std::sqrt(std::acos(-1.0))), 1,
                1e-15 * (1 + z * z))
        << "at " << z;
  }
}

TEST(GaussInParts, isLoweredToANumberOrToZero) {
  const double smallest = 0x1p-900, raise = std::ldexp(1.0, SigmaRange<double>::lift);
  for (const double value : {1.0, 0x1.8p-500, 0x1p-900, 0x1.fffffffffffffp-901, 0x1p-1000, 0.0}) {
    const double expected = value < smallest ? 0 : value;
    EXPECT_EQ(number_of_gauss(lowered(OneLane(value * raise), smallest)), expected);
    EXPECT_EQ(number_of_gauss(lowered_signed(OneLane(-value * raise), smallest)), -expected);
    EXPECT_EQ(number_of_gauss(lowered<2>(OneLane(4 * value * raise), smallest)), expected);
    EXPECT_EQ(number_of_gauss(lowered_signed<-1>(OneLane(value * raise / 2), smallest)), expected);
  }
}

}  // namespace
}  // namespace finn::ops
