// A CSV file as people have it, row by row.
//
// Empty lines and remarks, which begin with #, may stand anywhere. The first other line holds names
// of columns when it cannot hold data: none of its fields is a number or a missing value, or was
// meant to be one, and there is a name at all. The same line decides what separates: commas where
// it has one outside quotes, else tabs or semicolons where it has those. Every row has as many
// fields as that line; where the names and every row end with a separator, the empty field behind
// it is no column.
//
// Messages name the path, the line, and the column by its number, from 1, and its name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finn/data/csv_line.hpp"
#include "finn/data/line_reader.hpp"

namespace finn::net {

class CsvFile {
 public:
  // Reads up to the first row. Fails as next_row does, with ERROR_FILE when the file cannot be
  // opened, and with ERROR_FORMAT when it has neither names nor rows.
  explicit CsvFile(const char* path);

  const char* path() const { return lines_.path(); }
  bool has_names() const { return has_names_; }
  // [columns], "" for a column without a name.
  const std::vector<std::string>& names() const { return names_; }
  int columns() const { return static_cast<int>(names_.size()); }
  // "2 (waiting)", or "2" for a column without a name; columns count from 0 everywhere but there.
  std::string label(int column) const;
  std::int64_t first_line() const { return first_line_; }  // the one that decides

  // Goes to the next row; false when there is none. Fails with ERROR_FORMAT for what is no row of
  // so many columns.
  bool next_row();
  std::int64_t line() const { return lines_.number(); }
  std::int64_t offset() const { return lines_.offset(); }
  // Goes to the row that begins at an offset; false when no row does. Then next_row() is not to be
  // called any more.
  bool go_to(std::int64_t offset);

  // The number in a column of the row, which may be infinite where that is said. Fails with
  // ERROR_FORMAT, or ERROR_NOT_FINITE, saying what was given.
  double number(int column, bool may_be_endless = false) const;
  // Nothing where number() fails.
  std::optional<double> number_if_any(int column, bool may_be_endless = false) const;

 private:
  bool next_line();
  void split();
  bool is_header() const;
  void take_header();
  void take_first_row();
  void require_row() const;
  [[noreturn]] void fail_in_line(const char* what) const;

  LineReader lines_;
  char separator_ = ',';
  std::vector<CsvField> fields_;  // of the line
  std::vector<std::string> names_;
  bool has_names_ = false;
  bool ends_empty_ = false;  // each line ends with a separator and an empty field, no column
  bool has_next_ = false;    // the next row has been read
  std::int64_t first_line_ = 0;
};

}  // namespace finn::net
