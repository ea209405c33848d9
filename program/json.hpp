#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace program {

// Values as JSON writes them; a number that is not finite is null, as JSON has no such numbers.
std::string json_string(std::string_view text);
std::string json_number(double value);
std::string json_list(std::span<const double> values);
std::string json_list(std::span<const std::string> texts);
// values [rows][columns] as a list of lists.
std::string json_rows(std::span<const double> values, std::size_t columns);

// An object, member by member.
class JsonObject {
 public:
  // json: a value as JSON writes it.
  JsonObject& add(std::string_view key, const std::string& json);
  JsonObject& number(std::string_view key, double value) { return add(key, json_number(value)); }
  JsonObject& string(std::string_view key, std::string_view text) {
    return add(key, json_string(text));
  }
  std::string text() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

}  // namespace program
