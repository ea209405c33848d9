// What the networks and their options are worth: fits of problems with known answers, several seeds
// each, as a table and as JSON.
//
//   bench_fit [--seeds 5] [--steps 6000] [--json FILE] [--problem NAME].. [--option NAME]..
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/problems.hpp"
#include "capi/finn.hpp"

namespace {

using finn::bench::Problem;

// A network with its options, by the name under which docs/NETWORKS.md lists it.
struct Option {
  std::string name;
  std::function<finn::Network(std::int32_t variables)> network;
  bool from_data = false;
};

// The paper's network.
Option mlp(const std::string& name, std::vector<std::int32_t> widths, std::int32_t orthants,
           bool skip) {
  return {name, [=](std::int32_t variables) {
            finn_mlp_options options = finn::mlp_options(widths);
            options.orthants = orthants;
            options.skip = skip ? 1 : 0;
            return finn::Network::mlp(variables, 1, options);
          }};
}

Option mixture(const std::string& name, std::int32_t components, std::int32_t normals_per_axis,
               finn_positivity positivity = FINN_POSITIVITY_EXP, bool from_data = true) {
  return {name,
          [=](std::int32_t variables) {
            finn_mixture_options options = finn::mixture_options();
            options.components = components;
            options.normals_per_axis = normals_per_axis;
            options.positivity = positivity;
            return finn::Network::mixture(variables, 1, options);
          },
          from_data};
}

std::vector<Option> all_options() {
  return {{"default", [](std::int32_t variables) { return finn::Network::mixture(variables); }},
          mlp("mlp-32-32", {32, 32}, 1, false),
          mlp("mlp-32-32-skip", {32, 32}, 1, true),
          mlp("mlp-2x16-16", {16, 16}, 2, false),
          mlp("mlp-2x32-32", {32, 32}, 2, false),
          mlp("mlp-2x32-32-skip", {32, 32}, 2, true),
          mlp("mlp-4x16-16", {16, 16}, 4, false),
          mlp("mlp-32-32-32", {32, 32, 32}, 1, false),
          mlp("mlp-32-32-32-skip", {32, 32, 32}, 1, true),
          mlp("mlp-2x32-32-32-skip", {32, 32, 32}, 2, true),
          mixture("mixture-16x4", 16, 4),
          mixture("mixture-64x4", 64, 4),
          mixture("mixture-64x4-domain", 64, 4, FINN_POSITIVITY_EXP, false),
          mixture("mixture-64x4-abs", 64, 4, FINN_POSITIVITY_ABS),
          mixture("mixture-64x4-softplus", 64, 4, FINN_POSITIVITY_SOFTPLUS),
          mixture("mixture-64x1", 64, 1),
          mixture("mixture-128x2", 128, 2),
          mixture("mixture-128x4", 128, 4),
          mixture("mixture-256x1", 256, 1),
          mixture("mixture-256x4", 256, 4)};
}

struct Result {
  double value, condition_number, seconds;
};

std::vector<double> draw_rows(const Problem& problem, std::size_t rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<double> x(rows * problem.variables());
  for (std::size_t row = 0; row < rows; ++row) {
    problem.draw(engine, x.data() + row * problem.variables());
  }
  return x;
}

void train(const Problem& problem, const Option& option, finn::Model& model,
           finn::Workspace& workspace, std::int64_t steps, std::uint64_t seed) {
  finn_training_options training = finn::training_options();
  training.steps = steps;
  training.seed = seed;
  const std::size_t n = problem.variables();
  if (!problem.is_density()) {
    finn::Trainer(model, training)
        .fit(workspace, [&](std::int64_t, std::int64_t batch, double* x, double* y) {
          for (std::int64_t i = 0; i < batch; ++i) {
            y[i] = problem.value(x + i * static_cast<std::int64_t>(n));
          }
        });
    return;
  }
  if (option.from_data) model.initialise_from_data(draw_rows(problem, 1024, seed), seed);
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  std::mt19937_64 engine(seed + 1000);
  finn::Trainer(model, training)
      .fit(workspace, [&](std::int64_t, std::int64_t batch, double* x, double*) {
        for (std::int64_t i = 0; i < batch; ++i) {
          problem.draw(engine, x + i * static_cast<std::int64_t>(n));
        }
      });
}

// The entropy plus the mean of log(p/f) over samples that training has not seen.
double validation_loss(const Problem& problem, const finn::Model& model,
                       finn::Workspace& workspace) {
  const std::vector<double> x = draw_rows(problem, 100000, 987654321);
  const std::vector<double> f = model.integrand(workspace, x);
  double excess = 0;
  for (std::size_t row = 0; row < f.size(); ++row) {
    excess += std::log(problem.value(x.data() + row * problem.variables())) - std::log(f[row]);
  }
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

double squared_error(const Problem& problem, const finn::Model& model, finn::Workspace& workspace) {
  const std::vector<double> x = grid(problem);
  const std::vector<double> f = model.integrand(workspace, x);
  double error = 0;
  double square = 0;
  for (std::size_t row = 0; row < f.size(); ++row) {
    const double g = problem.value(x.data() + row * problem.variables());
    error += (f[row] - g) * (f[row] - g);
    square += g * g;
  }
  if (problem.best > 0) return error / static_cast<double>(f.size()) / problem.best;
  return problem.measure == "relative L2" ? std::sqrt(error / square) : error / square;
}

Result fit(const Problem& problem, const Option& option, std::int64_t steps, std::uint64_t seed) {
  const auto start = std::chrono::steady_clock::now();
  const auto variables = static_cast<std::int32_t>(problem.variables());
  finn::Model model(
      option.network(variables), finn::Domain::open_box(problem.lower, problem.upper),
      {.constraint = finn::Constraint::equal(FINN_METHOD_SCALE, {problem.epsilon}), .seed = seed});
  finn::Workspace workspace(1);
  train(problem, option, model, workspace, steps, seed);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  const double value = problem.is_density() ? validation_loss(problem, model, workspace)
                                            : squared_error(problem, model, workspace);
  return {value, model.integral(workspace, problem.lower, problem.upper).condition_number[0],
          taken.count()};
}

struct Arguments {
  int seeds = 5;
  std::int64_t steps = 6000;
  const char* json = nullptr;
  std::vector<std::string> problems, options;
};

bool is_wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

bool parse(int count, char** words, Arguments& arguments) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    if (name == "--seeds") {
      arguments.seeds = std::atoi(words[i + 1]);
    } else if (name == "--steps") {
      arguments.steps = std::atoll(words[i + 1]);
    } else if (name == "--json") {
      arguments.json = words[i + 1];
    } else if (name == "--problem") {
      arguments.problems.emplace_back(words[i + 1]);
    } else if (name == "--option") {
      arguments.options.emplace_back(words[i + 1]);
    } else {
      return false;
    }
  }
  return count % 2 == 1 && arguments.seeds > 0 && arguments.steps > 0;
}

// One line of the table, one object of the JSON.
void run(const Problem& problem, const Option& option, const Arguments& arguments,
         std::FILE* json) {
  std::vector<Result> results;
  for (int seed = 0; seed < arguments.seeds; ++seed) {
    results.push_back(fit(problem, option, arguments.steps, static_cast<std::uint64_t>(seed)));
  }
  std::vector<double> values;
  for (const Result& result : results) values.push_back(result.value);
  std::sort(values.begin(), values.end());
  const double median = values[values.size() / 2];
  std::printf("%-13s %-22s %10.6f .. %10.6f .. %10.6f  %-20s condition %8.1f  %6.1f s\n",
              problem.name.c_str(), option.name.c_str(), values.front(), median, values.back(),
              problem.measure.c_str(), results[0].condition_number, results[0].seconds);
  std::fflush(stdout);
  if (json == nullptr) return;
  std::fprintf(json,
               "%s{\"problem\": \"%s\", \"option\": \"%s\", \"measure\": \"%s\", \"steps\": %lld, ",
               std::ftell(json) > 2 ? ",\n" : "", problem.name.c_str(), option.name.c_str(),
               problem.measure.c_str(), static_cast<long long>(arguments.steps));
  std::fprintf(json, "\"median\": %.8g, \"worst\": %.8g, \"results\": [", median, values.back());
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::fprintf(json, "%s{\"value\": %.8g, \"condition_number\": %.4g, \"seconds\": %.3f}",
                 i > 0 ? ", " : "", results[i].value, results[i].condition_number,
                 results[i].seconds);
  }
  std::fprintf(json, "]}");
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (!parse(count, words, arguments)) {
    std::fprintf(stderr,
                 "usage: %s [--seeds 5] [--steps 6000] [--json FILE] [--problem NAME].. "
                 "[--option NAME]..\n",
                 words[0]);
    return EXIT_FAILURE;
  }
  std::FILE* json = arguments.json == nullptr ? nullptr : std::fopen(arguments.json, "w");
  if (json != nullptr) std::fprintf(json, "[\n");
  for (const Problem& problem : finn::bench::problems()) {
    if (!is_wanted(arguments.problems, problem.name)) continue;
    for (const Option& option : all_options()) {
      if (!is_wanted(arguments.options, option.name)) continue;
      // In eight variables the mixture alone is practical.
      if (problem.variables() > 3 && option.name.rfind("mixture", 0) != 0) continue;
      run(problem, option, arguments, json);
    }
  }
  if (json != nullptr) std::fprintf(json, "\n]\n");
  if (json != nullptr) std::fclose(json);
  return EXIT_SUCCESS;
}
