// What the networks and their options are worth: fits of problems with known answers, several seeds
// each, as a table and as JSON. A fit that fails is told, and the others go on.
//
//   bench_fit [--seeds 5] [--steps 6000] [--json FILE] [--precision double|float|both]
//             [--problem NAME].. [--option NAME]..
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/fit_one.hpp"
#include "bench/network_options.hpp"
#include "bench/problems.hpp"
#include "capi/finn.h"

namespace {

using finn::bench::FitResult;
using finn::bench::NetworkOption;
using finn::bench::Problem;

struct Arguments {
  int seeds = 5;
  std::int64_t steps = 6000;
  const char* json = nullptr;
  std::vector<finn_precision> precisions = {FINN_FLOAT64};
  std::vector<std::string> problems, options;
};

bool is_wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

bool parse_precision(const std::string& name, Arguments& arguments) {
  if (name == "double") arguments.precisions = {FINN_FLOAT64};
  if (name == "float") arguments.precisions = {FINN_FLOAT32};
  if (name == "both") arguments.precisions = {FINN_FLOAT64, FINN_FLOAT32};
  return name == "double" || name == "float" || name == "both";
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
    } else if (name != "--precision" || !parse_precision(words[i + 1], arguments)) {
      return false;
    }
  }
  return count % 2 == 1 && arguments.seeds > 0 && arguments.steps > 0;
}

// A number as JSON has it, which knows no infinite one.
std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  char text[32];
  std::snprintf(text, sizeof text, "%.8g", value);
  return text;
}

// A text as JSON has it; null when there is none.
std::string quoted(const std::string& text) {
  if (text.empty()) return "null";
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + '"';
}

// One line of the table: the best, the median and the worst of the seeds.
void print(const Problem& problem, const std::string& option, const std::vector<double>& values,
           const FitResult& first) {
  std::printf("%-19s %-25s %10.6f .. %10.6f .. %10.6f  %-19s", problem.name.c_str(), option.c_str(),
              values.front(), values[values.size() / 2], values.back(), problem.measure.c_str());
  if (!std::isnan(first.condition_number)) {
    std::printf(" condition %8.1f", first.condition_number);
  }
  if (!std::isnan(first.integral_error)) std::printf(" integral %8.1e", first.integral_error);
  std::printf(" %6.1f s\n", first.seconds);
}

// One object of the JSON.
void write(std::FILE* json, const Problem& problem, const std::string& option,
           const std::vector<double>& values, const std::vector<FitResult>& results,
           std::int64_t steps) {
  std::fprintf(json,
               "%s{\"problem\": \"%s\", \"option\": \"%s\", \"measure\": \"%s\", \"steps\": %lld, ",
               std::ftell(json) > 2 ? ",\n" : "", problem.name.c_str(), option.c_str(),
               problem.measure.c_str(), static_cast<long long>(steps));
  std::fprintf(json, "\"median\": %s, \"worst\": %s, \"results\": [",
               number(values[values.size() / 2]).c_str(), number(values.back()).c_str());
  const char* separator = "";
  for (const FitResult& result : results) {
    std::fprintf(json, "%s{\"value\": %s, \"condition_number\": %s, ", separator,
                 number(result.value).c_str(), number(result.condition_number).c_str());
    std::fprintf(json, "\"integral_error\": %s, \"seconds\": %.3f, \"failed\": %s}",
                 number(result.integral_error).c_str(), result.seconds,
                 quoted(result.failure).c_str());
    separator = ", ";
  }
  std::fprintf(json, "]}");
}

// All seeds of a problem with an option; returns whether all of them could be fitted.
bool run(const Problem& problem, const NetworkOption& option, finn_precision precision,
         const Arguments& arguments, std::FILE* json) {
  const std::string name = option.name + (precision == FINN_FLOAT32 ? "/float" : "");
  std::vector<FitResult> results;
  std::vector<double> values;
  bool is_whole = true;
  for (int seed = 0; seed < arguments.seeds; ++seed) {
    results.push_back(finn::bench::fit_one(
        problem, option, {arguments.steps, static_cast<std::uint64_t>(seed), precision}));
    values.push_back(results.back().value);
    if (results.back().failure.empty()) continue;
    is_whole = false;
    std::printf("%-19s %-25s seed %d FAILED: %s\n", problem.name.c_str(), name.c_str(), seed,
                results.back().failure.c_str());
  }
  std::sort(values.begin(), values.end());
  print(problem, name, values, results[0]);
  std::fflush(stdout);
  if (json != nullptr) write(json, problem, name, values, results, arguments.steps);
  return is_whole;
}

bool fits_together(const Problem& problem, const NetworkOption& option,
                   const Arguments& arguments) {
  if (!is_wanted(arguments.options, option.name)) return false;
  // In eight variables the mixture alone is practical.
  if (problem.variables() > 3 && option.name.rfind("mixture", 0) != 0) return false;
  return problem.rows == 0 || option.for_rows || !arguments.options.empty();
}

std::vector<Problem> all_problems() {
  std::vector<Problem> all = finn::bench::problems();
  for (const auto& more : {finn::bench::data_problems(), finn::bench::conditional_problems()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (!parse(count, words, arguments)) {
    std::fprintf(stderr,
                 "usage: %s [--seeds 5] [--steps 6000] [--json FILE] "
                 "[--precision double|float|both] [--problem NAME].. [--option NAME]..\n",
                 words[0]);
    return EXIT_FAILURE;
  }
  std::FILE* json = arguments.json == nullptr ? nullptr : std::fopen(arguments.json, "w");
  if (json != nullptr) std::fprintf(json, "[\n");
  bool is_whole = true;
  for (const Problem& problem : all_problems()) {
    if (!is_wanted(arguments.problems, problem.name)) continue;
    for (const NetworkOption& option : finn::bench::network_options()) {
      if (!fits_together(problem, option, arguments)) continue;
      for (const finn_precision precision : arguments.precisions) {
        is_whole = run(problem, option, precision, arguments, json) && is_whole;
      }
    }
  }
  if (json != nullptr) std::fprintf(json, "\n]\n");
  if (json != nullptr) std::fclose(json);
  return is_whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
