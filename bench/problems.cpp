#include "bench/problems.hpp"

#include <cmath>
#include <numbers>

namespace finn::bench {
namespace {

using std::numbers::pi;

double square(double x) { return x * x; }

// Fig. 1 of R. Kortvelesy, arXiv 2307.14439: the best non-negative f with integral epsilon is
// max(g - lambda, 0); its mean squared error follows from lambda.
Problem figure_1(double epsilon, double least_error) {
  const auto g = [](const double* x) {
    return (std::exp(-0.5 * (square(x[0] - 1) + square(x[1] - 1))) +
            std::exp(-0.5 * (square(x[0] + 2) + square(x[1])))) /
           (2 * pi);
  };
  return {"fig1-" + std::to_string(static_cast<int>(epsilon)),
          {-3, -3},
          {3, 3},
          epsilon,
          g,
          {},
          least_error,
          "error / least"};
}

// Two normal densities of deviation 0.6 in the cube [-2, 2]^3, which has 1.9250 of their mass.
Problem bumps() {
  const auto g = [](const double* x) {
    const double a = square(x[0] - 0.7) + square(x[1] - 0.7) + square(x[2] - 0.7);
    const double b = square(x[0] + 0.8) + square(x[1] - 0.2) + square(x[2] + 0.5);
    return (std::exp(-a / 0.72) + std::exp(-b / 0.72)) / std::pow(2 * pi * 0.36, 1.5);
  };
  return {"bumps", {-2, -2, -2}, {2, 2, 2}, 1.9250, g, {}, 0, "error / mean square"};
}

Problem correlated(double rho) {
  const double determinant = 1 - rho * rho;
  const auto g = [=](const double* x) {
    const double form = square(x[0]) - 2 * rho * x[0] * x[1] + square(x[1]);
    return std::exp(-0.5 * form / determinant) / (2 * pi * std::sqrt(determinant));
  };
  // The mass in the box, by the midpoint rule.
  constexpr int kPoints = 600;
  double mass = 0;
  for (int i = 0; i < kPoints * kPoints; ++i) {
    const double x[] = {-3 + 6 * (i % kPoints + 0.5) / kPoints,
                        -3 + 6 * (i / kPoints + 0.5) / kPoints};
    mass += g(x) * square(6.0 / kPoints);
  }
  return {rho > 0 ? "rho+0.9" : "rho-0.9", {-3, -3}, {3, 3}, mass, g, {}, 0, "relative L2"};
}

// The toy densities of the literature on flows.
Problem eight_gaussians() {
  constexpr double kScale = 1.414;
  constexpr double kDeviation = 0.5 / kScale;
  const auto centre = [](int k, int axis) {
    return 4 / kScale * (axis == 0 ? std::cos(k * pi / 4) : std::sin(k * pi / 4));
  };
  const auto density = [=](const double* x) {
    double sum = 0;
    for (int k = 0; k < 8; ++k) {
      sum += std::exp(-0.5 * (square(x[0] - centre(k, 0)) + square(x[1] - centre(k, 1))) /
                      square(kDeviation));
    }
    return sum / (8 * 2 * pi * square(kDeviation));
  };
  const auto draw = [=](std::mt19937_64& engine, double* x) {
    std::normal_distribution<double> normal(0, kDeviation);
    const int k = static_cast<int>(engine() % 8);
    for (int axis = 0; axis < 2; ++axis) x[axis] = centre(k, axis) + normal(engine);
  };
  return {"8gaussians", {-5, -5}, {5, 5}, 1, density, draw, 2.83188, "nats"};
}

Problem checkerboard() {
  const auto is_dark = [](const double* x) {
    const auto cell = [](double u) { return static_cast<int>(std::floor(u / 2)); };
    return (cell(x[0]) + cell(x[1])) % 2 == 0;
  };
  const auto draw = [=](std::mt19937_64& engine, double* x) {
    std::uniform_real_distribution<double> uniform(-4, 4);
    do {
      x[0] = uniform(engine);
      x[1] = uniform(engine);
    } while (!is_dark(x));
  };
  return {"checkerboard",
          {-4, -4},
          {4, 4},
          1,
          [=](const double* x) { return is_dark(x) ? 1.0 / 32 : 0.0; },
          draw,
          std::log(32.0),
          "nats"};
}

// x_1 standard normal, x_i = rho x_(i-1) + sqrt(1 - rho^2) noise.
Problem autoregression() {
  constexpr std::size_t kVariables = 8;
  constexpr double kRho = 0.5;
  const double deviation = std::sqrt(1 - kRho * kRho);
  const auto density = [=](const double* x) {
    double log = -0.5 * square(x[0]);
    for (std::size_t i = 1; i < kVariables; ++i) {
      log -= 0.5 * square((x[i] - kRho * x[i - 1]) / deviation) + std::log(deviation);
    }
    return std::exp(log - 0.5 * kVariables * std::log(2 * pi));
  };
  const auto draw = [=](std::mt19937_64& engine, double* x) {
    std::normal_distribution<double> normal;
    x[0] = normal(engine);
    for (std::size_t i = 1; i < kVariables; ++i)
      x[i] = kRho * x[i - 1] + deviation * normal(engine);
  };
  const double entropy = 0.5 * kVariables * std::log(2 * pi * std::numbers::e) +
                         (kVariables - 1) * std::log(deviation);
  return {"ar1",
          std::vector<double>(kVariables, -6),
          std::vector<double>(kVariables, 6),
          1,
          density,
          draw,
          entropy,
          "nats"};
}

}  // namespace

std::vector<Problem> problems() {
  return {figure_1(1, 6.501e-4), figure_1(2, 3.2735e-5), figure_1(3, 1.1222e-3), bumps(),
          correlated(0.9),       correlated(-0.9),       eight_gaussians(),      checkerboard(),
          autoregression()};
}

}  // namespace finn::bench
