// The ratios of repeated integrals of erfc against their three-term recurrence.
#include "ops/kernels/repeated_erfc.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ops/kernels/compensated.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using OneLane = Pack<double, Scalar<false>, 1>;

double number_of_ratio(const Compensated<OneLane>& a) {
  double high, low;
  a.high.store(&high);
  a.low.store(&low);
  return high + low;
}

// I_3 / I_2 and I_7 / I_6 at 0, where I_k = 1 / (2^k Gamma(k/2 + 1)) (DLMF 7.18.6).
TEST(RepeatedErfc, hasItsRatiosAtZero) {
  const RatioArgument<OneLane> at = ratio_argument(OneLane(0.0));
  const auto integral = [](int k) { return std::exp2(-k) / std::tgamma(k / 2.0 + 1); };
  EXPECT_NEAR(number_of_ratio(lower_ratio(at)) / (integral(3) / integral(2)), 1, 1e-15);
  EXPECT_NEAR(number_of_ratio(upper_ratio(at)) / (integral(7) / integral(6)), 1, 1e-15);
}

TEST(RepeatedErfc, hasRatiosThatFall) {
  double lower = 1, upper = 1;
  for (double z = 0; z < 30; z += 0.5) {
    const RatioArgument<OneLane> at = ratio_argument(OneLane(z));
    EXPECT_LT(number_of_ratio(lower_ratio(at)), lower);
    EXPECT_LT(number_of_ratio(upper_ratio(at)), upper);
    lower = number_of_ratio(lower_ratio(at));
    upper = number_of_ratio(upper_ratio(at));
  }
}

}  // namespace
}  // namespace finn::ops
