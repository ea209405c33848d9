#include "finn/optimisers/adam.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace finn::net {
namespace {

// Algorithm 1 of the paper, line by line, for one parameter: the naive reference.
class PaperAdam {
 public:
  double step(double rate, double gradient, double parameter) {
    ++t_;
    m_ = 0.9 * m_ + 0.1 * gradient;
    v_ = 0.999 * v_ + 0.001 * gradient * gradient;
    const double m_hat = m_ / (1 - std::pow(0.9, t_));
    const double v_hat = v_ / (1 - std::pow(0.999, t_));
    return parameter - rate * m_hat / (std::sqrt(v_hat) + 1e-8);
  }

 private:
  int t_ = 0;
  double m_ = 0, v_ = 0;
};

TEST(Adam, followsThePaper) {
  Adam<double> adam(AdamOptions{}, 2);
  PaperAdam first, second;
  double parameters[] = {1.0, -2.0};
  double expected[] = {1.0, -2.0};
  for (int step = 0; step < 50; ++step) {
    const double gradient[] = {2 * parameters[0], 0.3 * parameters[1] - 1};
    expected[0] = first.step(0.05, gradient[0], expected[0]);
    expected[1] = second.step(0.05, gradient[1], expected[1]);
    adam.step(0.05, gradient, parameters);
    EXPECT_NEAR(parameters[0], expected[0], 1e-14);
    EXPECT_NEAR(parameters[1], expected[1], 1e-14);
  }
}

TEST(Adam, stepsByTheLearningRateAtFirst) {
  Adam<float> adam(AdamOptions{}, 1);
  std::vector<float> parameters = {0};
  const std::vector<float> gradient = {-1000};
  adam.step(0.01, gradient.data(), parameters.data());
  EXPECT_NEAR(parameters[0], 0.01f, 1e-7f);
}

TEST(Adam, leavesAParameterWithoutGradientAlone) {
  Adam<double> adam(AdamOptions{}, 1);
  std::vector<double> parameters = {3};
  const std::vector<double> gradient = {0};
  adam.step(0.01, gradient.data(), parameters.data());
  EXPECT_EQ(parameters[0], 3);
}

// Squares of gradients of 1e30 are no numbers of float, and 1e-50 is none either.
TEST(Adam, inFloatStepsAsInDoubleWhateverTheSizeOfTheGradient) {
  for (const float size : {1e-30f, 1.0f, 1e30f}) {
    Adam<float> single({0.9, 0.999, 1e-50}, 2);
    Adam<double> exact({0.9, 0.999, 1e-50}, 2);
    float parameters[] = {0, 3};
    double expected[] = {0, 3};
    for (int step = 1; step <= 20; ++step) {
      const float gradient[] = {size * static_cast<float>(step % 3), 0};
      const double same[] = {gradient[0], 0};
      single.step(0.01, gradient, parameters);
      exact.step(0.01, same, expected);
      EXPECT_NEAR(parameters[0], expected[0], 1e-6) << size;
    }
    EXPECT_EQ(parameters[1], 3) << "no gradient, no step";
    EXPECT_LT(parameters[0], -0.05f);
    EXPECT_TRUE(single.is_valid());
  }
}

// The parameter is a length: in metres without units, in millimetres counted in metres.
TEST(Adam, movesAParameterThatIsCountedInUnitsAsItsNumberOfThem) {
  Adam<double> plain(AdamOptions{}, 1), counted(AdamOptions{}, 1);
  double metres = 1, millimetres = 1000;
  const double unit = 1000;
  for (int step = 0; step < 20; ++step) {
    const double gradient = 2 * metres - 1;
    plain.step(0.1, &gradient, &metres);
    counted.step(0.1, &gradient, &millimetres, &unit);
    EXPECT_NEAR(millimetres, 1000 * metres, 1e-9);
  }
}

}  // namespace
}  // namespace finn::net
