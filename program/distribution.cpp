#include "program/distribution.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

#include "program/limits.hpp"
#include "program/load.hpp"
#include "program/text.hpp"

namespace program {
namespace {

// A variable that has a value.
struct Given {
  std::int32_t variable;
  double value;
};

Given given_by(const Arguments& arguments, const std::string& text,
               const std::vector<std::string>& names) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos) {
    arguments.fail("--given: \"" + text + "\" given, name=value expected");
  }
  const std::string value = text.substr(equals + 1);
  const std::optional<double> number = number_in(value);
  if (!number) arguments.fail("--given: \"" + value + "\" given, a number expected");
  return {index_of(arguments, "given", text.substr(0, equals), names), *number};
}

std::vector<Given> givens_of(const Arguments& arguments, const std::vector<std::string>& names) {
  std::vector<Given> all;
  for (const std::string& text : arguments.all("given")) {
    const Given given = given_by(arguments, text, names);
    for (const Given& other : all) {
      if (other.variable == given.variable) {
        arguments.fail("--given: " + names[static_cast<std::size_t>(given.variable)] +
                       " given twice");
      }
    }
    all.push_back(given);
  }
  return all;
}

// That of all variables.
finn::Distribution whole_of(const Arguments& arguments, const Loaded& loaded) {
  const auto* model = std::get_if<finn::Model>(&loaded);
  const std::size_t outputs = model == nullptr ? 1 : model->outputs();
  const auto number = arguments.integer("output-number", 1, outputs);
  if (model == nullptr) return std::get<finn::Chain>(loaded).distribution();
  return finn::Distribution(*model, static_cast<std::int32_t>(std::max(number, 1ULL) - 1));
}

// Of a chain the first variables are given, in any order.
void check_chain(const Arguments& arguments, const std::vector<Given>& givens,
                 const std::vector<std::string>& names) {
  for (const Given& given : givens) {
    const auto variable = static_cast<std::size_t>(given.variable);
    if (variable < givens.size()) continue;
    arguments.fail("--given: " + names[variable] + " given, but of a chain only the first " +
                   std::to_string(givens.size()) + " when so many are given");
  }
}

finn::Distribution with_given(const finn::Distribution& whole, const std::vector<Given>& givens) {
  if (givens.empty()) return whole;
  std::vector<std::int32_t> variables;
  for (const Given& given : givens) variables.push_back(given.variable);
  return whole.given(variables);
}

// The values of the variables, then those of a row of conditions: [rows][given columns].
std::vector<double> rows_of(const std::vector<Given>& givens, const std::vector<double>& conditions,
                            std::size_t count, std::size_t rows) {
  std::vector<double> all;
  for (std::size_t row = 0; row < rows; ++row) {
    for (const Given& given : givens) all.push_back(given.value);
    const auto begin = conditions.begin() + static_cast<std::ptrdiff_t>(row * count);
    all.insert(all.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  return all;
}

std::vector<std::string> left_of(const std::vector<std::string>& names,
                                 const std::vector<Given>& givens) {
  std::vector<std::string> left;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_given = std::any_of(givens.begin(), givens.end(), [i](const Given& given) {
      return given.variable == static_cast<std::int32_t>(i);
    });
    if (!is_given) left.push_back(names[i]);
  }
  return left;
}

}  // namespace

std::vector<std::string> names_of(const Arguments& arguments, std::size_t variables) {
  std::vector<std::string> names = arguments.list("names");
  if (arguments.has("names") && names.size() != variables) {
    arguments.fail("--names: " + std::to_string(names.size()) + " given, " +
                   std::to_string(variables) + " expected, one for each variable");
  }
  for (std::size_t i = names.size(); i < variables; ++i) {
    names.push_back("x" + std::to_string(i + 1));
  }
  return names;
}

std::int32_t index_of(const Arguments& arguments, const char* flag, const std::string& text,
                      const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (text == names[i]) return static_cast<std::int32_t>(i);
  }
  const auto number = integer_in(text).value_or(0);
  if (number >= 1 && number <= names.size()) return static_cast<std::int32_t>(number) - 1;
  arguments.fail(std::string("--") + flag + ": \"" + text + "\" given, one of " + joined(names) +
                 " or a number, 1 .. " + std::to_string(names.size()) + " expected");
}

std::vector<double> Asked::repeated(std::size_t count) const {
  std::vector<double> all;
  all.reserve(count * given.size());
  for (std::size_t i = 0; i < count; ++i) all.insert(all.end(), given.begin(), given.end());
  return all;
}

Asked asked_of(const Arguments& arguments) {
  const Loaded loaded = load(arguments.input(0));
  const finn::Distribution whole = whole_of(arguments, loaded);
  const std::vector<std::string> names = names_of(arguments, whole.variables());
  const std::vector<Given> givens = givens_of(arguments, names);
  const bool is_of_chain = std::holds_alternative<finn::Chain>(loaded);
  if (is_of_chain) check_chain(arguments, givens, names);
  finn::Distribution distribution = with_given(whole, givens);
  const std::size_t count = distribution.given_columns() - givens.size();
  const std::vector<double> conditions = conditions_of(arguments, count);
  const std::size_t rows = count == 0 ? 1 : conditions.size() / count;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> below(distribution.variables(), -infinity);
  const std::vector<double> above(distribution.variables(), infinity);
  return {std::move(distribution),
          is_of_chain,
          left_of(names, givens),
          rows_of(givens, conditions, count, rows),
          rows,
          limits_of(arguments, "lower", below),
          limits_of(arguments, "upper", above)};
}

Asked truncated_of(const Arguments& arguments) {
  Asked asked = asked_of(arguments);
  if (asked.rows > 1) {
    arguments.fail("--conditions given " + std::to_string(asked.rows) + " times, once expected");
  }
  if (arguments.has("lower") || arguments.has("upper")) {
    if (asked.is_of_chain) {
      arguments.fail(
          "--lower or --upper given, but a chain cannot be cut; finn probability takes "
          "them");
    }
    asked.distribution = asked.distribution.truncated(asked.lower, asked.upper);
  }
  return asked;
}

}  // namespace program
