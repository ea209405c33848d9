#include <cstdio>
#include <finn.hpp>
#include <limits>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/json.hpp"
#include "program/limits.hpp"
#include "program/load.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"lower", "A,B",
     "lower limits, a number, -inf or auto for each variable; auto, the default, is the edge of "
     "the domain"},
    {"upper", "A,B", "upper limits"},
    {"u", "", "limits are in the coordinates u of the domain and not in x"},
    {"conditions", "C,D",
     "the conditions of a model that has them; given several times, an integral for each"},
    {"threads", "N", "threads at most; 0, the default, is one for each processor"},
    {"json", "", "the results as JSON"},
};

void print_json(const finn::Integral& integral, std::size_t outputs) {
  JsonObject object;
  object.add("value", json_rows(integral.value, outputs));
  object.add("condition_number", json_rows(integral.condition_number, outputs));
  object.add("error_estimate", json_rows(integral.error_estimate, outputs));
  std::printf("%s\n", object.text().c_str());
}

void run(const Arguments& arguments) {
  const finn::Model model = load_model(arguments.input(0));
  const finn::Domain domain = model.domain();
  // The whole of any domain is the box of u; in x only an open box has limits that are finite.
  const bool is_whole = !arguments.has("lower") && !arguments.has("upper");
  const bool in_u = arguments.has("u") || is_whole;
  auto [lower, upper] = domain.limits();
  if (!in_u && domain.kind() != "open box") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    lower.assign(lower.size(), -infinity);
    upper.assign(upper.size(), infinity);
  }
  finn::Workspace workspace(static_cast<std::int32_t>(arguments.integer("threads", 0, 1024)));
  const finn::Integral integral = model.conditional_integral(
      workspace, limits_of(arguments, "lower", lower), limits_of(arguments, "upper", upper),
      conditions_of(arguments, model.columns() - model.variables()),
      in_u ? FINN_LIMITS_U : FINN_LIMITS_X);
  if (arguments.has("json")) {
    print_json(integral, model.outputs());
    return;
  }
  for (std::size_t i = 0; i < integral.value.size(); ++i) {
    std::printf("%s (condition number %s, rounding error %s)\n",
                short_text(integral.value[i], 17).c_str(),
                short_text(integral.condition_number[i], 3).c_str(),
                short_text(integral.error_estimate[i], 2).c_str());
  }
}

}  // namespace

const Command kIntegrate = {"integrate",
                            "model.safetensors",
                            1,
                            1,
                            "The integral of f over a box, from values of F; over the whole "
                            "domain without limits.",
                            kFlags,
                            false,
                            run};

}  // namespace program
