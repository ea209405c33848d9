#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "bench/normal_density.hpp"
#include "bench/problems.hpp"

namespace finn::bench {
namespace {

using std::numbers::pi;

// Two normals of these means and deviations with a correlation.
struct Pair {
  double means[2], deviations[2], correlation;

  double density(const double* y) const {
    const double second =
        means[1] + correlation * deviations[1] * (y[0] - means[0]) / deviations[0];
    return normal_density(y[0], means[0], deviations[0]) *
           normal_density(y[1], second, deviations[1] * std::sqrt(1 - correlation * correlation));
  }
  void draw(std::mt19937_64& engine, double* y) const {
    std::normal_distribution<double> noise;
    const double first = noise(engine);
    const double second =
        correlation * first + std::sqrt(1 - correlation * correlation) * noise(engine);
    y[0] = means[0] + deviations[0] * first;
    y[1] = means[1] + deviations[1] * second;
  }
};

Problem conditional(const std::string& name, double half_width, std::size_t variables,
                    std::size_t conditions, std::size_t rows) {
  Problem problem{name,
                  std::vector<double>(variables, -half_width),
                  std::vector<double>(variables, half_width),
                  1,
                  {},
                  {},
                  0,
                  "excess nats"};
  problem.conditions = conditions;
  problem.rows = rows;
  return problem;
}

// A pair that follows a condition c, which is uniform in [-limit, limit].
Problem pair_problem(const std::string& name, double half_width, std::size_t rows, double limit,
                     std::function<Pair(double c)> pair) {
  Problem problem = conditional(name, half_width, 2, 1, rows);
  problem.value = [=](const double* row) { return pair(row[2]).density(row); };
  problem.draw = [=](std::mt19937_64& engine, double* row) {
    row[2] = std::uniform_real_distribution<double>(-limit, limit)(engine);
    pair(row[2]).draw(engine, row);
  };
  return problem;
}

// A ridge that waves with the condition; its entropy is 4.4065.
Problem waves() {
  return pair_problem("waves", 18, 50000, 8, [](double c) {
    return Pair{{0.5 * std::abs(c) - 2, 8 * std::cos(2.5 * c)}, {3, 2}, -0.6};
  });
}

// The sign of the correlation is that of the condition.
Problem turning_pair() {
  return pair_problem("x_dep_gauss_mixture", 5, 10000, 2, [](double c) {
    return Pair{{0, 0}, {1, 1}, c > 0 ? 0.7 : -0.7};
  });
}

// y normal of deviation 0.2 around a function of a condition that is uniform in [-limit, limit].
Problem around(const std::string& name, double half_width, std::size_t rows, double limit,
               std::function<double(double c)> mean) {
  Problem problem = conditional(name, half_width, 1, 1, rows);
  problem.value = [=](const double* row) { return normal_density(row[0], mean(row[1]), 0.2); };
  problem.draw = [=](std::mt19937_64& engine, double* row) {
    row[1] = std::uniform_real_distribution<double>(-limit, limit)(engine);
    row[0] = std::normal_distribution<double>(mean(row[1]), 0.2)(engine);
  };
  return problem;
}

Problem sine(std::size_t rows) {
  return around("sine-" + std::to_string(rows), 2, rows, 1,
                [](double c) { return std::sin(2 * pi * c); });
}

// The conditional problems of P. Chilinski, R. Silva, "Neural likelihoods via cumulative
// distribution functions", arXiv 1811.00974, are this one, its inverse and turning_pair.
double trending_sine(double c) { return std::sin(4 * c) + 0.5 * c; }

// The condition and the variable of the problem before change places: several y for one c.
Problem inverse_sine() {
  Problem problem = conditional("inv_sin", 1.5, 1, 1, 10000);
  problem.value = [](const double* row) {
    constexpr int kPoints = 600;
    double marginal = 0;
    for (int i = 0; i < kPoints; ++i) {
      const double y = -1.5 + 3 * (i + 0.5) / kPoints;
      marginal += normal_density(row[1], trending_sine(y), 0.2) * 3 / kPoints;
    }
    return normal_density(row[1], trending_sine(row[0]), 0.2) / marginal;
  };
  problem.draw = [](std::mt19937_64& engine, double* row) {
    row[0] = std::uniform_real_distribution<double>(-1.5, 1.5)(engine);
    row[1] = std::normal_distribution<double>(trending_sine(row[0]), 0.2)(engine);
  };
  return problem;
}

// Five conditions, each a standard normal, of which the sum alone matters.
Problem sum_of_five() {
  constexpr std::size_t kConditions = 5;
  Problem problem = conditional("sum5-5000", 6, 1, kConditions, 5000);
  const auto mean = [](const double* row) {
    double sum = 0;
    for (std::size_t i = 1; i <= kConditions; ++i) sum += row[i];
    return sum / std::sqrt(5.0);
  };
  problem.value = [=](const double* row) { return normal_density(row[0], mean(row), 0.3); };
  problem.draw = [=](std::mt19937_64& engine, double* row) {
    std::normal_distribution<double> noise;
    for (std::size_t i = 1; i <= kConditions; ++i) row[i] = noise(engine);
    row[0] = mean(row) + 0.3 * noise(engine);
  };
  return problem;
}

}  // namespace

std::vector<Problem> conditional_problems() {
  return {waves(),
          sine(50000),
          sine(1000),
          sum_of_five(),
          around("sin_normal", 3, 10000, 1.5, trending_sine),
          inverse_sine(),
          turning_pair()};
}

}  // namespace finn::bench
