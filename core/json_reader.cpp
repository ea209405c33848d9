#include "core/json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/json_string.hpp"
#include "core/utf8.hpp"

namespace finn::core {
namespace {

std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_control(char character) { return static_cast<unsigned char>(character) < 0x20; }

}  // namespace

JsonReader::JsonReader(std::string document, std::string_view text)
    : document_(std::move(document)), text_(text) {}

JsonReader::JsonReader(std::string document, std::span<const unsigned char> bytes)
    : JsonReader(std::move(document), as_text(bytes)) {}

void JsonReader::fail_at(std::size_t offset, const char* given, const char* expected) const {
  fail(Status::ERROR_FORMAT, "%s: byte %zu: %s given, %s expected", document_.c_str(), offset,
       given, expected);
}

void JsonReader::fail_next(const char* expected) const {
  if (is_at_end()) fail_at(at_, "the end", expected);
  const auto byte = static_cast<unsigned char>(text_[at_]);
  char given[16];
  std::snprintf(given, sizeof given, byte > 0x20 && byte < 0x7f ? "'%c'" : "0x%02x", byte);
  fail_at(at_, given, expected);
}

void JsonReader::fail_given(std::string_view given, const char* expected) const {
  fail_at(value_, shown(given).c_str(), expected);
}

void JsonReader::fail_unknown(std::string_view key, const char* expected) const {
  fail(Status::ERROR_FORMAT, "%s: byte %zu: a member %s given, %s expected", document_.c_str(),
       value_, shown(key).c_str(), expected);
}

void JsonReader::require_member(bool is_there, const char* key) const {
  if (is_there) return;
  fail(Status::ERROR_FORMAT, "%s: the object that ends before byte %zu has no member \"%s\"",
       document_.c_str(), at_, key);
}

void JsonReader::require_at_most(std::size_t count, std::size_t most, const char* what) const {
  if (count <= most) return;
  fail(Status::ERROR_FORMAT, "%s: byte %zu: %zu or more %s given, at most %zu expected",
       document_.c_str(), at_, count, what, most);
}

void JsonReader::skip_spaces() noexcept {
  while (next() == ' ' || next() == '\n' || next() == '\r' || next() == '\t') ++at_;
}

void JsonReader::begin_value(const char* expected) {
  skip_spaces();
  if (is_at_end()) fail_next(expected);
  value_ = at_;
}

bool JsonReader::take(std::string_view word) noexcept {
  if (!text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

JsonReader::Kind JsonReader::kind() {
  constexpr const char* expected = "a value";
  begin_value(expected);
  switch (next()) {
    case '{':
      return Kind::OBJECT;
    case '[':
      return Kind::LIST;
    case '"':
      return Kind::STRING;
    case 't':
    case 'f':
      return Kind::BOOLEAN;
    case 'n':
      return Kind::NOTHING;
    default:
      if (next() != '-' && !is_digit(next())) fail_next(expected);
      return Kind::NUMBER;
  }
}

void JsonReader::enter(char bracket, const char* expected) {
  begin_value(expected);
  if (next() != bracket) fail_next(expected);
  if (depth_ == kMostDepth) fail_next("at most 32 brackets within one another");
  ++depth_;
  ++at_;
}

bool JsonReader::leave_if_empty(char bracket) {
  skip_spaces();
  if (next() != bracket) return false;
  --depth_;
  ++at_;
  return true;
}

bool JsonReader::goes_on(char bracket) {
  if (leave_if_empty(bracket)) return false;
  if (!take(",")) fail_next(bracket == '}' ? "',' or '}'" : "',' or ']'");
  return true;
}

std::string_view JsonReader::read_key(std::set<std::string, std::less<>>& keys) {
  begin_value("a key");
  const auto [key, is_new] = keys.insert(unescaped(raw_string("a key")));
  if (!is_new) fail_unknown(*key, "each key once");
  skip_spaces();
  if (!take(":")) fail_next("':'");
  return *key;
}

// Reads what stands between two quotes, escapes as they are.
std::string_view JsonReader::raw_string(const char* expected) {
  if (next() != '"') fail_next(expected);
  const std::size_t begin = ++at_;
  while (!is_at_end() && next() != '"' && !is_control(next())) {
    at_ += next() == '\\' && at_ + 1 < text_.size() ? 2 : 1;
  }
  if (next() != '"') fail_next("'\"' or a character of a string");
  const std::string_view raw = text_.substr(begin, at_ - begin);
  const std::size_t valid = valid_utf8(raw);
  if (valid < raw.size()) {
    at_ = begin + valid;
    fail_next("UTF-8");
  }
  ++at_;
  return raw;
}

std::string JsonReader::unescaped(std::string_view raw) const {
  std::string text;
  if (const char* expected = append_unescaped(text, raw)) fail_given(raw, expected);
  return text;
}

std::string JsonReader::string() {
  begin_value("a string");
  return unescaped(raw_string("a string"));
}

void JsonReader::skip_digits() {
  if (!is_digit(next())) fail_next("a digit");
  while (is_digit(next())) ++at_;
}

// Reads what the grammar of numbers takes, which is less than from_chars does.
std::string_view JsonReader::raw_number(bool is_integer, const char* expected) {
  begin_value(expected);
  if (next() != '-' && !is_digit(next())) fail_next(expected);
  take("-");
  if (take("0")) {
    if (is_digit(next())) fail_next("no digit after a 0 that begins a number");
  } else {
    skip_digits();
  }
  if (is_integer) {
    if (next() == '.' || next() == 'e' || next() == 'E') fail_next(expected);
    return text_.substr(value_, at_ - value_);
  }
  if (take(".")) skip_digits();
  if (take("e") || take("E")) {
    if (!take("+")) take("-");
    skip_digits();
  }
  return text_.substr(value_, at_ - value_);
}

template <class Number>
Number JsonReader::parsed(std::string_view raw, const char* expected) const {
  Number value{};
  const char* const end = raw.data() + raw.size();
  const auto [read_to, error] = std::from_chars(raw.data(), end, value);
  if (error != std::errc() || read_to != end) fail_given(raw, expected);
  return value;
}

double JsonReader::number() {
  return parsed<double>(raw_number(false, "a number"), "a number within the range of a double");
}

double JsonReader::number_or_infinity() {
  if (kind() != Kind::STRING) return number();
  const std::string text = string();
  if (text != "inf" && text != "-inf") fail_given(text, "a number, \"inf\" or \"-inf\"");
  const double infinity = std::numeric_limits<double>::infinity();
  return text == "inf" ? infinity : -infinity;
}

std::int64_t JsonReader::integer() {
  return parsed<std::int64_t>(raw_number(true, "an integer"), "an integer of 64 bits");
}

std::uint64_t JsonReader::unsigned_integer() {
  constexpr const char* expected = "an integer of 64 bits, 0 or more";
  return parsed<std::uint64_t>(raw_number(true, expected), expected);
}

bool JsonReader::boolean() {
  constexpr const char* expected = "true or false";
  begin_value(expected);
  if (take("true")) return true;
  if (!take("false")) fail_next(expected);
  return false;
}

bool JsonReader::null_if_next() {
  begin_value("a value");
  return take("null");
}

// At most as many as the list that comes next has, if it is one of numbers: each but the last takes
// two bytes, a digit and a comma.
std::size_t JsonReader::numbers_ahead(std::size_t most) const {
  const std::string_view rest = text_.substr(at_);
  const std::string_view list = rest.substr(0, rest.find(']'));
  const auto commas = static_cast<std::size_t>(std::count(list.begin(), list.end(), ','));
  return std::min({most, commas + 1, list.size() / 2 + 1});
}

std::vector<double> JsonReader::numbers(std::size_t most) {
  std::vector<double> values;
  values.reserve(numbers_ahead(most));  // a vector that grows takes three times as much in between
  list(most, [&] { values.push_back(number()); });
  return values;
}

std::vector<std::int64_t> JsonReader::integers(std::size_t most) {
  std::vector<std::int64_t> values;
  list(most, [&] { values.push_back(integer()); });
  return values;
}

void JsonReader::skip() {
  switch (kind()) {
    case Kind::OBJECT:
      return object([&](std::string_view) { skip(); });
    case Kind::LIST:
      return list(text_.size(), [&] { skip(); });
    case Kind::STRING:
      return static_cast<void>(string());
    case Kind::NUMBER:
      return static_cast<void>(raw_number(false, "a number"));
    case Kind::BOOLEAN:
      return static_cast<void>(boolean());
    case Kind::NOTHING:
      if (!take("null")) fail_next("null");
  }
}

void JsonReader::end() {
  skip_spaces();
  if (!is_at_end()) fail_next("the end");
}

}  // namespace finn::core
