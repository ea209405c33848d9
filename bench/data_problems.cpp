#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "bench/normal_density.hpp"
#include "bench/problems.hpp"

namespace finn::bench {
namespace {

constexpr char kExcess[] = "excess nats";

Problem normal(const std::string& name, double mean, double deviation, double lower, double upper,
               std::size_t rows) {
  Problem problem{name,
                  {lower},
                  {upper},
                  1,
                  [=](const double* x) { return normal_density(x[0], mean, deviation); },
                  [=](std::mt19937_64& engine, double* x) {
                    x[0] = std::normal_distribution<double>(mean, deviation)(engine);
                  },
                  0,
                  kExcess};
  problem.rows = rows;
  return problem;
}

Problem lognormal(int deviation) {
  Problem problem{
      "lognormal-" + std::to_string(deviation),
      {0},
      {1},
      1,
      [=](const double* x) { return normal_density(std::log(x[0]), 0, deviation) / x[0]; },
      [=](std::mt19937_64& engine, double* x) {
        x[0] = std::lognormal_distribution<double>(0, deviation)(engine);
      },
      0,
      kExcess};
  problem.rows = 10000;
  problem.ends_at_rows = true;
  return problem;
}

// Three standard normals with correlations 0.6 of the first two, 0.5 of the last two and 0.3 of the
// first and the last, each of which the others explain no further: x is a chain.
Problem three_normals() {
  const double second = std::sqrt(1 - 0.6 * 0.6);
  const double third = std::sqrt(1 - 0.5 * 0.5);
  Problem problem{"normal3-300",
                  {-5, -5, -5},
                  {5, 5, 5},
                  1,
                  [=](const double* x) {
                    return normal_density(x[0], 0, 1) * normal_density(x[1], 0.6 * x[0], second) *
                           normal_density(x[2], 0.5 * x[1], third);
                  },
                  [=](std::mt19937_64& engine, double* x) {
                    std::normal_distribution<double> noise;
                    x[0] = noise(engine);
                    x[1] = 0.6 * x[0] + second * noise(engine);
                    x[2] = 0.5 * x[1] + third * noise(engine);
                  },
                  0,
                  kExcess};
  problem.rows = 300;
  return problem;
}

// A smooth function at few points.
Problem sines() {
  Problem problem{
      "sin3",
      {0, 0, 0},
      {2.5, 2.5, 2.5},
      0,
      [](const double* x) { return std::sin(x[0]) * std::cos(x[1]) * std::cos(x[2]) + 1.2; },
      {},
      0,
      "relative L2"};
  problem.rows = 1024;
  problem.integral = (1 - std::cos(2.5)) * std::sin(2.5) * std::sin(2.5) + 1.2 * 2.5 * 2.5 * 2.5;
  return problem;
}

// Events of an intensity that is proportional to 1.2 + sin x cos y.
Problem poisson(std::size_t events) {
  const auto shape = [](const double* x) { return 1.2 + std::sin(x[0]) * std::cos(x[1]); };
  Problem problem{"poisson-" + std::to_string(events),
                  {0, 0},
                  {6, 4},
                  0,
                  shape,
                  [=](std::mt19937_64& engine, double* x) {
                    std::uniform_real_distribution<double> share;
                    do {
                      x[0] = 6 * share(engine);
                      x[1] = 4 * share(engine);
                    } while (shape(x) < 2.2 * share(engine));
                  },
                  0,
                  "integral, relative"};
  problem.rows = events;
  problem.integral = static_cast<double>(events);
  problem.is_intensity = true;
  return problem;
}

}  // namespace

std::vector<Problem> data_problems() {
  return {normal("off-centre", 3, 0.01, -10, 10, 10000),
          lognormal(1),
          lognormal(2),
          lognormal(3),
          normal("normal-30", 0, 1, -5, 5, 30),
          normal("normal-300", 0, 1, -5, 5, 300),
          three_normals(),
          sines(),
          poisson(1000),
          poisson(10000),
          poisson(100000),
          poisson(1000000)};
}

}  // namespace finn::bench
