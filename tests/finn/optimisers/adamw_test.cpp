#include "finn/optimisers/adamw.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/optimisers/adam.hpp"

namespace finn::net {
namespace {

// Algorithm 2 of the paper with schedule multiplier 1, line by line, for one parameter; epsilon is
// relative.
class PaperAdamW {
 public:
  double step(double rate, double decay, double gradient, double parameter) {
    ++t_;
    m_ = 0.9 * m_ + 0.1 * gradient;
    v_ = 0.999 * v_ + 0.001 * gradient * gradient;
    const double m_hat = m_ / (1 - std::pow(0.9, t_));
    const double v_hat = v_ / (1 - std::pow(0.999, t_));
    return parameter - rate * m_hat / (std::sqrt(v_hat) * (1 + 1e-8)) - rate * decay * parameter;
  }

 private:
  int t_ = 0;
  double m_ = 0, v_ = 0;
};

TEST(AdamW, followsThePaper) {
  AdamW<double> adamw({AdamOptions{}, 0.2}, 1);
  PaperAdamW reference;
  double parameter = 1.5, expected = 1.5;
  for (int step = 0; step < 50; ++step) {
    const double gradient = 2 * parameter - 1;
    expected = reference.step(0.05, 0.2, gradient, expected);
    adamw.step(0.05, &gradient, &parameter);
    EXPECT_NEAR(parameter, expected, 1e-14);
  }
}

TEST(AdamW, shrinksAParameterWithoutGradient) {
  AdamW<double> adamw({AdamOptions{}, 0.5}, 1);
  double parameter = 8;
  const double gradient = 0;
  for (int step = 0; step < 3; ++step) adamw.step(1, &gradient, &parameter);
  EXPECT_EQ(parameter, 1);
}

TEST(AdamW, isAdamWithoutDecay) {
  AdamW<double> adamw({AdamOptions{}, 0}, 1);
  Adam<double> adam(AdamOptions{}, 1);
  double a = 1, b = 1;
  for (int step = 0; step < 10; ++step) {
    const double gradient = a;
    adamw.step(0.1, &gradient, &a);
    adam.step(0.1, &gradient, &b);
    EXPECT_EQ(a, b);
  }
}

TEST(AdamW, stepsInUnitsAsAdamDoes) {
  AdamW<double> adamw({AdamOptions{}, 0}, 1);
  Adam<double> adam(AdamOptions{}, 1);
  double a = 1, b = 1;
  const double unit = 0.25, gradient = 3;
  adamw.step(0.1, &gradient, &a, &unit);
  adam.step(0.1, &gradient, &b, &unit);
  EXPECT_EQ(a, b);
  EXPECT_NEAR(a, 1 - 0.25 * 0.1, 1e-8);
}

TEST(AdamW, stepsTheSameWhateverTheUnitOfTheLoss) {
  const auto moved = [](double unit) {
    AdamW<double> adamw({AdamOptions{}, 0.2}, 1);
    double parameter = 1.5;
    for (int step = 0; step < 50; ++step) {
      const double gradient = unit * (2 * parameter - 1);
      adamw.step(0.05, &gradient, &parameter);
    }
    return parameter;
  };
  for (const double unit : {1e-12, 1e12}) EXPECT_NEAR(moved(unit), moved(1), 1e-13) << unit;
}

}  // namespace
}  // namespace finn::net
