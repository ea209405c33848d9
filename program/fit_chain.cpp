#include "program/fit_chain.hpp"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "program/interrupt.hpp"
#include "program/json.hpp"
#include "program/limits.hpp"
#include "program/links.hpp"
#include "program/progress.hpp"
#include "program/rows.hpp"
#include "program/text.hpp"

namespace program {
namespace {

// The limits of the variables that the flags say; none where they are auto.
std::vector<double> side_of(const FitArguments& fit, const char* flag, double usual) {
  return limits_of(fit.arguments, flag, std::vector<double>(fit.rows.variables.size(), usual));
}

// What does not vary has no density.
void check_columns(const Rows& rows) {
  const Range range = range_of(rows);
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    if (range.least[i] < range.most[i]) continue;
    const bool is_variable = i < rows.variables.size();
    throw std::runtime_error((is_variable
                                  ? "column " + rows.variables[i]
                                  : "condition " + rows.conditions[i - rows.variables.size()]) +
                             " is " + text_of(range.least[i]) + " in every row: choose other " +
                             (is_variable ? "columns by --columns" : "--conditions"));
  }
}

finn::Chain chain_of(const FitArguments& fit) {
  check_columns(fit.rows);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return finn::Chain(static_cast<std::int32_t>(fit.rows.variables.size()),
                     static_cast<std::int32_t>(fit.rows.conditions.size()),
                     side_of(fit, "lower", -infinity), side_of(fit, "upper", infinity),
                     fit.options.chain);
}

void train(const FitArguments& fit, finn::Workspace& workspace, finn::Chain& chain) {
  using Clock = std::chrono::steady_clock;
  const Interrupt interrupt;
  Progress progress(fit.arguments.has("quiet"));
  const Clock::time_point begin = Clock::now();
  chain.fit(workspace, fit.rows.x, fit.rows.weights, [&](const finn_progress& of_link) {
    finn_progress now = of_link;  // the steps of all links, but the seconds of one
    now.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    progress.show(now);
    return !interrupt.came();
  });
}

// Of a chain that is complete.
double mean_log_f(const FitArguments& fit, finn::Workspace& workspace, const finn::Chain& chain) {
  const std::vector<double> logs = chain.distribution().log_density(workspace, fit.rows.x);
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const double weight = fit.rows.weights.empty() ? 1 : fit.rows.weights[i];
    sum += weight == 0 ? 0 : weight * logs[i];
    all += weight;
  }
  return sum / all;
}

void print_json(const FitArguments& fit, const finn::Chain& chain, double quality) {
  const Rows& rows = fit.rows;
  JsonObject object;
  object.string("model", fit.arguments.required("output"));
  object.number("rows", static_cast<double>(rows.count));
  object.add("variables", json_list(rows.variables));
  object.add("conditions", json_list(rows.conditions));
  object.string("outcome", chain.is_complete() ? "complete" : "interrupted");
  object.number("mean_log_f", quality).add("links", json_of_links(chain, rows.variables));
  std::printf("%s\n", object.text().c_str());
}

void print_lines(const FitArguments& fit, const finn::Chain& chain, double quality) {
  const Rows& rows = fit.rows;
  std::printf("%s: density of %s%s as a chain, %zu of %zu links fitted\n",
              fit.arguments.required("output").c_str(), joined(rows.variables).c_str(),
              rows.conditions.empty() ? "" : (" given " + joined(rows.conditions)).c_str(),
              chain.links(), chain.variables());
  if (chain.is_complete()) {
    std::printf("mean log f %s over all %zu rows\n", short_text(quality).c_str(), rows.count);
  } else {
    std::printf("interrupted: what is saved is a checkpoint, from which finn_chain_load goes on\n");
  }
  std::printf("%s", text_of_links(chain, rows.variables).c_str());
}

}  // namespace

void check_chain_flags(const Arguments& arguments) {
  for (const char* flag : {"target", "constraint", "integral", "at-least", "at-most", "method",
                           "transition", "conditioning"}) {
    if (!arguments.has(flag)) continue;
    arguments.fail(std::string("--") + flag +
                   " given, which --network chain has no use for: it is a density, and each of "
                   "its links has an integral of 1");
  }
}

void fit_chain(const FitArguments& fit, finn::Workspace& workspace) {
  finn::Chain chain = chain_of(fit);
  train(fit, workspace, chain);
  chain.save(fit.arguments.required("output"));
  const double quality = chain.is_complete() ? mean_log_f(fit, workspace, chain) : std::nan("");
  if (fit.arguments.has("json")) return print_json(fit, chain, quality);
  print_lines(fit, chain, quality);
}

}  // namespace program
