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

template <int N>
double ratio_at(double z) {
  return number_of_ratio(repeated_erfc_ratio<RatioFit<N, double>>(ratio_argument(OneLane(z))));
}

// I_N / I_{N-1} at 0, where I_k = 1 / (2^k Gamma(k/2 + 1)) (DLMF 7.18.6).
TEST(RepeatedErfc, hasItsRatiosAtZero) {
  const auto integral = [](int k) { return std::exp2(-k) / std::tgamma(k / 2.0 + 1); };
  EXPECT_NEAR(ratio_at<1>(0) / (integral(1) / integral(0)), 1, 1e-15);
  EXPECT_NEAR(ratio_at<3>(0) / (integral(3) / integral(2)), 1, 1e-15);
  EXPECT_NEAR(ratio_at<5>(0) / (integral(5) / integral(4)), 1, 1e-15);
  EXPECT_NEAR(ratio_at<7>(0) / (integral(7) / integral(6)), 1, 1e-15);
}

template <int N>
void expect_falling_ratios() {
  for (double z = 0; z < 30; z += 0.5) EXPECT_LT(ratio_at<N>(z + 0.5), ratio_at<N>(z)) << N;
}

TEST(RepeatedErfc, hasRatiosThatFall) {
  expect_falling_ratios<1>();
  expect_falling_ratios<3>();
  expect_falling_ratios<5>();
  expect_falling_ratios<7>();
}

// 1 / r_{k-1} = 2 (z + k r_k), from DLMF 7.18.7, joins the fits: two steps from one to the next.
TEST(RepeatedErfc, hasFitsThatTheRecurrenceJoins) {
  const auto below = [](double z, int k, double ratio) { return 1 / (2 * (z + k * ratio)); };
  for (double z = 0; z < 30; z += 0.37) {
    EXPECT_NEAR(below(z, 2, below(z, 3, ratio_at<3>(z))) / ratio_at<1>(z), 1, 2e-15) << z;
    EXPECT_NEAR(below(z, 4, below(z, 5, ratio_at<5>(z))) / ratio_at<3>(z), 1, 2e-15) << z;
    EXPECT_NEAR(below(z, 6, below(z, 7, ratio_at<7>(z))) / ratio_at<5>(z), 1, 2e-15) << z;
  }
}

}  // namespace
}  // namespace finn::ops
