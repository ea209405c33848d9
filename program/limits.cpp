#include "program/limits.hpp"

#include <cmath>
#include <string>

#include "program/text.hpp"

namespace program {

std::vector<double> limits_of(const Arguments& arguments, const char* flag,
                              const std::vector<double>& usual) {
  if (!arguments.has(flag)) return usual;
  std::vector<double> limits = arguments.numbers(flag, usual.size(), true);
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (std::isnan(limits[i])) limits[i] = usual[i];
  }
  return limits;
}

std::vector<double> conditions_of(const Arguments& arguments, std::size_t count) {
  std::vector<double> all;
  for (const std::string& given : arguments.all("conditions")) {
    const std::vector<std::string> parts = split(given);
    for (const std::string& part : parts) {
      const auto number = number_in(part);
      if (!number) arguments.fail("--conditions: \"" + part + "\" given, a number expected");
      all.push_back(*number);
    }
    if (parts.size() != count) {
      arguments.fail("--conditions: " + std::to_string(parts.size()) + " numbers given, " +
                     std::to_string(count) + " expected");
    }
  }
  if (count > 0 && all.empty()) {
    arguments.fail("--conditions is missing: this model has " + std::to_string(count));
  }
  return all;
}

}  // namespace program
