#include "finn/domains/differences.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

template <class Function>
double slope(const Stencil& stencil, Function&& function) {
  double sum = 0;
  for (int k = 0; k < kNodes; ++k) sum += stencil.weight(k) * function(stencil.node(k));
  return sum;
}

TEST(Stencil, isExactForPolynomialsOfDegreeFour) {
  for (const double u : {0.0, 1e-4, 0.3, 0.9999, 1.0}) {
    const double found = slope(Stencil(0, 1, u), [](double t) { return t * t * t * t - 2 * t; });
    EXPECT_NEAR(found, 4 * u * u * u - 2, 1e-11) << u;
  }
}

TEST(Stencil, keepsItsNodesInsideTheInterval) {
  for (const double u : {-3.0, -2.999, 0.0, 4.999, 5.0}) {
    const Stencil stencil(-3, 5, u);
    for (int k = 0; k < kNodes; ++k) {
      EXPECT_GE(stencil.node(k), -3) << u;
      EXPECT_LE(stencil.node(k), 5) << u;
    }
  }
}

TEST(Stencil, isAccurateForASmoothFunction) {
  for (const double u : {0.0, 0.4, 2.0}) {
    const double found = slope(Stencil(0, 2, u), [](double t) { return std::sin(3 * t); });
    EXPECT_NEAR(found, 3 * std::cos(3 * u), 1e-8) << u;
  }
}

}  // namespace
}  // namespace finn::net
