#include "finn/optimisers/sgd.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace finn::net {
namespace {

// Steps on p^2 / 2 from 1, with the velocity of the paper: v' = mu v - rate grad, p += v', where
// Nesterov looks ahead by another mu v'. Here the velocity is counted in gradients, v' = -rate v.
double reference(double momentum, bool nesterov, double rate, int steps) {
  double p = 1, v = 0;
  for (int t = 0; t < steps; ++t) {
    v = momentum * v - rate * p;
    p += nesterov ? momentum * v - rate * p : v;
  }
  return p;
}

TEST(Sgd, followsItsReferenceWithAndWithoutMomentum) {
  for (const bool nesterov : {false, true}) {
    for (const double momentum : {0.0, 0.5, 0.9}) {
      Sgd<double> sgd({momentum, nesterov}, 1);
      double p = 1;
      for (int t = 1; t <= 20; ++t) {
        const double gradient = p;
        sgd.step(0.1, &gradient, &p);
        EXPECT_NEAR(p, reference(momentum, nesterov, 0.1, t), 1e-15);
      }
    }
  }
}

TEST(Sgd, convergesOnAQuadratic) {
  Sgd<double> sgd({0.9, true}, 2);
  double p[] = {3, -2};
  for (int t = 0; t < 300; ++t) {
    const double gradient[] = {p[0] - 1, 10 * (p[1] - 2)};
    sgd.step(0.05, gradient, p);
  }
  EXPECT_NEAR(p[0], 1, 1e-8);
  EXPECT_NEAR(p[1], 2, 1e-8);
}

// A velocity of ten times the gradient is no number of float here.
TEST(Sgd, inFloatTakesTheLargestGradients) {
  Sgd<float> sgd({0.9, false}, 1);
  float parameter = 1;
  const float gradient = 3e38f;
  for (int step = 0; step < 50; ++step) sgd.step(1e-40, &gradient, &parameter);
  EXPECT_NEAR(parameter, 1 - 0.03 * (10 * 50 - 90 * (1 - std::pow(0.9, 50))), 1e-4);
}

TEST(Sgd, movesAParameterByItsUnitsTimesTheVelocity) {
  Sgd<double> sgd({0.5, false}, 2);
  double p[] = {0, 0};
  const double gradient[] = {1, 1}, units[] = {1, 8};
  for (int t = 0; t < 3; ++t) sgd.step(0.1, gradient, p, units);
  EXPECT_NEAR(p[0], -0.1 * (1 + 1.5 + 1.75), 1e-15);
  EXPECT_DOUBLE_EQ(p[1], 8 * p[0]);
}

}  // namespace
}  // namespace finn::net
