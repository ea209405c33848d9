#include <cstddef>
#include <cstdint>
#include <finn.hpp>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/csv.hpp"
#include "program/distribution.hpp"
#include "program/json.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"rows", "N", "how many samples; needed", 'n'},
    {"seed", "N", "samples of a seed are always the same; 0"},
    {"first", "I", "the first of the samples of the seed, counted from 0; 0"},
    {"output", "FILE", "the file of the samples; standard output by default", 'o'},
    {"names", "A,B", "the names of the variables of the model; x1,x2 and so on"},
    {"given", "A=V",
     "a variable, by name or number from 1, that has this value; may be given several times"},
    {"marginal", "A,B",
     "the variables that are written, by name or number, in this order; usually all that are not "
     "given"},
    {"lower", "A,B",
     "samples lie above these limits: a number, -inf or auto for each variable that is not given"},
    {"upper", "A,B", "samples lie below these limits"},
    {"conditions", "C,D", "the conditions of a model that has them"},
    {"output-number", "K", "which output is the density, from 1; 1"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"json", "", "the samples as JSON"},
};

// The variables of --marginal, or all of them.
std::vector<std::int32_t> written_of(const Arguments& arguments, const Asked& asked) {
  std::vector<std::int32_t> variables(asked.names.size());
  std::iota(variables.begin(), variables.end(), 0);
  if (!arguments.has("marginal")) return variables;
  variables.clear();
  for (const std::string& text : arguments.list("marginal")) {
    variables.push_back(index_of(arguments, "marginal", text, asked.names));
  }
  if (variables.empty()) arguments.fail("--marginal: no variable given");
  return variables;
}

// Some columns of samples [rows][width].
std::vector<double> columns_of(const std::vector<double>& samples, std::size_t width,
                               const std::vector<std::int32_t>& columns) {
  std::vector<double> some;
  for (std::size_t row = 0; row < samples.size(); row += width) {
    for (const std::int32_t column : columns) {
      some.push_back(samples[row + static_cast<std::size_t>(column)]);
    }
  }
  return some;
}

// Samples of the variables that are written. A chain has no marginals but those of its first
// variables, so that all of them are drawn.
std::vector<double> samples_of(const Arguments& arguments, const Asked& asked,
                               const std::vector<std::int32_t>& written) {
  const auto rows = arguments.integer("rows", 0, 1ULL << 32);
  const auto seed = arguments.integer("seed", 0, std::numeric_limits<std::uint64_t>::max());
  const auto first = arguments.integer("first", 0, 1ULL << 62);
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  const auto draw = [&](const finn::Distribution& of) {
    return of.sample(workspace, static_cast<std::int64_t>(rows), seed, asked.repeated(rows),
                     static_cast<std::int64_t>(first));
  };
  if (!arguments.has("marginal")) return draw(asked.distribution);
  if (!asked.is_of_chain) return draw(asked.distribution.marginal(written));
  return columns_of(draw(asked.distribution), asked.names.size(), written);
}

void run(const Arguments& arguments) {
  arguments.required("rows");
  const Asked asked = truncated_of(arguments);
  const std::vector<std::int32_t> written = written_of(arguments, asked);
  std::vector<std::string> names;
  for (const std::int32_t variable : written) {
    names.push_back(asked.names[static_cast<std::size_t>(variable)]);
  }
  const std::vector<double> samples = samples_of(arguments, asked, written);
  if (!arguments.has("json")) return deliver(arguments, csv_of(names, samples));
  JsonObject object;
  object.add("variables", json_list(names));
  object.add("values", json_rows(samples, names.size()));
  deliver(arguments, object.text() + "\n");
}

}  // namespace

const Command kSample = {"sample",
                         "model.safetensors -n N",
                         1,
                         1,
                         "Draws samples of a density, as CSV, with some variables given or within "
                         "limits.",
                         kFlags,
                         false,
                         run};

}  // namespace program
