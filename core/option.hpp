// An option: what a table of options says of a field, and the checks and the text that follow.
//
// The rows stand beside the structs that they describe - finn/networks/network_shape.hpp and its
// like, each a list X(path, name, row, applies_to, sentence) - and capi/option_table.hpp puts them
// together. Messages name the field, what was given and what was expected.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace finn::core {

// The numbers are those of finn_option_type.
enum class OptionType : std::int32_t { integer, number, flag, choice, integers };

struct OptionRow {
  const char* name = "";
  OptionType type = OptionType::integer;
  const char* default_value = "";  // as text: "0.01", "true", "adam", "32, 32"
  const char* choices = "";        // of a choice: names, separated by ", ", in the order of values
  std::int32_t first_choice = 0;   // the value of the first of them
  const char* counted_by = "";     // of integers: the option that is their number
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool least_is_excluded = false;
  bool most_is_excluded = false;
  const char* applies_to = "";  // "sgd"; "" for everything that takes the option
  const char* sentence = "";

  // The row with other limits: number("0.5").above(0).at_most(1).
  constexpr OptionRow at_least(double limit) const {
    OptionRow row = *this;
    row.least = limit;
    return row;
  }
  constexpr OptionRow at_most(double limit) const {
    OptionRow row = *this;
    row.most = limit;
    return row;
  }
  constexpr OptionRow above(double limit) const {
    OptionRow row = at_least(limit);
    row.least_is_excluded = true;
    return row;
  }
  constexpr OptionRow below(double limit) const {
    OptionRow row = at_most(limit);
    row.most_is_excluded = true;
    return row;
  }
  constexpr OptionRow described(const char* its_name, const char* applies, const char* what) const {
    OptionRow row = *this;
    row.name = its_name;
    row.applies_to = applies;
    row.sentence = what;
    return row;
  }
};

constexpr OptionRow integer(const char* default_value, double least, double most) {
  OptionRow row{.type = OptionType::integer, .default_value = default_value};
  return row.at_least(least).at_most(most);
}

// Finite, and without other limits until they are set.
constexpr OptionRow number(const char* default_value) {
  return {.type = OptionType::number, .default_value = default_value};
}

// 0 or 1; default_value is "false" or "true".
constexpr OptionRow flag(const char* default_value) {
  return {.type = OptionType::flag, .default_value = default_value};
}

// One of names, which are lower-case, stand in the order of their values and are separated by ", ".
constexpr OptionRow choice(const char* default_value, const char* names, std::int32_t first = 0) {
  return {.type = OptionType::choice,
          .default_value = default_value,
          .choices = names,
          .first_choice = first};
}

// Several integers, each within the limits, as many as the option counted_by says.
constexpr OptionRow integers(const char* counted_by, const char* default_value, double least,
                             double most) {
  OptionRow row{
      .type = OptionType::integers, .default_value = default_value, .counted_by = counted_by};
  return row.at_least(least).at_most(most);
}

// Every value of 64 bits, as of a seed.
constexpr OptionRow any_integer(const char* default_value) {
  return integer(default_value, 0, 18446744073709551615.0);
}

// What a value has to be: "1 .. 1000", "above 0", "in [0, 1)", "adam (0), sgd (1)".
std::string expected(const OptionRow& row);

// Fail with ERROR_ARGUMENT, or ERROR_NOT_FINITE, and a message that begins with prefix and the name
// of the row, when a value is outside its limits or none of the choices. Of integers, one of them.
void require_integer(const OptionRow& row, std::string_view prefix, std::int64_t value);
void require_number(const OptionRow& row, std::string_view prefix, double value);

// The check that the type of a field of finn/ calls for. Every uint64 is valid; of a vector an
// integer is the number of elements, and integers are the elements.
template <class T>
void require_valid(const OptionRow& row, std::string_view prefix, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    require_number(row, prefix, value);
  } else if constexpr (!std::is_same_v<T, std::uint64_t>) {
    require_integer(row, prefix, static_cast<std::int64_t>(value));
  }
}

inline void require_valid(const OptionRow& row, std::string_view prefix,
                          const std::vector<int>& values) {
  if (row.type == OptionType::integer) return require_integer(row, prefix, std::ssize(values));
  for (const int value : values) require_integer(row, prefix, value);
}

// Text without a locale, which reads back to the same bits. That of an integer is a name where the
// row has names; a value that has none is refused as require_integer does.
std::string integer_text(const OptionRow& row, std::int64_t value);
std::string number_text(double value);

// The value of text, all of it, checked as above. Choices are read in any case of letters.
std::int64_t read_integer(const OptionRow& row, std::string_view prefix, std::string_view text);
std::uint64_t read_unsigned(const OptionRow& row, std::string_view prefix, std::string_view text);
double read_number(const OptionRow& row, std::string_view prefix, std::string_view text);

// The parts of a text between commas, without the blanks around them; none of a blank text.
template <class Visit>
void visit_parts(std::string_view text, Visit&& visit) {
  const auto trimmed = [](std::string_view part) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    return part;
  };
  if (trimmed(text).empty()) return;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    visit(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

// A text of a caller as messages show it: in quotes, its beginning alone if it is long, and with a
// question mark for each byte that is no printable letter of ASCII.
std::string in_quotes(std::string_view text);

}  // namespace finn::core
