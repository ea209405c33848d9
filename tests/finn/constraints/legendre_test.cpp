#include "finn/constraints/legendre.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

// An interval about 0, one away from it, and one far from it.
constexpr std::pair<double, double> kIntervals[] = {{-1, 1}, {0.5, 2.5}, {1000, 1001}};

TEST(LegendreSeries, ofAMonomialIsThatPowerWithItsDerivativeAndIntegral) {
  for (const auto& [lower, upper] : kIntervals) {
    for (int power = 0; power <= kMaxDegree; ++power) {
      const LegendreSeries series = monomial(lower, upper, power);
      const double size = std::pow(std::fmax(std::fabs(lower), std::fabs(upper)), power);
      for (const double share : {0.0, 0.3, 0.5, 0.9, 1.0}) {
        const double x = lower + share * (upper - lower);
        EXPECT_NEAR(series.value(x), std::pow(x, power), 2e-14 * size);
        EXPECT_NEAR(series.slope(x), power == 0 ? 0 : power * std::pow(x, power - 1),
                    2e-12 * size / (upper - lower));
        double derivative = 1;
        for (int order = 0; order <= power + 1; ++order) {
          const double expected = derivative * std::pow(x, std::max(power - order, 0));
          const double unit = size * std::pow(power * power / (upper - lower), order);
          EXPECT_NEAR(series.derivative(order, x), expected, 1e-12 * (unit + 1));
          derivative *= power - order;
        }
        double integral = 0;
        for (const auto& node : test::gauss_legendre(8, lower, x)) {
          integral += node.weight * std::pow(node.at, power);
        }
        EXPECT_NEAR(series.primitive(x), integral, 2e-14 * size * (upper - lower));
      }
    }
  }
}

TEST(LegendreSeries, hasThePrimitiveZeroAtItsLowerEnd) {
  for (const auto& [lower, upper] : kIntervals) {
    for (int power = 0; power <= kMaxDegree; ++power) {
      EXPECT_EQ(monomial(lower, upper, power).primitive(lower), 0);
    }
  }
}

TEST(LegendreSeries, areOrthogonalWithTheirNorms) {
  for (int p = 0; p <= kMaxDegree; ++p) {
    const LegendreSeries a = legendre_polynomial(0.5, 2.5, p);
    for (int q = 0; q <= kMaxDegree; ++q) {
      const LegendreSeries b = legendre_polynomial(0.5, 2.5, q);
      const double expected = p == q ? 2.0 / (2 * p + 1) : 0;
      EXPECT_NEAR(inner_product(a, b, 0.5, 2.5), expected, 1e-15);
    }
    EXPECT_NEAR(a.norm() * a.norm(), 2.0 / (2 * p + 1), 1e-15);
  }
}

TEST(LegendreSeries, areSumsOfPowers) {
  for (int degree = 0; degree <= kMaxDegree; ++degree) {
    const LegendreSeries series = legendre_polynomial(0.5, 2.5, degree);
    const auto powers = powers_of_legendre(0.5, 2.5, degree);
    for (const double x : {0.5, 1.0, 1.7, 2.5}) {
      double sum = 0, size = 0;
      for (int q = 0; q <= kMaxDegree; ++q) {
        const double term = powers[static_cast<std::size_t>(q)] * std::pow(x, q);
        sum += term;
        size += std::fabs(term);
      }
      EXPECT_NEAR(series.value(x), sum, 1e-14 * size);
    }
  }
}

TEST(LegendreSeries, aboutZeroHaveOnlyPowersOfTheirParity) {
  for (int degree = 0; degree <= kMaxDegree; ++degree) {
    const auto powers = powers_of_legendre(-2, 2, degree);
    for (int q = 0; q <= kMaxDegree; ++q) {
      if ((q + degree) % 2 == 0) continue;
      EXPECT_EQ(powers[static_cast<std::size_t>(q)], 0);
    }
  }
}

TEST(GaussRule, isExactForPolynomialsUpToTwiceItsLength) {
  for (const int count : {1, 2, 5, 9, 16}) {
    const GaussRule rule = gauss_rule(count);
    for (int power = 0; power < 2 * count; ++power) {
      double sum = 0;
      for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        sum += rule.weights[i] * std::pow(rule.nodes[i], power);
      }
      EXPECT_NEAR(sum, power % 2 == 0 ? 2.0 / (power + 1) : 0.0, 1e-15) << count << ", " << power;
    }
  }
}

}  // namespace
}  // namespace finn::net
