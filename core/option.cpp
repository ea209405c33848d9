#include "core/option.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "core/error.hpp"

namespace finn::core {
namespace {

[[noreturn]] void refuse(Status status, const OptionRow& row, std::string_view prefix,
                         const std::string& given, const std::string& wanted) {
  fail(status, "%.*s%s: %s given, %s expected", static_cast<int>(prefix.size()), prefix.data(),
       row.name, given.c_str(), wanted.c_str());
}

char lower_case(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool equals_in_any_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower_case(a) == lower_case(b); });
}

bool is_within(const OptionRow& row, double value) {
  const bool above = row.least_is_excluded ? value > row.least : value >= row.least;
  const bool below = row.most_is_excluded ? value < row.most : value <= row.most;
  return above && below;
}

// Limits that a message names.
std::string number_limits_text(const OptionRow& row) {
  const bool has_least = std::isfinite(row.least), has_most = std::isfinite(row.most);
  const std::string least = number_text(row.least), most = number_text(row.most);
  if (has_least && has_most) {
    return "in " + std::string(row.least_is_excluded ? "(" : "[") + least + ", " + most +
           (row.most_is_excluded ? ")" : "]");
  }
  if (has_least) return row.least_is_excluded ? "above " + least : least + " or more";
  if (has_most) return row.most_is_excluded ? "below " + most : most + " or less";
  return "a finite number";
}

std::string integer_limit_text(double limit) {
  // The largest uint64 is no double: the one next to it is one more.
  if (limit >= 0x1p64) return std::to_string(std::numeric_limits<std::uint64_t>::max());
  return std::to_string(static_cast<std::int64_t>(limit));
}

// The value of a choice by its name, or its name by its value; -1 or "" if there is none.
std::int64_t value_of_choice(const OptionRow& row, std::string_view name) {
  std::int64_t value = row.first_choice, found = -1;
  visit_parts(row.choices, [&](std::string_view choice) {
    if (equals_in_any_case(choice, name)) found = value;
    ++value;
  });
  return found;
}

std::string name_of_choice(const OptionRow& row, std::int64_t value) {
  std::int64_t at = row.first_choice;
  std::string name;
  visit_parts(row.choices, [&](std::string_view choice) {
    if (at++ == value) name = choice;
  });
  return name;
}

std::string choices_with_values(const OptionRow& row) {
  std::string text;
  std::int64_t value = row.first_choice;
  visit_parts(row.choices, [&](std::string_view choice) {
    if (!text.empty()) text += ", ";
    text += std::string(choice) + " (" + std::to_string(value++) + ")";
  });
  return text;
}

// Whether all of text is a number of this type; errc::result_out_of_range if it is too large.
template <class T>
std::errc read_whole(std::string_view text, T& value) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec == std::errc{} && read.ptr != end) return std::errc::invalid_argument;
  return read.ptr == end ? read.ec : std::errc::invalid_argument;
}

template <class T>
T read_digits(const OptionRow& row, std::string_view prefix, std::string_view text) {
  T value = 0;
  const std::errc error = read_whole(text, value);
  if (error == std::errc{}) return value;
  const char* what = error == std::errc::result_out_of_range ? "" : "an integer, ";
  refuse(Status::ERROR_ARGUMENT, row, prefix, in_quotes(text), what + expected(row));
}

std::int64_t read_flag(const OptionRow& row, std::string_view prefix, std::string_view text) {
  if (equals_in_any_case(text, "true") || text == "1") return 1;
  if (equals_in_any_case(text, "false") || text == "0") return 0;
  refuse(Status::ERROR_ARGUMENT, row, prefix, in_quotes(text), "true or false");
}

}  // namespace

std::string expected(const OptionRow& row) {
  switch (row.type) {
    case OptionType::flag:
      return "0 or 1";
    case OptionType::choice:
      return choices_with_values(row);
    case OptionType::number:
      return number_limits_text(row);
    default:
      return integer_limit_text(row.least) + " .. " + integer_limit_text(row.most);
  }
}

void require_integer(const OptionRow& row, std::string_view prefix, std::int64_t value) {
  bool valid = is_within(row, static_cast<double>(value));
  if (row.type == OptionType::flag) valid = value == 0 || value == 1;
  if (row.type == OptionType::choice) valid = !name_of_choice(row, value).empty();
  if (!valid) {
    refuse(Status::ERROR_ARGUMENT, row, prefix, std::to_string(value), expected(row));
  }
}

void require_number(const OptionRow& row, std::string_view prefix, double value) {
  const Status status = std::isfinite(value) ? Status::ERROR_ARGUMENT : Status::ERROR_NOT_FINITE;
  if (std::isfinite(value) && is_within(row, value)) return;
  refuse(status, row, prefix, number_text(value), expected(row));
}

std::string integer_text(const OptionRow& row, std::int64_t value) {
  if (row.type == OptionType::integer || row.type == OptionType::integers) {
    return std::to_string(value);
  }
  require_integer(row, "", value);
  if (row.type == OptionType::flag) return value == 1 ? "true" : "false";
  return name_of_choice(row, value);
}

std::string number_text(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  std::string text(digits, end.ptr);
  // 1e-08 is written as people write it, 1e-8.
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos && text[exponent + 2] == '0') text.erase(exponent + 2, 1);
  return text;
}

std::int64_t read_integer(const OptionRow& row, std::string_view prefix, std::string_view text) {
  if (row.type == OptionType::flag) return read_flag(row, prefix, text);
  if (row.type == OptionType::choice) {
    const std::int64_t value = value_of_choice(row, text);
    if (value >= 0) return value;
    refuse(Status::ERROR_ARGUMENT, row, prefix, in_quotes(text),
           std::string("one of ") + row.choices);
  }
  const auto value = read_digits<std::int64_t>(row, prefix, text);
  require_integer(row, prefix, value);
  return value;
}

std::uint64_t read_unsigned(const OptionRow& row, std::string_view prefix, std::string_view text) {
  return read_digits<std::uint64_t>(row, prefix, text);
}

double read_number(const OptionRow& row, std::string_view prefix, std::string_view text) {
  double value = 0;
  if (read_whole(text, value) != std::errc{}) {
    refuse(Status::ERROR_ARGUMENT, row, prefix, in_quotes(text), "a number " + expected(row));
  }
  require_number(row, prefix, value);
  return value;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string shown = "\"";
  for (const char letter : text.substr(0, most)) {
    shown += letter >= ' ' && letter <= '~' ? letter : '?';
  }
  return shown + (text.size() > most ? "...\"" : "\"");
}

}  // namespace finn::core
