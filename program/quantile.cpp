#include <cstddef>
#include <cstdint>
#include <finn.hpp>
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
    {"p", "P,Q", "probabilities, 0 .. 1; needed", 'p'},
    {"variable", "A",
     "whose quantiles, by name or number; needed where more than one variable is not given"},
    {"output", "FILE", "the file of the results; standard output by default", 'o'},
    {"names", "A,B", "the names of the variables of the model; x1,x2 and so on"},
    {"given", "A=V",
     "a variable, by name or number from 1, that has this value; may be given several times"},
    {"lower", "A,B",
     "of the part of the density above these limits: a number, -inf or auto for each variable that "
     "is not given"},
    {"upper", "A,B", "of the part below these limits"},
    {"conditions", "C,D", "the conditions of a model that has them"},
    {"output-number", "K", "which output is the density, from 1; 1"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"json", "", "the results as JSON"},
};

// The name of the variable whose quantiles are asked, which alone is left.
std::string reduce(const Arguments& arguments, Asked& asked) {
  if (!arguments.has("variable") && asked.names.size() == 1) return asked.names.front();
  const std::int32_t variable =
      index_of(arguments, "variable", arguments.required("variable"), asked.names);
  if (asked.is_of_chain && variable != 0) {
    arguments.fail("--variable: " + asked.names[static_cast<std::size_t>(variable)] + " given, " +
                   asked.names.front() +
                   " expected: a chain has quantiles of the first variable that is not given");
  }
  asked.distribution = asked.distribution.marginal({variable});
  return asked.names[static_cast<std::size_t>(variable)];
}

void run(const Arguments& arguments) {
  arguments.required("p");
  const std::vector<double> p = arguments.numbers("p", arguments.list("p").size());
  Asked asked = truncated_of(arguments);
  const std::string name = reduce(arguments, asked);
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  const std::vector<double> x = asked.distribution.quantile(workspace, p, asked.repeated(p.size()));
  if (arguments.has("json")) {
    JsonObject object;
    object.string("variable", name).add("p", json_list(p)).add("value", json_list(x));
    return deliver(arguments, object.text() + "\n");
  }
  std::vector<double> rows;
  for (std::size_t i = 0; i < p.size(); ++i) rows.insert(rows.end(), {p[i], x[i]});
  deliver(arguments, csv_of(std::vector<std::string>{"p", name}, rows));
}

}  // namespace

const Command kQuantile = {"quantile",
                           "model.safetensors -p P,Q",
                           1,
                           1,
                           "Where the cdf of one variable has these values, as CSV, whatever the "
                           "others are or with some given.",
                           kFlags,
                           false,
                           run};

}  // namespace program
