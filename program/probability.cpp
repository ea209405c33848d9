#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <finn.hpp>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/distribution.hpp"
#include "program/json.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"lower", "A,B",
     "lower limits: a number, -inf or auto for each variable that is not given; auto, the default, "
     "is the edge of the domain"},
    {"upper", "A,B", "upper limits"},
    {"names", "A,B", "the names of the variables of the model; x1,x2 and so on"},
    {"given", "A=V",
     "a variable, by name or number from 1, that has this value; may be given several times"},
    {"conditions", "C,D",
     "the conditions of a model that has them; given several times, a probability for each"},
    {"output-number", "K", "which output is the density, from 1; 1"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"json", "", "the results as JSON"},
};

// The limits of one box, repeated for each row of conditions.
std::vector<double> repeated(const std::vector<double>& limits, std::size_t rows) {
  std::vector<double> all;
  for (std::size_t row = 0; row < rows; ++row) all.insert(all.end(), limits.begin(), limits.end());
  return all;
}

// Boxes of several variables of a chain are sums over points, all else is exact but for rounding.
const char* kind_of_error(const Asked& asked) {
  return asked.is_of_chain && asked.names.size() > 1 ? "standard" : "rounding";
}

void run(const Arguments& arguments) {
  const Asked asked = asked_of(arguments);
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  std::vector<double> errors;
  const std::vector<double> values =
      asked.distribution.probability(workspace, repeated(asked.lower, asked.rows),
                                     repeated(asked.upper, asked.rows), asked.given, &errors);
  if (arguments.has("json")) {
    JsonObject object;
    object.add("value", json_list(values)).add("error_estimate", json_list(errors));
    std::printf("%s\n", object.text().c_str());
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::printf("%s (%s error %s)\n", short_text(values[i], 17).c_str(), kind_of_error(asked),
                short_text(errors[i], 2).c_str());
  }
}

}  // namespace

const Command kProbability = {"probability",
                              "model.safetensors",
                              1,
                              1,
                              "The probability of a box under a density, with some variables "
                              "given.",
                              kFlags,
                              false,
                              run};

}  // namespace program
