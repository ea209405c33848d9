#include <cstdio>
#include <finn.hpp>
#include <string>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/outline.hpp"

namespace program {
namespace {

const Flag kFlags[] = {{"json", "", "the description as it stands in the file, as JSON"}};

void run(const Arguments& arguments) {
  const finn::Model model = finn::Model::load(arguments.input(0));
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

}  // namespace

const Command kDescribe = {
    "describe", "model.safetensors", 1, 1, "Says what a model is made of.", kFlags, false, run};

}  // namespace program
