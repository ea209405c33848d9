#include "finn/optimisers/adam.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace finn::net {
namespace {

// Algorithm 1 of the paper, line by line, with an epsilon that is relative: the naive reference.
class PaperAdam {
 public:
  explicit PaperAdam(std::size_t size) : m_(size), v_(size) {}

  void step(double rate, double epsilon, const double* gradient, double* parameters) {
    ++t_;
    double squares = 0;
    for (std::size_t i = 0; i < m_.size(); ++i) {
      m_[i] = 0.9 * m_[i] + 0.1 * gradient[i];
      v_[i] = 0.999 * v_[i] + 0.001 * gradient[i] * gradient[i];
      squares += v_[i] / (1 - std::pow(0.999, t_));
    }
    const double rms = std::sqrt(squares / static_cast<double>(m_.size()));
    for (std::size_t i = 0; i < m_.size(); ++i) {
      const double m_hat = m_[i] / (1 - std::pow(0.9, t_));
      const double v_hat = v_[i] / (1 - std::pow(0.999, t_));
      parameters[i] -= rate * m_hat / (std::sqrt(v_hat) + epsilon * rms);
    }
  }

 private:
  int t_ = 0;
  std::vector<double> m_, v_;
};

TEST(Adam, followsThePaperWithARelativeEpsilon) {
  constexpr double kEpsilon = 0.1;  // large enough to be seen
  Adam<double> adam({0.9, 0.999, kEpsilon}, 2);
  PaperAdam reference(2);
  double parameters[] = {1.0, -2.0};
  double expected[] = {1.0, -2.0};
  for (int step = 0; step < 50; ++step) {
    const double gradient[] = {2 * parameters[0], 0.3 * parameters[1] - 1};
    reference.step(0.05, kEpsilon, gradient, expected);
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

// Parameters after 30 steps on 2 p_0^2 + (p_1 - 1)^2 / 2 times a unit.
template <class T, class Optimiser>
std::vector<T> moved_by(Optimiser optimiser, double unit) {
  std::vector<T> parameters = {1, -2};
  for (int step = 0; step < 30; ++step) {
    const T gradient[] = {static_cast<T>(unit * 4 * double{parameters[0]}),
                          static_cast<T>(unit * (double{parameters[1]} - 1))};
    optimiser.step(0.05, gradient, parameters.data());
  }
  return parameters;
}

template <class T>
void expect_same_steps_in_any_unit(double tolerance) {
  const AdamOptions options{0.9, 0.999, 0.01};
  const std::vector<T> expected = moved_by<T>(Adam<T>(options, 2), 1);
  for (const double unit : {1e-30, 1e-12, 1e-6, 1e6, 1e12, 1e30}) {
    const std::vector<T> moved = moved_by<T>(Adam<T>(options, 2), unit);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(moved[i], expected[i], tolerance) << unit;
  }
}

TEST(Adam, stepsTheSameWhateverTheUnitOfTheLoss) {
  expect_same_steps_in_any_unit<double>(1e-13);
  expect_same_steps_in_any_unit<float>(1e-5);
}

TEST(Adam, movesNothingWhereEveryGradientIs0OrHardlyANumber) {
  for (const double size : {0.0, 1e-300, 1e-165}) {
    Adam<double> adam(AdamOptions{}, 2);
    double parameters[] = {3, -1};
    for (int step = 0; step < 3; ++step) {
      const double gradient[] = {size, -size};
      adam.step(0.01, gradient, parameters);
    }
    EXPECT_NEAR(parameters[0], 3, 1e-15) << size;
    EXPECT_NEAR(parameters[1], -1, 1e-15) << size;
  }
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
