// What the heads and their options are worth: fits of problems with known answers, several seeds
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

// A head with its options, by the name under which docs/NETWORKS.md lists it.
struct Option {
  std::string name;
  std::function<void(finn::ModelOptions&)> set;
  bool from_data = false;
};

// The paper's network: the mlp, whatever the default head is.
Option mlp(const std::string& name, std::vector<std::int32_t> widths, std::int32_t patterns,
           finn_read_out read_out, finn_positivity positivity = FINN_POSITIVITY_ABS) {
  return {name, [=](finn::ModelOptions& options) {
            options.fields.head = FINN_HEAD_MLP;
            options.widths = widths;
            options.fields.patterns = patterns;
            options.fields.read_out = read_out;
            options.fields.positivity = positivity;
          }};
}

Option product(const std::string& name, std::int32_t terms, std::int32_t steps,
               finn_positivity positivity = FINN_POSITIVITY_EXP, bool from_data = true) {
  return {name,
          [=](finn::ModelOptions& options) {
            options.fields.head = FINN_HEAD_PRODUCT;
            options.fields.terms = terms;
            options.fields.steps = steps;
            options.fields.positivity = positivity;
          },
          from_data};
}

std::vector<Option> all_options() {
  return {{"default", [](finn::ModelOptions&) {}},
          mlp("mlp-32-32", {32, 32}, 1, FINN_READ_OUT_LAST),
          mlp("mlp-32-32-dense", {32, 32}, 1, FINN_READ_OUT_DENSE),
          mlp("mlp-2x16-16", {16, 16}, 2, FINN_READ_OUT_LAST),
          mlp("mlp-2x32-32", {32, 32}, 2, FINN_READ_OUT_LAST),
          mlp("mlp-2x32-32-dense", {32, 32}, 2, FINN_READ_OUT_DENSE),
          mlp("mlp-4x16-16", {16, 16}, 4, FINN_READ_OUT_LAST),
          mlp("mlp-32-32-32", {32, 32, 32}, 1, FINN_READ_OUT_LAST),
          mlp("mlp-32-32-32-dense", {32, 32, 32}, 1, FINN_READ_OUT_DENSE),
          mlp("mlp-2x32-32-32-dense", {32, 32, 32}, 2, FINN_READ_OUT_DENSE),
          product("product-16x4", 16, 4),
          product("product-64x4", 64, 4),
          product("product-64x4-domain", 64, 4, FINN_POSITIVITY_EXP, false),
          product("product-64x4-abs", 64, 4, FINN_POSITIVITY_ABS),
          product("product-64x4-softplus", 64, 4, FINN_POSITIVITY_SOFTPLUS),
          product("product-64x1", 64, 1),
          product("product-128x2", 128, 2),
          product("product-128x4", 128, 4),
          product("product-256x1", 256, 1),
          product("product-256x4", 256, 4)};
}

struct Result {
  double value, kappa, seconds;
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
  finn::TrainingOptions training = finn::training_options();
  training.steps = steps;
  training.seed = seed;
  const std::size_t n = problem.variables();
  if (!problem.is_density()) {
    finn::Trainer(model, training)
        .fit(model, workspace, [&](std::int64_t, std::int64_t batch, double* x, double* y) {
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
      .fit(model, workspace, [&](std::int64_t, std::int64_t batch, double* x, double*) {
        for (std::int64_t i = 0; i < batch; ++i) {
          problem.draw(engine, x + i * static_cast<std::int64_t>(n));
        }
      });
}

// The entropy plus the mean of log(p/f) over samples that training has not seen.
double held_out(const Problem& problem, const finn::Model& model, finn::Workspace& workspace) {
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
  finn::ModelOptions options(problem.lower, problem.upper);
  options.epsilon = {problem.epsilon};
  options.fields.seed = seed;
  option.set(options);
  const auto start = std::chrono::steady_clock::now();
  finn::Model model(options);
  finn::Workspace workspace(1);
  train(problem, option, model, workspace, steps, seed);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  const double value = problem.is_density() ? held_out(problem, model, workspace)
                                            : squared_error(problem, model, workspace);
  return {value, model.integral(workspace, problem.lower, problem.upper).kappa[0], taken.count()};
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
  std::printf("%-13s %-22s %10.6f .. %10.6f .. %10.6f  %-20s kappa %8.1f  %6.1f s\n",
              problem.name.c_str(), option.name.c_str(), values.front(), median, values.back(),
              problem.measure.c_str(), results[0].kappa, results[0].seconds);
  std::fflush(stdout);
  if (json == nullptr) return;
  std::fprintf(json,
               "%s{\"problem\": \"%s\", \"option\": \"%s\", \"measure\": \"%s\", \"steps\": %lld, ",
               std::ftell(json) > 2 ? ",\n" : "", problem.name.c_str(), option.name.c_str(),
               problem.measure.c_str(), static_cast<long long>(arguments.steps));
  std::fprintf(json, "\"median\": %.8g, \"worst\": %.8g, \"results\": [", median, values.back());
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::fprintf(json, "%s{\"value\": %.8g, \"kappa\": %.4g, \"seconds\": %.3f}", i > 0 ? ", " : "",
                 results[i].value, results[i].kappa, results[i].seconds);
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
      // In eight variables the product alone is practical.
      if (problem.variables() > 3 && option.name.rfind("product", 0) != 0) continue;
      run(problem, option, arguments, json);
    }
  }
  if (json != nullptr) std::fprintf(json, "\n]\n");
  if (json != nullptr) std::fclose(json);
  return EXIT_SUCCESS;
}
