#include "program/csv.hpp"

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "program/text.hpp"

namespace program {

std::string csv_of(std::span<const std::string> names, std::span<const double> values) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i % names.size() == 0 ? "\n" : ",") + text_of(values[i]);
  }
  return text + "\n";
}

void deliver(const Arguments& arguments, const std::string& text) {
  const std::optional<std::string> path = arguments.value("output");
  if (!path) {
    std::fputs(text.c_str(), stdout);
    return;
  }
  std::ofstream file(*path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(*path + ": cannot be written");
}

}  // namespace program
