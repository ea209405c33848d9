// A line of a CSV file, cut into its fields.
//
// A field may stand in quotes, in which a separator is a letter like any other and "" is one quote;
// it ends on its line. Spaces around fields, and around quotes, are none of them; nor are tabs
// where they do not separate.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace finn::net {

struct CsvField {
  std::string_view text;  // within the line; without the quotes, but each "" as it stands there
  bool is_quoted = false;

  // A line that ends with a separator has such a field behind it.
  bool is_nothing() const { return text.empty() && !is_quoted; }
  // With one quote for each "".
  std::string unescaped() const;
};

// A comma where the line has one outside quotes; else a tab or a semicolon where it has one; else a
// comma.
char separator_of(std::string_view line);

// Nothing but spaces, and tabs where they do not separate; or a remark behind #. What a spreadsheet
// writes for a value that it does not have, as #N/A, is no remark.
bool is_remark(std::string_view line, char separator = ',');

enum class CsvQuotes {
  right,
  open,         // the line ends within quotes
  not_the_end,  // something stands between a closing quote and the next separator
};

// The fields of a line. Where the quotes are not right, those up to the one that has them.
CsvQuotes split_line(std::string_view line, char separator, std::vector<CsvField>& fields);

// At most 40 bytes of a text for a message, with ? for what cannot be printed.
std::string excerpt(std::string_view text);

}  // namespace finn::net
