// Writes one JSON document (RFC 8259), without spaces. Whatever is written reads back as the same
// bits.
//
//   JsonWriter json;
//   json.object([&] {
//     json.key("kind").string("box");
//     json.key("lower").numbers(lower);
//   });
//   json.text()  // {"kind":"box","lower":[0,0.5]}
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace finn::core {

class JsonWriter {
 public:
  // An object: members() writes a key and a value for each.
  template <class Members>
  void object(Members&& members) {
    begin('{');
    members();
    text_.push_back('}');
  }
  JsonWriter& key(std::string_view name);

  // A list: elements() writes one value after another.
  template <class Elements>
  void list(Elements&& elements) {
    begin('[');
    elements();
    text_.push_back(']');
  }
  void numbers(std::span<const double> values);
  void integers(std::span<const std::int64_t> values);

  // Fails with ERROR_ARGUMENT, naming the byte, when the text is not UTF-8.
  void string(std::string_view value);
  // The shortest digits that read back as the same double. Fails with ERROR_NOT_FINITE for NaN and
  // infinities, which JSON has no numbers for.
  void number(double value);
  // Infinities become the strings "inf" and "-inf". Fails with ERROR_NOT_FINITE for NaN.
  void number_or_infinity(double value);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void boolean(bool value);
  void null();

  const std::string& text() const noexcept { return text_; }
  std::string take() noexcept { return std::move(text_); }

 private:
  template <class Number>
  void append_number(Number value);
  // Writes the comma that goes before a value or key unless it is the first.
  void separate();
  void begin(char bracket);

  std::string text_;
};

}  // namespace finn::core
