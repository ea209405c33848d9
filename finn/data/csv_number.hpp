// What a field of a CSV file holds, as a number or as what keeps it from being one.
//
// A number is decimal: one sign or none, digits with a point or none, and an exponent or none,
// which Fortran may have written with a D. 1.5, -.5, 7., +1e3 and 1.5D+03 are numbers.
#pragma once

#include <string_view>

#include "core/error.hpp"

namespace finn::net {

enum class CsvKind {
  number,
  too_large,     // 1e400
  infinite,      // inf, -Infinity
  not_a_number,  // nan
  missing,       // nothing, NA, null, ? and what else stands for a value that nobody has
  two_signs,     // +-1
  grouped,       // 1,000 or 1_000 or 1 000 or 1.000.000, and 1,5 with a decimal comma
  hexadecimal,   // 0x10
  text,
};

struct CsvNumber {
  CsvKind kind = CsvKind::text;
  double value = 0;  // of a number, infinite ones too; one that is too small for double is 0
};

// Spaces around the field are none of it.
CsvNumber read_number(std::string_view field);

// What a spreadsheet writes where a formula has no value, as #N/A or #DIV/0!.
bool is_spreadsheet_error(std::string_view field);

// How a field that is no number is refused: "PLACE: .. given, .. expected".
struct CsvRefusal {
  core::Status status;
  const char* expected;
};
CsvRefusal refusal_of(CsvKind kind);

}  // namespace finn::net
