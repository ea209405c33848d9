#include "finn/optimisers/lbfgs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/error.hpp"
#include "tests/support/allocations.hpp"

namespace finn::net {
namespace {

// Values and gradients of a function of a few parameters, with a count.
template <class T>
class TestObjective final : public Objective<T> {
 public:
  using Function = double (*)(const std::vector<T>& p, std::vector<T>& gradient);
  TestObjective(Function function, std::vector<T> start)
      : function_(function), parameters_(std::move(start)), gradient_(parameters_.size()) {}

  T* parameters() override { return parameters_.data(); }
  Evaluation<T> evaluate() override {
    ++evaluations;
    if (evaluations == fails_at) core::fail(core::Status::ERROR_MEMORY, "memory: refused");
    return {function_(parameters_, gradient_), gradient_.data()};
  }

  const std::vector<T>& at() const { return parameters_; }
  int evaluations = 0;
  int fails_at = 0;

 private:
  Function function_;
  std::vector<T> parameters_, gradient_;
};

double rosenbrock(const std::vector<double>& p, std::vector<double>& gradient) {
  const double a = 1 - p[0], b = p[1] - p[0] * p[0];
  gradient[0] = -2 * a - 400 * p[0] * b;
  gradient[1] = 200 * b;
  return a * a + 100 * b * b;
}

template <class T>
double quadratic(const std::vector<T>& p, std::vector<T>& gradient) {
  double value = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const T factor = static_cast<T>(1 + 10 * i);
    gradient[i] = factor * (p[i] - static_cast<T>(i));
    value += 0.5 * static_cast<double>(gradient[i] * (p[i] - static_cast<T>(i)));
  }
  return value;
}

template <class T>
std::pair<Convergence, int> minimise(Lbfgs<T>& lbfgs, TestObjective<T>& objective, int steps) {
  double value = 0;
  for (int step = 1; step <= steps; ++step) {
    const Convergence convergence = lbfgs.step(objective, value);
    if (convergence != Convergence::none) return {convergence, step};
  }
  return {Convergence::none, steps};
}

LbfgsOptions gradient_only(double tolerance) { return {10, tolerance, 0}; }

TEST(Lbfgs, convergesOnRosenbrock) {
  Lbfgs<double> lbfgs(gradient_only(1e-10), 2);
  TestObjective<double> objective(rosenbrock, {-1.2, 1});
  const auto [convergence, steps] = minimise(lbfgs, objective, 100);
  EXPECT_EQ(convergence, Convergence::converged);
  EXPECT_LT(steps, 50);
  EXPECT_LT(objective.evaluations, 80);
  EXPECT_NEAR(objective.at()[0], 1, 1e-8);
  EXPECT_NEAR(objective.at()[1], 1, 1e-8);
}

template <int kExponent>
double scaled_rosenbrock(const std::vector<double>& p, std::vector<double>& gradient) {
  const double unit = std::ldexp(1, kExponent);
  const double value = rosenbrock(p, gradient);
  for (double& entry : gradient) entry *= unit;
  return unit * value;
}

TEST(Lbfgs, stepsTheSameWhateverTheUnitOfTheLoss) {
  std::vector<std::pair<int, std::vector<double>>> runs;
  for (const auto function :
       {scaled_rosenbrock<0>, scaled_rosenbrock<-40>, scaled_rosenbrock<40>}) {
    Lbfgs<double> lbfgs(gradient_only(1e-8), 2);
    TestObjective<double> objective(function, {-1.2, 1});
    const auto [convergence, steps] = minimise(lbfgs, objective, 100);
    EXPECT_EQ(convergence, Convergence::converged);
    runs.emplace_back(steps, objective.at());
  }
  for (const auto& [steps, at] : runs) {
    EXPECT_EQ(steps, runs[0].first);
    EXPECT_NEAR(at[0], runs[0].second[0], 1e-12);
    EXPECT_NEAR(at[1], runs[0].second[1], 1e-12);
  }
}

TEST(Lbfgs, convergesOnAQuadraticInFloatAndDouble) {
  Lbfgs<double> lbfgs(gradient_only(1e-9), 6);
  TestObjective<double> objective(quadratic<double>, std::vector<double>(6, 3.0));
  EXPECT_EQ(minimise(lbfgs, objective, 60).first, Convergence::converged);
  Lbfgs<float> single(gradient_only(1e-6), 6);
  TestObjective<float> rough(quadratic<float>, std::vector<float>(6, 3.0f));
  EXPECT_NE(minimise(single, rough, 60).first, Convergence::none);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(objective.at()[i], static_cast<double>(i), 1e-9);
    EXPECT_NEAR(rough.at()[i], static_cast<double>(i), 1e-4);
  }
}

// The two loops stand for a matrix: from the pairs of three steps on a quadratic the direction is
// that of BFGS, its inverse Hessian updated three times from the scaled identity.
TEST(Lbfgs, takesTheDirectionOfBfgs) {
  constexpr std::size_t n = 3;
  Lbfgs<double> lbfgs({10, 0, 0}, n);
  TestObjective<double> objective(quadratic<double>, {4, -3, 2});
  std::vector<std::vector<double>> points, gradients;
  double value = 0;
  for (int step = 0; step <= 3; ++step) {
    std::vector<double> gradient(n);
    quadratic(objective.at(), gradient);
    points.push_back(objective.at());
    gradients.push_back(gradient);
    if (step < 3) lbfgs.step(objective, value);
  }
  double H[n][n] = {};
  for (std::size_t k = 0; k < 3; ++k) {
    double s[n], y[n], sy = 0, yy = 0;
    for (std::size_t i = 0; i < n; ++i) {
      s[i] = points[k + 1][i] - points[k][i];
      y[i] = gradients[k + 1][i] - gradients[k][i];
    }
    // The scaling is that of the newest pair.
    for (std::size_t i = 0; i < n; ++i) {
      const double ns = points[3][i] - points[2][i], ny = gradients[3][i] - gradients[2][i];
      sy += ns * ny;
      yy += ny * ny;
    }
    if (k == 0) {
      for (std::size_t i = 0; i < n; ++i) H[i][i] = sy / yy;
    }
    double rho = 0, Hy[n] = {}, yHy = 0;
    for (std::size_t i = 0; i < n; ++i) rho += s[i] * y[i];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) Hy[i] += H[i][j] * y[j];
    }
    for (std::size_t i = 0; i < n; ++i) yHy += y[i] * Hy[i];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        H[i][j] += (1 + yHy / rho) * s[i] * s[j] / rho - (Hy[i] * s[j] + s[i] * Hy[j]) / rho;
      }
    }
  }
  lbfgs.step(objective, value);
  double expected[n] = {}, moved[n], ratio = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) expected[i] -= H[i][j] * gradients[3][j];
    moved[i] = objective.at()[i] - points[3][i];
  }
  ratio = moved[0] / expected[0];
  EXPECT_GT(ratio, 0);
  for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(moved[i], ratio * expected[i], 1e-9) << i;
}

TEST(Lbfgs, saysWhenRoundingHasTheLastWord) {
  const auto rough = [](const std::vector<double>& p, std::vector<double>& gradient) {
    gradient[0] = 1e-3;  // the value does not follow its gradient
    return 1 + 0 * p[0];
  };
  Lbfgs<double> lbfgs({}, 1);
  TestObjective<double> objective(rough, {0.25});
  double value = 0;
  EXPECT_EQ(lbfgs.step(objective, value), Convergence::stalled);
  EXPECT_EQ(objective.at()[0], 0.25);
}

TEST(Lbfgs, leavesTheParametersAloneWhenAnEvaluationFails) {
  for (int at = 1; at <= 4; ++at) {
    Lbfgs<double> lbfgs({}, 2);
    TestObjective<double> objective(rosenbrock, {-1.2, 1});
    objective.fails_at = at;
    double value = 0;
    std::vector<double> before = objective.at();
    try {
      for (int step = 0; step < 5; ++step) {
        before = objective.at();
        lbfgs.step(objective, value);
      }
      FAIL() << "evaluation " << at << " did not fail";
    } catch (const core::Error&) {
      EXPECT_EQ(objective.at(), before);
    }
  }
}

TEST(Lbfgs, stopsWhereTheValueIsNotFinite) {
  const auto broken = [](const std::vector<double>&, std::vector<double>&) { return HUGE_VAL; };
  Lbfgs<double> lbfgs({}, 1);
  TestObjective<double> objective(broken, {0.5});
  double value = 0;
  lbfgs.step(objective, value);
  EXPECT_TRUE(std::isinf(value));
  EXPECT_EQ(objective.at()[0], 0.5);
}

TEST(Lbfgs, allocatesNothingInAStep) {
  Lbfgs<double> lbfgs({}, 2);
  TestObjective<double> objective(rosenbrock, {-1.2, 1});
  EXPECT_EQ(test::allocations_of([&] { minimise(lbfgs, objective, 20); }), 0);
}

// -x: there is no curvature, and differences of parameters leave the numbers of float.
TEST(Lbfgs, leavesNoNumberThatIsNotFiniteInItsState) {
  const auto fall = [](const std::vector<float>& p, std::vector<float>& gradient) {
    gradient[0] = -3e38f;
    return -1e-30 * static_cast<double>(p[0]);
  };
  Lbfgs<float> lbfgs({2, 0, 0}, 1);
  TestObjective<float> objective(fall, {-3e38f});
  double value = 0;
  for (int step = 0; step < 4; ++step) lbfgs.step(objective, value);
  lbfgs.visit_state([](const auto* values, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) EXPECT_TRUE(std::isfinite(double(values[i])));
  });
}

}  // namespace
}  // namespace finn::net
