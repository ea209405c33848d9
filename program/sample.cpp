#include <cstdint>
#include <finn.hpp>
#include <limits>
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

// Leaves the variables of --marginal.
void reduce(const Arguments& arguments, Asked& asked) {
  if (!arguments.has("marginal")) return;
  std::vector<std::int32_t> variables;
  std::vector<std::string> names;
  for (const std::string& text : arguments.list("marginal")) {
    variables.push_back(index_of(arguments, "marginal", text, asked.names));
    names.push_back(asked.names[static_cast<std::size_t>(variables.back())]);
  }
  if (variables.empty()) arguments.fail("--marginal: no variable given");
  asked.distribution = asked.distribution.marginal(variables);
  asked.names = names;
}

void run(const Arguments& arguments) {
  arguments.required("rows");
  const auto rows = arguments.integer("rows", 0, 1ULL << 32);
  const auto seed = arguments.integer("seed", 0, std::numeric_limits<std::uint64_t>::max());
  const auto first = arguments.integer("first", 0, 1ULL << 62);
  Asked asked = truncated_of(arguments, finn::Model::load(arguments.input(0)));
  reduce(arguments, asked);
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  const std::vector<double> samples =
      asked.distribution.sample(workspace, static_cast<std::int64_t>(rows), seed,
                                asked.repeated(rows), static_cast<std::int64_t>(first));
  if (!arguments.has("json")) return deliver(arguments, csv_of(asked.names, samples));
  JsonObject object;
  object.add("variables", json_list(asked.names));
  object.add("values", json_rows(samples, asked.names.size()));
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
