#include "program/parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>

#include "program/text.hpp"

namespace program {
namespace {

using Names = std::vector<std::string>;

std::string network_name(const Arguments& arguments) {
  const Names networks = {"mixture", "mlp", "chain"};
  return networks[arguments.choice("network", networks, 0)];
}

std::int32_t count(std::size_t number) { return static_cast<std::int32_t>(number); }

std::size_t outputs_of(const Rows& rows) { return std::max<std::size_t>(rows.targets.size(), 1); }

bool is_positive(const FitArguments& fit) {
  return !is_mlp(fit.arguments) || fit.options.mlp.positivity != FINN_POSITIVITY_NONE;
}

finn_method method_of(const FitArguments& fit) {
  const Names methods = {"scale", "shift"};
  return static_cast<finn_method>(
      fit.arguments.choice("method", methods, is_positive(fit) ? 0 : 1));
}

// The numbers of a flag, or as many of the usual ones.
std::vector<double> numbers_or(const FitArguments& fit, const char* flag, double usual) {
  const std::size_t outputs = outputs_of(fit.rows);
  if (!fit.arguments.has(flag)) return std::vector<double>(outputs, usual);
  return fit.arguments.numbers(flag, outputs);
}

std::vector<double> bound_of(const FitArguments& fit, const char* flag) {
  if (!fit.arguments.has(flag)) return {};
  return fit.arguments.numbers(flag, outputs_of(fit.rows));
}

finn::Constraint bounded(const FitArguments& fit) {
  const Names transitions = {"clip", "smooth", "learned"};
  return finn::Constraint::bounded(
      method_of(fit), bound_of(fit, "at-least"), bound_of(fit, "at-most"),
      static_cast<finn_transition>(fit.arguments.choice("transition", transitions, 0)),
      fit.options.constraint);
}

bool is_intensity(const FitArguments& fit) {
  return fit.options.training.loss == FINN_LOSS_POISSON_PROCESS;
}

// Where a learned integral begins: the number of events that is expected, or 1.
double start_of(const FitArguments& fit) {
  if (!is_intensity(fit)) return 1;
  const double events = fit.options.training.poisson_events;
  return events > 0 ? events : static_cast<double>(fit.rows.count);
}

// The name of the constraint where --constraint does not say it; "" for that of finn.h.
std::string usual_constraint(const FitArguments& fit) {
  if (fit.arguments.has("at-least") || fit.arguments.has("at-most")) return "bounded";
  if (fit.arguments.has("integral")) return "equal";
  if (is_intensity(fit)) return "learned";
  if (!fit.rows.targets.empty()) return "none";
  return "equal";
}

// A limit of the box: what the flag says, and where that is auto the range of the rows, widened.
std::vector<double> limits_of(const FitArguments& fit, const char* flag, const Range& range,
                              double side) {
  const std::size_t n = fit.rows.variables.size();
  std::vector<double> limits(n, std::nan(""));
  if (fit.arguments.has(flag)) limits = fit.arguments.numbers(flag, n, true);
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isnan(limits[i])) continue;
    const double width = range.most[i] - range.least[i];
    if (width == 0) {
      throw std::runtime_error("column " + fit.rows.variables[i] + " is " +
                               text_of(range.least[i]) +
                               " in every row: give its box by --lower and --upper, or choose "
                               "other columns by --columns");
    }
    limits[i] = side < 0 ? range.least[i] - 0.1 * width : range.most[i] + 0.1 * width;
  }
  return limits;
}

void check_conditions(const Rows& rows, const Range& range) {
  for (std::size_t i = 0; i < rows.conditions.size(); ++i) {
    const std::size_t c = rows.variables.size() + i;
    if (range.least[c] < range.most[c]) continue;
    throw std::runtime_error("condition " + rows.conditions[i] + " is " + text_of(range.least[c]) +
                             " in every row: leave it out of --conditions");
  }
}

}  // namespace

bool is_mlp(const Arguments& arguments) { return network_name(arguments) == "mlp"; }

bool is_chain(const Arguments& arguments) { return network_name(arguments) == "chain"; }

finn::Network network_of(const FitArguments& fit) {
  const std::int32_t variables = count(fit.rows.variables.size());
  const std::int32_t outputs = count(outputs_of(fit.rows));
  if (is_mlp(fit.arguments)) return finn::Network::mlp(variables, outputs, fit.options.mlp);
  return finn::Network::mixture(variables, outputs, fit.options.mixture);
}

finn::Domain domain_of(const FitArguments& fit) {
  const Range range = range_of(fit.rows);
  return finn::Domain::open_box(limits_of(fit, "lower", range, -1),
                                limits_of(fit, "upper", range, 1));
}

std::optional<finn::Constraint> constraint_of(const FitArguments& fit) {
  const Names forms = {"none", "equal", "bounded", "learned"};
  const auto usual = std::find(forms.begin(), forms.end(), usual_constraint(fit));
  switch (
      fit.arguments.choice("constraint", forms, static_cast<std::size_t>(usual - forms.begin()))) {
    case 0:
      return finn::Constraint::none();
    case 1:
      return finn::Constraint::equal(method_of(fit), numbers_or(fit, "integral", 1),
                                     fit.options.constraint);
    case 2:
      return bounded(fit);
    default:
      return finn::Constraint::learned(method_of(fit), numbers_or(fit, "integral", start_of(fit)),
                                       fit.options.constraint);
  }
}

std::optional<finn::Conditioning> conditioning_of(const FitArguments& fit) {
  if (fit.rows.conditions.empty()) return std::nullopt;
  const Range range = range_of(fit.rows);
  check_conditions(fit.rows, range);
  const auto n = static_cast<std::ptrdiff_t>(fit.rows.variables.size());
  const std::vector<double> lower(range.least.begin() + n, range.least.end());
  const std::vector<double> upper(range.most.begin() + n, range.most.end());
  const Names forms = {"film", "hypernetwork", "inputs"};
  switch (fit.arguments.choice("conditioning", forms, 0)) {
    case 0:
      return finn::Conditioning::film(lower, upper, fit.options.conditioning);
    case 1:
      return finn::Conditioning::hypernetwork(lower, upper, fit.options.conditioning);
    default:
      return finn::Conditioning::inputs(lower, upper);
  }
}

}  // namespace program
