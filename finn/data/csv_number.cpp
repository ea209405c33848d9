#include "finn/data/csv_number.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

namespace finn::net {
namespace {

using core::Status;
using std::string_view;

constexpr std::array kMissing = {"",     "?",    "-",    ".",    "NA",   "N/A",    "n/a",
                                 "null", "NULL", "Null", "None", "none", "missing"};
constexpr std::array kSpreadsheet = {"#N/A",  "#VALUE!", "#DIV/0!", "#NUM!",
                                     "#REF!", "#NAME?",  "#NULL!"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) { return c == '+' || c == '-'; }

bool is_space(char c) { return c == ' ' || c == '\t'; }

string_view trimmed(string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

string_view without_signs(string_view text) {
  const auto begin = std::find_if_not(text.begin(), text.end(), is_sign);
  return text.substr(static_cast<std::size_t>(begin - text.begin()));
}

std::size_t count_digits(string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// A number without its sign, cut into its parts.
struct Decimal {
  string_view whole, fraction;  // digits
  string_view exponent;         // with its sign
  bool is_valid = false;

  explicit Decimal(string_view text) {
    whole = text.substr(0, count_digits(text, 0));
    std::size_t at = whole.size();
    if (at < text.size() && text[at] == '.') {
      fraction = text.substr(at + 1, count_digits(text, at + 1));
      at += 1 + fraction.size();
    }
    if (whole.empty() && fraction.empty()) return;
    if (at < text.size() && string_view("eEdD").find(text[at]) != string_view::npos) {
      const std::size_t sign = at + 1 < text.size() && is_sign(text[at + 1]) ? 1 : 0;
      exponent = text.substr(at + 1, sign + count_digits(text, at + 1 + sign));
      if (exponent.size() == sign) return;
      at += 1 + exponent.size();
    }
    is_valid = at == text.size();
  }

  // Of a number that double cannot hold: whether it is above 1. Its first digit that is not 0
  // stands so far before the point, or behind it, as this and the exponent say together.
  bool is_large() const {
    std::int64_t power = 0;
    const string_view digits = exponent.substr(!exponent.empty() && exponent[0] == '+' ? 1 : 0);
    if (!digits.empty()) {
      const auto [rest, problem] =
          std::from_chars(digits.data(), digits.data() + digits.size(), power);
      if (problem != std::errc()) return digits[0] != '-';
    }
    const std::size_t first = whole.find_first_not_of('0');
    if (first != string_view::npos) {
      return static_cast<std::int64_t>(whole.size() - first) + power > 0;
    }
    const std::size_t zeros = fraction.find_first_not_of('0');
    return power - static_cast<std::int64_t>(zeros) > 0;
  }
};

// The exponent begins with an e, as from_chars reads it.
CsvNumber value_of(string_view text, bool is_negative, const Decimal& decimal) {
  std::string with_e;
  if (!decimal.exponent.empty()) {
    const std::size_t letter = text.size() - decimal.exponent.size() - 1;
    with_e = text;
    with_e[letter] = 'e';
    text = with_e;
  }
  CsvNumber number{CsvKind::number};
  const auto [rest, problem] =
      std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (problem == std::errc::result_out_of_range) {
    if (decimal.is_large()) return {CsvKind::too_large};
    number.value = 0;
  }
  if (is_negative) number.value = -number.value;
  return number;
}

bool equals_in_any_case(string_view text, string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

bool is_hexadecimal(string_view text) {
  const bool has_mark = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  const auto may_stand = [](char c) {
    return std::isxdigit(static_cast<unsigned char>(c)) != 0 || c == '.' || is_sign(c) ||
           c == 'p' || c == 'P';
  };
  return has_mark && std::all_of(text.begin() + 2, text.end(), may_stand);
}

// Whether a number is left when what people put between digits is taken out.
bool is_grouped(string_view text) {
  if (text.empty() || !is_digit(text[0])) return false;
  const auto without = [&](string_view separators) {
    std::string rest;
    for (const char c : text) {
      if (separators.find(c) == string_view::npos) rest.push_back(c);
    }
    return rest;
  };
  return Decimal(without(",_' ")).is_valid || Decimal(without(".,_' ")).is_valid;
}

CsvKind kind_of_word(string_view text) {
  const auto is_text = [&](const char* word) { return text == word; };
  if (std::any_of(kMissing.begin(), kMissing.end(), is_text) || is_spreadsheet_error(text)) {
    return CsvKind::missing;
  }
  const string_view rest = without_signs(text);
  if (equals_in_any_case(rest, "nan")) return CsvKind::not_a_number;
  if (equals_in_any_case(rest, "inf") || equals_in_any_case(rest, "infinity")) {
    return CsvKind::infinite;
  }
  if (is_hexadecimal(rest)) return CsvKind::hexadecimal;
  if (text.size() - rest.size() > 1 && Decimal(rest).is_valid) return CsvKind::two_signs;
  return is_grouped(trimmed(rest)) ? CsvKind::grouped : CsvKind::text;
}

}  // namespace

bool is_spreadsheet_error(string_view field) {
  return std::find(kSpreadsheet.begin(), kSpreadsheet.end(), field) != kSpreadsheet.end();
}

CsvNumber read_number(string_view field) {
  const string_view text = trimmed(field);
  const bool has_sign = !text.empty() && is_sign(text[0]);
  const string_view digits = text.substr(has_sign ? 1 : 0);
  const Decimal decimal(digits);
  if (!decimal.is_valid) {
    const double endless = std::numeric_limits<double>::infinity();
    const CsvKind kind = kind_of_word(text);
    if (kind != CsvKind::infinite) return {kind};
    return {kind, has_sign && text[0] == '-' ? -endless : endless};
  }
  return value_of(digits, has_sign && text[0] == '-', decimal);
}

CsvRefusal refusal_of(CsvKind kind) {
  switch (kind) {
    case CsvKind::too_large:
      return {Status::ERROR_NOT_FINITE, "a finite number expected: it is larger than any double"};
    case CsvKind::infinite:
      return {Status::ERROR_NOT_FINITE, "a finite number expected"};
    case CsvKind::not_a_number:
      return {Status::ERROR_NOT_FINITE,
              "a finite number expected: leave the row out or fill the value in"};
    case CsvKind::missing:
      return {Status::ERROR_FORMAT,
              "a number expected: leave the row out or fill the missing value in"};
    case CsvKind::two_signs:
      return {Status::ERROR_FORMAT, "a number with one sign at most expected"};
    case CsvKind::grouped:
      return {Status::ERROR_FORMAT,
              "one number with a decimal point and nothing between its digits expected"};
    case CsvKind::hexadecimal:
      return {Status::ERROR_FORMAT, "a decimal number expected"};
    default:
      return {Status::ERROR_FORMAT, "a number expected"};
  }
}

}  // namespace finn::net
