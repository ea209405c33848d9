#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace program {

// The parts of a text between commas, without the spaces around them; none of an empty text.
std::vector<std::string> split(std::string_view text);

// The whole text as a number, which may be infinite; nothing if it is none.
std::optional<double> number_in(std::string_view text);
// The whole text as an integer of at least 0; nothing if it is none.
std::optional<unsigned long long> integer_in(std::string_view text);

// The shortest text that is read as the same number.
std::string text_of(double value);
// A number for the eye, of so many digits.
std::string short_text(double value, int digits = 6);
std::string joined(std::span<const std::string> parts);
std::string joined(std::span<const double> values);

// Text from elsewhere, such as the name of a column, with a question mark for each byte that is a
// control character or no UTF-8: JSON and XML admit neither.
std::string clean(std::string_view text);

// That of the candidates which takes the fewest changes of a letter to become name; "" of none.
std::string nearest(std::string_view name, std::span<const std::string> candidates);

}  // namespace program
