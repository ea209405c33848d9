#include "bench/fit_one.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "capi/finn.hpp"

namespace finn::bench {
namespace {

bool is_in_box(const Problem& problem, const double* row) {
  for (std::size_t i = 0; i < problem.variables(); ++i) {
    if (!(row[i] >= problem.lower[i] && row[i] <= problem.upper[i])) return false;
  }
  return true;
}

// A sample within the box, or a uniform point of it.
void draw_row(const Problem& problem, std::mt19937_64& engine, double* row) {
  if (problem.draw) {
    do problem.draw(engine, row);
    while (!is_in_box(problem, row));
    return;
  }
  for (std::size_t i = 0; i < problem.variables(); ++i) {
    row[i] = std::uniform_real_distribution<double>(problem.lower[i], problem.upper[i])(engine);
  }
}

std::vector<double> draw_rows(const Problem& problem, std::size_t rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<double> x(rows * problem.columns());
  for (std::size_t row = 0; row < rows; ++row) {
    draw_row(problem, engine, x.data() + row * problem.columns());
  }
  return x;
}

std::vector<double> values_at(const Problem& problem, const std::vector<double>& x) {
  std::vector<double> values;
  for (std::size_t at = 0; at < x.size(); at += problem.columns()) {
    values.push_back(problem.value(x.data() + at));
  }
  return values;
}

// The rows of a problem that has some, and the problem with the box that they leave it.
std::vector<double> take_rows(Problem& problem, std::uint64_t seed) {
  if (problem.ends_at_rows) {
    problem.upper.assign(problem.variables(), std::numeric_limits<double>::infinity());
  }
  std::vector<double> x = draw_rows(problem, problem.rows, seed + 1000);
  if (problem.ends_at_rows) problem.upper = {*std::max_element(x.begin(), x.end())};
  return x;
}

// Fresh points in every step.
void fit_points(const Problem& problem, finn::Trainer& trainer, finn::Workspace& workspace,
                std::uint64_t seed) {
  std::mt19937_64 engine(seed + 1000);
  trainer.fit(workspace, [&](std::int64_t, std::int64_t batch, double* x, double* y) {
    for (std::int64_t i = 0; i < batch; ++i, x += problem.columns()) {
      if (problem.is_density()) {
        draw_row(problem, engine, x);
      } else {
        y[i] = problem.value(x);
      }
    }
  });
}

void train(const Problem& problem, const std::vector<double>& rows, const NetworkOption& option,
           Model& model, Workspace& workspace, const FitSettings& settings) {
  if (option.from_data && problem.is_density()) {
    model.initialise_from_data(problem.rows == 0 ? draw_rows(problem, 1024, settings.seed) : rows,
                               settings.seed);
  }
  finn_training_options training = training_options();
  training.steps = settings.steps;
  training.seed = settings.seed;
  if (problem.is_density()) training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  if (problem.is_intensity) training.loss = FINN_LOSS_POISSON_PROCESS;
  Trainer trainer(model, training);
  if (problem.rows == 0) {
    fit_points(problem, trainer, workspace, settings.seed);
  } else {
    const bool has_targets = !problem.draw;
    trainer.fit(workspace, rows, has_targets ? values_at(problem, rows) : std::vector<double>());
  }
}

// The entropy, where it is known, plus the mean of log(p/f) over samples that training has not
// seen.
double validation_loss(const Problem& problem, const Model& model, Workspace& workspace) {
  const std::vector<double> x = draw_rows(problem, problem.rows == 0 ? 100000 : 20000, 987654321);
  const std::vector<double> f = model.integrand(workspace, x);
  const std::vector<double> p = values_at(problem, x);
  double excess = 0;
  for (std::size_t row = 0; row < f.size(); ++row) excess += std::log(p[row]) - std::log(f[row]);
  return problem.best + excess / static_cast<double>(f.size());
}

// Points of a regular grid, in the middle of cells.
std::vector<double> grid(const Problem& problem) {
  const std::size_t n = problem.variables();
  const std::size_t side = n == 2 ? 200 : 34;
  std::size_t count = 1;
  for (std::size_t i = 0; i < n; ++i) count *= side;
  std::vector<double> x;
  for (std::size_t p = 0; p < count; ++p) {
    std::size_t rest = p;
    for (std::size_t i = 0; i < n; ++i, rest /= side) {
      const double share = (static_cast<double>(rest % side) + 0.5) / static_cast<double>(side);
      x.push_back(problem.lower[i] + share * (problem.upper[i] - problem.lower[i]));
    }
  }
  return x;
}

double squared_error(const Problem& problem, const Model& model, Workspace& workspace) {
  const std::vector<double> x = grid(problem);
  const std::vector<double> f = model.integrand(workspace, x);
  const std::vector<double> g = values_at(problem, x);
  double error = 0;
  double square = 0;
  for (std::size_t row = 0; row < f.size(); ++row) {
    error += (f[row] - g[row]) * (f[row] - g[row]);
    square += g[row] * g[row];
  }
  if (problem.best > 0) return error / static_cast<double>(f.size()) / problem.best;
  return problem.measure == "relative L2" ? std::sqrt(error / square) : error / square;
}

FitResult measured(const Problem& problem, const Model& model, Workspace& workspace) {
  FitResult result;
  if (problem.conditions == 0) {
    const Integral integral = model.integral(workspace, problem.lower, problem.upper);
    result.condition_number = integral.condition_number[0];
    if (problem.integral > 0) {
      result.integral_error = std::abs(integral.value[0] / problem.integral - 1);
    }
  }
  result.value = problem.is_intensity   ? result.integral_error
                 : problem.is_density() ? validation_loss(problem, model, workspace)
                                        : squared_error(problem, model, workspace);
  return result;
}

ModelSettings model_settings(const Problem& problem, const FitSettings& settings) {
  ModelSettings parts{.precision = settings.precision, .seed = settings.seed};
  parts.constraint = problem.epsilon > 0 ? Constraint::equal(FINN_METHOD_SCALE, {problem.epsilon})
                                         : Constraint::none();
  if (problem.conditions > 0) {
    parts.conditioning = Conditioning::film_by_rows(static_cast<std::int32_t>(problem.conditions));
  }
  return parts;
}

}  // namespace

FitResult fit_one(const Problem& given, const NetworkOption& option, const FitSettings& settings) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  FitResult result;
  try {
    Problem problem = given;
    const std::vector<double> rows = take_rows(problem, settings.seed);
    Model model(option.network(static_cast<std::int32_t>(problem.variables())),
                Domain::open_box(problem.lower, problem.upper), model_settings(problem, settings));
    Workspace workspace(1);
    train(problem, rows, option, model, workspace, settings);
    const double taken = seconds();
    result = measured(problem, model, workspace);
    result.seconds = taken;
  } catch (const Error& error) {
    result.failure = error.what();
    result.seconds = seconds();
  }
  return result;
}

}  // namespace finn::bench
