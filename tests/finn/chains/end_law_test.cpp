#include "finn/chains/end_law.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/finn/chains/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

std::vector<EndLaw> end_laws() {
  return {EndLaw::of_normal(0, 2, -3, 0.5), EndLaw::of_normal(0, 2, 9, 1),
          EndLaw::of_normal(1, test::kInfinity, 0, 2),
          EndLaw::of_normal(-test::kInfinity, 1, 3, 1)};
}

double integral_of_law(const EndLaw& law, double from, double to) {
  double sum = 0;
  test::for_each_node(30, 20, {from}, {to}, [&](const double* x, double weight) {
    sum += weight * std::exp(law.log_density(*x));
  });
  return sum;
}

TEST(EndLaw, hasADensityWithTheSharesAsItsIntegrals) {
  for (const EndLaw& law : end_laws()) {
    const double low = std::max(law.lower, -40.0), high = std::min(law.upper, 80.0);
    EXPECT_NEAR(integral_of_law(law, low, high), 1, 1e-10);
    const double x = law.is_at_upper ? law.upper - 0.7 / law.rate : law.lower + 0.7 / law.rate;
    EXPECT_NEAR(law.share(x, true), integral_of_law(law, low, x), 1e-10);
    EXPECT_NEAR(law.share(x, false), integral_of_law(law, x, high), 1e-10);
  }
}

TEST(EndLaw, hasQuantilesThatInvertItsShares) {
  for (const EndLaw& law : end_laws()) {
    for (const double p : {0.001, 0.3, 0.9}) {
      EXPECT_NEAR(law.share(law.quantile(p), true), p, 1e-12);
    }
    for (const double p : {0.0, 1.0}) EXPECT_TRUE(std::isfinite(law.quantile(p)));
    EXPECT_EQ(law.is_at_upper ? law.quantile(1) : law.quantile(0),
              law.is_at_upper ? law.upper : law.lower);
  }
}

TEST(EndLaw, endsAtItsLimits) {
  const EndLaw law = EndLaw::of_normal(0, 2, -3, 0.5);
  EXPECT_EQ(law.log_density(-1e-9), -test::kInfinity);
  EXPECT_EQ(law.log_density(2.001), -test::kInfinity);
  EXPECT_EQ(law.share(-1, true), 0);
  EXPECT_EQ(law.share(0, false), 1);
  EXPECT_EQ(law.share(2, true), 1);
  EXPECT_EQ(law.share(3, false), 0);
}

// phi(t + 10) / (1 - Phi(10)), with the ratio by the survivals of a normal.
TEST(EndLaw, isCloseToTheTailOfItsNormal) {
  const EndLaw law = EndLaw::of_normal(10, test::kInfinity, 0, 1);
  for (const double x : {10.05, 10.2}) {
    EXPECT_NEAR(law.share(x, false), test::normal_cdf(-x) / test::normal_cdf(-10), 0.03);
  }
}

}  // namespace
}  // namespace finn::net
