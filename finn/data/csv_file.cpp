#include "finn/data/csv_file.hpp"

#include <algorithm>
#include <cinttypes>

#include "core/error.hpp"
#include "finn/data/csv_number.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

bool is_text(const CsvField& field) {
  return !field.text.empty() && read_number(field.text).kind == CsvKind::text;
}

bool is_taken(const CsvNumber& number, bool may_be_endless) {
  return number.kind == CsvKind::number || (may_be_endless && number.kind == CsvKind::infinite);
}

const char* name_of(char separator) {
  return separator == ',' ? "commas" : separator == ';' ? "semicolons" : "tabs";
}

// Behind a last separator.
bool is_empty_last(const std::vector<CsvField>& fields) {
  return fields.size() > 1 && fields.back().is_nothing();
}

}  // namespace

CsvFile::CsvFile(const char* path) : lines_(path) {
  if (!next_line()) fail(Status::ERROR_FORMAT, "%s: no rows", path);
  first_line_ = line();
  separator_ = separator_of(lines_.line());
  split();
  if (is_header()) {
    take_header();
    if (!next_line()) return;
    split();
  }
  take_first_row();
  has_next_ = true;
}

std::string CsvFile::label(int column) const {
  const std::string& name = names_[static_cast<std::size_t>(column)];
  return std::to_string(column + 1) + (name.empty() ? "" : " (" + excerpt(name) + ")");
}

bool CsvFile::next_row() {
  if (has_next_) {
    has_next_ = false;
    return true;
  }
  if (!next_line()) return false;
  split();
  require_row();
  return true;
}

bool CsvFile::go_to(std::int64_t offset) {
  return lines_.go_to(offset) &&
         split_line(lines_.line(), separator_, fields_) == CsvQuotes::right &&
         fields_.size() == names_.size() + (ends_empty_ ? 1 : 0);
}

double CsvFile::number(int column, bool may_be_endless) const {
  const CsvField& field = fields_[static_cast<std::size_t>(column)];
  const CsvNumber number = read_number(field.text);
  if (is_taken(number, may_be_endless)) return number.value;
  const CsvRefusal refusal = refusal_of(number.kind);
  const bool may_be_names =
      line() == first_line_ && std::any_of(fields_.begin(), fields_.end(), is_text);
  fail(refusal.status, "%s: line %" PRId64 ", column %s: \"%s\" given, %s%s", path(), line(),
       label(column).c_str(), excerpt(field.text).c_str(), refusal.expected,
       may_be_names ? " (names of columns are no numbers and no missing values)" : "");
}

std::optional<double> CsvFile::number_if_any(int column, bool may_be_endless) const {
  const CsvNumber number = read_number(fields_[static_cast<std::size_t>(column)].text);
  if (!is_taken(number, may_be_endless)) return std::nullopt;
  return number.value;
}

// Goes to the next line that is no remark.
bool CsvFile::next_line() {
  while (lines_.next()) {
    if (!is_remark(lines_.line(), separator_)) return true;
  }
  return false;
}

void CsvFile::split() {
  switch (split_line(lines_.line(), separator_, fields_)) {
    case CsvQuotes::open:
      fail_in_line("quotes that are opened and not closed given; a field ends on its line");
    case CsvQuotes::not_the_end:
      fail_in_line("text behind closing quotes given, a separator or the end of the line expected");
    default:
      return;
  }
}

bool CsvFile::is_header() const {
  const auto may_be_name = [](const CsvField& field) {
    return field.text.empty() || is_text(field);
  };
  return std::all_of(fields_.begin(), fields_.end(), may_be_name) &&
         std::any_of(fields_.begin(), fields_.end(), is_text);
}

void CsvFile::take_header() {
  has_names_ = true;
  ends_empty_ = is_empty_last(fields_);
  for (const CsvField& field : fields_) names_.push_back(field.unescaped());
  if (ends_empty_) names_.pop_back();
}

// Decides whether an empty field at the end is a column.
void CsvFile::take_first_row() {
  if (!has_names_) {
    ends_empty_ = is_empty_last(fields_);
    names_.resize(fields_.size() - (ends_empty_ ? 1 : 0));
  } else if (ends_empty_ && !fields_.back().is_nothing() && fields_.size() == names_.size() + 1) {
    ends_empty_ = false;  // it is a column without a name
    names_.emplace_back();
  }
  require_row();
}

void CsvFile::require_row() const {
  const std::size_t expected = names_.size() + (ends_empty_ ? 1 : 0);
  if (fields_.size() != expected) {
    fail(Status::ERROR_FORMAT,
         "%s: line %" PRId64 ": %zu column%s given, %zu between %s expected as in line %" PRId64
         "%s",
         path(), line(), fields_.size(), fields_.size() == 1 ? "" : "s", expected,
         name_of(separator_), first_line_, ends_empty_ ? ", the last of them empty" : "");
  }
  if (ends_empty_ && !fields_.back().is_nothing()) {
    fail(Status::ERROR_FORMAT,
         "%s: line %" PRId64
         ", column %zu: \"%s\" given, nothing expected: the rows above have no "
         "value there; leave them out or fill it in",
         path(), line(), expected, excerpt(fields_.back().text).c_str());
  }
}

void CsvFile::fail_in_line(const char* what) const {
  fail(Status::ERROR_FORMAT, "%s: line %" PRId64 ", column %zu: %s", path(), line(), fields_.size(),
       what);
}

}  // namespace finn::net
