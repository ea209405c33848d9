#include <algorithm>
#include <cmath>
#include <cstdio>
#include <finn.hpp>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "program/arguments.hpp"
#include "program/commands.hpp"
#include "program/json.hpp"
#include "program/load.hpp"
#include "program/picture.hpp"
#include "program/text.hpp"

namespace program {
namespace {

const Flag kFlags[] = {
    {"output", "PICTURE.svg", "the file of the picture; needed", 'o'},
    {"rows", "ROWS.csv",
     "data to be drawn as well: points, or the histogram of a single column, whose names stand at "
     "the axes"},
    {"columns", "A,B",
     "the columns of the data, by name or number: the variables, and of one variable the value "
     "too, if there is one; the first ones by default"},
    {"lower", "A,B", "lower limits of the picture, a number or auto; those of the domain"},
    {"upper", "A,B", "upper limits of the picture"},
    {"conditions", "C,D", "the conditions of a model that has them"},
    {"output-number", "K", "which output is drawn, from 1; 1"},
    {"json", "", "what was drawn as JSON"},
};

constexpr std::size_t kSteps = 32;

// A box of x around the images of points of the box of u: the domain itself where it is a box, and
// nearly all of its volume where it is not bounded.
std::pair<std::vector<double>, std::vector<double>> box_of(const finn::Domain& domain) {
  const std::size_t n = domain.variables();
  auto [lower, upper] = domain.limits();
  if (domain.kind() == "open box" || domain.kind() == "box") return {lower, upper};
  std::vector<double> u;
  const std::size_t count = n == 1 ? kSteps + 1 : (kSteps + 1) * (kSteps + 1);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t v = 0; v < n; ++v) {
      const std::size_t step = v == 0 ? i % (kSteps + 1) : i / (kSteps + 1);
      const double share = 0.002 + 0.996 * static_cast<double>(step) / kSteps;
      u.push_back(lower[v] + share * (upper[v] - lower[v]));
    }
  }
  const std::vector<double> x = domain.to_point(u);
  for (std::size_t v = 0; v < n; ++v) lower[v] = upper[v] = x[v];
  for (std::size_t i = 0; i < x.size(); ++i) {
    lower[i % n] = std::min(lower[i % n], x[i]);
    upper[i % n] = std::max(upper[i % n], x[i]);
  }
  return {lower, upper};
}

void replace_limits(const Arguments& arguments, const char* flag, std::vector<double>& limits) {
  if (!arguments.has(flag)) return;
  const std::vector<double> given = arguments.numbers(flag, limits.size(), true);
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (std::isinf(given[i]))
      arguments.fail(std::string("--") + flag + ": a finite number expected");
    if (!std::isnan(given[i])) limits[i] = given[i];
  }
}

void check_limits(const Arguments& arguments, const Subject& subject) {
  for (std::size_t i = 0; i < subject.lower.size(); ++i) {
    if (subject.lower[i] < subject.upper[i]) continue;
    arguments.fail("--lower " + text_of(subject.lower[i]) + " and --upper " +
                   text_of(subject.upper[i]) + " given, a lower limit below the upper expected");
  }
}

// The columns of the data that are drawn, with their names.
void read_points(const Arguments& arguments, Subject& subject) {
  const auto path = arguments.value("rows");
  if (!path) return;
  const std::size_t n = subject.model.variables();
  const finn::Table table(*path, arguments.list("columns"));
  const std::size_t most = n == 1 && arguments.has("columns") ? 2 : n;
  if (table.columns() < n || (arguments.has("columns") && table.columns() > most)) {
    arguments.fail("--rows: " + std::to_string(table.columns()) + " columns given, " +
                   (most > n ? "1 or 2" : std::to_string(n)) + " expected");
  }
  const std::size_t taken = std::min(table.columns(), most);
  subject.names.resize(taken, "f");
  for (std::size_t i = 0; i < taken; ++i) {
    const std::string name = table.name(static_cast<std::int32_t>(i));
    if (!name.empty()) subject.names[i] = name;
  }
  const std::vector<double> values = table.values();
  for (std::size_t row = 0; row < values.size(); row += table.columns()) {
    for (std::size_t i = 0; i < taken; ++i) subject.points.push_back(values[row + i]);
  }
}

Subject subject_of(const Arguments& arguments, const finn::Model& model) {
  const std::size_t n = model.variables();
  if (n > 2) {
    throw std::runtime_error(arguments.input(0) + ": a model of " + std::to_string(n) +
                             " variables, but pictures are drawn of 1 and 2");
  }
  const auto output = arguments.integer("output-number", 1, model.outputs());
  auto [lower, upper] = box_of(model.domain());
  replace_limits(arguments, "lower", lower);
  replace_limits(arguments, "upper", upper);
  Subject subject{model,
                  arguments.numbers("conditions", model.columns() - n),
                  static_cast<std::size_t>(std::max(output, 1ULL) - 1),
                  lower,
                  upper,
                  {"x1", "x2"},
                  {}};
  subject.names.resize(n);
  check_limits(arguments, subject);
  read_points(arguments, subject);
  return subject;
}

void run(const Arguments& arguments) {
  const std::string path = arguments.required("output");
  const finn::Model model = load_model(arguments.input(0));
  const Subject subject = subject_of(arguments, model);
  std::ofstream file(path, std::ios::binary);
  file << (model.variables() == 1 ? curve_of(subject) : heat_map_of(subject));
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
  if (!arguments.has("json")) return;
  JsonObject object;
  object.string("picture", path).add("lower", json_list(subject.lower));
  object.add("upper", json_list(subject.upper)).add("names", json_list(subject.names));
  std::printf("%s\n", object.text().c_str());
}

}  // namespace

std::vector<double> values_at(const Subject& subject, const std::vector<double>& x) {
  const std::size_t n = subject.model.variables(), outputs = subject.model.outputs();
  std::vector<double> rows;
  for (std::size_t i = 0; i < x.size(); i += n) {
    rows.insert(rows.end(), x.begin() + static_cast<std::ptrdiff_t>(i),
                x.begin() + static_cast<std::ptrdiff_t>(i + n));
    rows.insert(rows.end(), subject.conditions.begin(), subject.conditions.end());
  }
  finn::Workspace workspace;
  const std::vector<double> all = subject.model.integrand(workspace, rows);
  std::vector<double> values;
  for (std::size_t i = subject.output; i < all.size(); i += outputs) values.push_back(all[i]);
  return values;
}

const Command kPlot = {"plot",
                       "model.safetensors -o picture.svg",
                       1,
                       1,
                       "Draws f of one variable as a curve and of two as a heat map, in SVG.",
                       kFlags,
                       false,
                       run};

}  // namespace program
