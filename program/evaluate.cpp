#include <cstddef>
#include <cstdint>
#include <finn.hpp>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/csv.hpp"
#include "program/json.hpp"
#include "program/load.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"output", "FILE", "the file of the results; standard output by default", 'o'},
    {"columns", "A,B",
     "the columns of the points, by name or number, in the order of the model: variables, then "
     "conditions; usually all of the file"},
    {"partial", "A,B",
     "the mixed partial of F in these variables, by name or number from 1, and not f; none for F"},
    {"mask", "N", "the same by a number, of which bit i stands for variable i, counted from 0"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"json", "", "the results as JSON"},
};

// Points for a model or a chain: as many columns as it has.
template <class Kind>
finn::Table points_of(const Arguments& arguments, const Kind& of) {
  finn::Table table(arguments.input(1), arguments.list("columns"));
  if (table.columns() != of.columns()) {
    throw std::runtime_error(arguments.input(1) + ": " + std::to_string(table.columns()) +
                             " columns given, " + std::to_string(of.columns()) +
                             " expected, of which " + std::to_string(of.variables()) +
                             " are variables: choose them by --columns");
  }
  return table;
}

std::uint64_t bit_of(const Arguments& arguments, const finn::Table& points, std::size_t variables,
                     const std::string& text) {
  for (std::size_t i = 0; i < variables; ++i) {
    const std::string name = points.name(static_cast<std::int32_t>(i));
    if (text == name || text == std::to_string(i + 1)) return std::uint64_t{1} << i;
  }
  arguments.fail("--partial: \"" + text + "\" given, the name of a variable or a number, 1 .. " +
                 std::to_string(variables) + " expected");
}

std::uint64_t subset_of(const Arguments& arguments, const finn::Table& points,
                        const finn::Model& model) {
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - model.variables());
  if (arguments.has("mask")) return arguments.integer("mask", all, all);
  if (!arguments.has("partial")) return all;
  std::uint64_t subset = 0;
  for (const std::string& text : arguments.list("partial")) {
    if (text != "none") subset |= bit_of(arguments, points, model.variables(), text);
  }
  return subset;
}

std::vector<std::string> names_of(std::size_t outputs) {
  if (outputs == 1) return {"f"};
  std::vector<std::string> names;
  for (std::size_t k = 1; k <= outputs; ++k) names.push_back("f" + std::to_string(k));
  return names;
}

// Values [rows][outputs].
struct Values {
  std::size_t outputs;
  std::vector<double> values;
};

Values values_of(const Arguments& arguments, finn::Workspace& workspace, const finn::Model& model) {
  const finn::Table points = points_of(arguments, model);
  const std::uint64_t subset = subset_of(arguments, points, model);
  return {model.outputs(), model.mixed_partial(workspace, subset, points.values())};
}

Values values_of(const Arguments& arguments, finn::Workspace& workspace, const finn::Chain& chain) {
  for (const char* flag : {"partial", "mask"}) {
    if (!arguments.has(flag)) continue;
    arguments.fail(std::string("--") + flag + " given, but a chain has no F of all its variables");
  }
  const finn::Table points = points_of(arguments, chain);
  return {1, chain.distribution().density(workspace, points.values())};
}

void run(const Arguments& arguments) {
  const Loaded loaded = load(arguments.input(0));
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  const auto [outputs, values] =
      std::visit([&](const auto& of) { return values_of(arguments, workspace, of); }, loaded);
  deliver(arguments, arguments.has("json")
                         ? JsonObject().add("values", json_rows(values, outputs)).text() + "\n"
                         : csv_of(names_of(outputs), values));
}

}  // namespace

const Command kEvaluate = {"evaluate",
                           "model.safetensors points.csv",
                           2,
                           2,
                           "Evaluates f, or a mixed partial of its antiderivative F, at each row "
                           "of a CSV file; of a chain the density.",
                           kFlags,
                           false,
                           run};

}  // namespace program
