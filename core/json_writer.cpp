#include "core/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "core/error.hpp"
#include "core/json_string.hpp"
#include "core/utf8.hpp"

namespace finn::core {

// A string ends with its quote, so that these three can only be brackets and the colon of a key.
void JsonWriter::separate() {
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_.push_back(',');
}

void JsonWriter::begin(char bracket) {
  separate();
  text_.push_back(bracket);
}

JsonWriter& JsonWriter::key(std::string_view name) {
  string(name);
  text_.push_back(':');
  return *this;
}

void JsonWriter::numbers(std::span<const double> values) {
  list([&] {
    for (const double value : values) number(value);
  });
}

void JsonWriter::integers(std::span<const std::int64_t> values) {
  list([&] {
    for (const std::int64_t value : values) integer(value);
  });
}

void JsonWriter::string(std::string_view value) {
  const std::size_t valid = valid_utf8(value);
  if (valid < value.size()) {
    fail(Status::ERROR_ARGUMENT, "text %s: byte 0x%02x at %zu given, UTF-8 expected",
         shown(value.substr(0, valid)).c_str(), static_cast<unsigned char>(value[valid]), valid);
  }
  separate();
  append_json_string(text_, value);
}

template <class Number>
void JsonWriter::append_number(Number value) {
  separate();
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text_.append(digits.data(), end);
}

void JsonWriter::number(double value) {
  if (!std::isfinite(value)) {
    fail(Status::ERROR_NOT_FINITE, "a number of a JSON document: %g given, a finite one expected",
         value);
  }
  append_number(value);
}

void JsonWriter::number_or_infinity(double value) {
  if (!std::isinf(value)) return number(value);
  string(value > 0 ? "inf" : "-inf");
}

void JsonWriter::integer(std::int64_t value) { append_number(value); }

void JsonWriter::unsigned_integer(std::uint64_t value) { append_number(value); }

void JsonWriter::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  text_ += "null";
}

}  // namespace finn::core
