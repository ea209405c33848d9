#include "program/json.hpp"

#include <cmath>

#include "program/text.hpp"

namespace program {
namespace {

template <class Values, class Write>
std::string list_of(const Values& values, Write&& write) {
  std::string all;
  for (const auto& value : values) all += (all.empty() ? "" : ", ") + write(value);
  return "[" + all + "]";
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : clean(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string json_number(double value) { return std::isfinite(value) ? text_of(value) : "null"; }

std::string json_list(std::span<const double> values) { return list_of(values, json_number); }

std::string json_list(std::span<const std::string> texts) { return list_of(texts, json_string); }

std::string json_rows(std::span<const double> values, std::size_t columns) {
  std::string all;
  for (std::size_t i = 0; i < values.size(); i += columns) {
    all += (all.empty() ? "" : ", ") + json_list(values.subspan(i, columns));
  }
  return "[" + all + "]";
}

JsonObject& JsonObject::add(std::string_view key, const std::string& json) {
  members_ += (members_.empty() ? "" : ", ") + json_string(key) + ": " + json;
  return *this;
}

}  // namespace program
