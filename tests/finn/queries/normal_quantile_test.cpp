#include "finn/queries/normal_quantile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/random.hpp"

namespace finn::net {
namespace {

constexpr long double kRootOf2 = std::numbers::sqrt2_v<long double>;

// P(N <= x) and the density, with more digits than a double has where the platform has them.
long double normal_cdf(long double x) { return std::erfc(-x / kRootOf2) / 2; }
long double normal_density(long double x) {
  return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi_v<long double>);
}

// By how much a quantile is missed, from the residual of its cdf.
double missed(double p, double x) {
  return static_cast<double>((normal_cdf(x) - static_cast<long double>(p)) / normal_density(x));
}

TEST(NormalQuantile, isMissedByAtMostNineRoundoffsFromEndToEnd) {
  constexpr double roundoff = 0.5 * std::numeric_limits<double>::epsilon();
  for (int k = 0; k <= 3000; ++k) {
    const double p = 0.5 * std::pow(10, -0.1 * k);
    const double x = normal_quantile(p);
    EXPECT_LE(std::fabs(missed(p, x)), 9 * roundoff * std::max(-x, 0.01)) << p;
  }
  core::Random random(3);
  for (int k = 0; k < 3000; ++k) {
    const double p = random.uniform(1e-3, 0.5);
    const double x = normal_quantile(p);
    EXPECT_LE(std::fabs(missed(p, x)), 9 * roundoff * std::max(-x, 0.01)) << p;
  }
}

TEST(NormalQuantile, isOdd) {
  EXPECT_EQ(normal_quantile(0.5), 0);
  for (const double p : {0.0625, 0.25, 0.46875, 0x1p-30}) {
    EXPECT_EQ(normal_quantile(1 - p), -normal_quantile(p));
  }
}

TEST(NormalQuantile, growsFromNumberToNumberAcrossItsRanges) {
  for (const double edge : {0.075, 0.925, std::exp(-25.0)}) {
    double p = edge * (1 - 1e-14);
    for (double next = p; next < edge * (1 + 1e-14); p = next) {
      next = std::nextafter(p, 1);
      EXPECT_GE(normal_quantile(next), normal_quantile(p) - 1e-15 * std::fabs(normal_quantile(p)));
    }
  }
}

// The share of the density exp(-z^2) of [lower, upper] that lies below z.
double share_below(double lower, double upper, double z) {
  const bool mirrored = lower + upper > 0;
  const long double a = mirrored ? -upper : lower, b = mirrored ? -lower : upper;
  const long double at = mirrored ? -z : z;
  const auto cdf = [](long double x) { return std::erfc(-x) / 2; };
  const auto share = static_cast<double>((cdf(at) - cdf(a)) / (cdf(b) - cdf(a)));
  return mirrored ? 1 - share : share;
}

TEST(TruncatedNormalQuantile, hasItsShareBelow) {
  const double limits[][2] = {{-1, 2},  {-30, 0.5}, {-0.5, 30}, {3, 4},
                              {-4, -3}, {8, 8.5},   {-25, -20}};
  for (const auto& [lower, upper] : limits) {
    for (const double u : {1e-6, 0.1, 0.5, 0.77, 1 - 1e-6}) {
      const double z = truncated_normal_quantile(lower, upper, u);
      EXPECT_GE(z, lower);
      EXPECT_LE(z, upper);
      EXPECT_NEAR(share_below(lower, upper, z), u, 1e-11) << lower << " " << upper;
    }
  }
}

// exp(-z^2) falls like exp(-2 |edge| (z - edge)) there, cut to the interval.
TEST(TruncatedNormalQuantile, isThatOfAnExponentialDensityWhereTheNormalUnderflows) {
  for (const double edge : {30.0, 1e3, 1e6}) {
    const double rate = 2 * edge;
    for (const double lengths : {1e-2, 1.0, 3.0, 60.0}) {
      const double width = lengths / rate;
      for (const double u : {0.01, 0.3, 0.5, 0.9, 0.999}) {
        const double share = -std::expm1(-lengths);
        const double expected = -std::log1p(-u * share) / rate;
        const double right = truncated_normal_quantile(edge, edge + width, u);
        EXPECT_NEAR((right - edge) * rate, expected * rate, 4e-3 * expected * rate + 1e-3)
            << edge << ", " << lengths << " lengths, share " << u;
        EXPECT_EQ(truncated_normal_quantile(-edge - width, -edge, 1 - u),
                  -truncated_normal_quantile(edge, edge + width, 1 - (1 - u)));
      }
    }
  }
}

}  // namespace
}  // namespace finn::net
