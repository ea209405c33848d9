#include <cstdio>
#include <finn.hpp>
#include <string>
#include <variant>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/distribution.hpp"
#include "program/json.hpp"
#include "program/links.hpp"
#include "program/load.hpp"
#include "program/outline.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"names", "A,B", "the names of the variables of a chain; x1,x2 and so on"},
    {"json", "", "the description as JSON: of a model that which stands in the file"}};

std::string json_of_options(const finn::Chain& chain) {
  const finn_chain_options options = chain.options();
  JsonObject object;
  for (const finn_option& row : finn::option_rows<finn_chain_options>()) {
    object.string(row.name, finn::get_option(options, row.name));
  }
  return object.text();
}

void describe(const Arguments& arguments, const finn::Chain& chain) {
  const std::vector<std::string> names = names_of(arguments, chain.variables());
  if (arguments.has("json")) {
    JsonObject object;
    object.add("variables", json_list(names));
    object.number("conditions", static_cast<double>(chain.conditions()));
    object.add("links", json_of_links(chain, names)).add("options", json_of_options(chain));
    std::printf("%s\n", object.text().c_str());
    return;
  }
  std::printf("%s: a chain of %zu variable%s and %zu condition%s, %zu link%s fitted\n\n%s",
              arguments.input(0).c_str(), chain.variables(), chain.variables() == 1 ? "" : "s",
              chain.conditions(), chain.conditions() == 1 ? "" : "s", chain.links(),
              chain.links() == 1 ? "" : "s", text_of_links(chain, names).c_str());
}

void describe(const Arguments& arguments, const finn::Model& model) {
  if (arguments.has("json")) {
    std::printf("%s\n", model.describe().c_str());
    return;
  }
  const std::size_t variables = model.variables(), others = model.columns() - variables;
  std::printf("%s: f of %zu variable%s%s, %zu output%s, %zu parameters\n\n%s",
              arguments.input(0).c_str(), variables, variables == 1 ? "" : "s",
              others == 0 ? "" : (" and " + std::to_string(others) + " further columns").c_str(),
              model.outputs(), model.outputs() == 1 ? "" : "s", model.parameter_count(),
              outline_of(model.describe()).c_str());
}

void run(const Arguments& arguments) {
  const Loaded loaded = load(arguments.input(0));
  std::visit([&](const auto& of) { describe(arguments, of); }, loaded);
}

}  // namespace

const Command kDescribe = {"describe",
                           "model.safetensors",
                           1,
                           1,
                           "Says what a model is made of, or what the links of a chain are.",
                           kFlags,
                           false,
                           run};

}  // namespace program
