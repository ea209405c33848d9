#include "finn/data/csv_line.hpp"

#include <algorithm>

#include "finn/data/csv_number.hpp"

namespace finn::net {
namespace {

using std::string_view;

bool is_space(char c, char separator) { return c == ' ' || (c == '\t' && separator != '\t'); }

// Reads a line from the left.
class FieldReader {
 public:
  FieldReader(string_view line, char separator) : line_(line), separator_(separator) {}

  // The next field, up to a separator or the end.
  CsvQuotes read(CsvField& field) {
    skip_spaces();
    field = {};
    if (at_ < line_.size() && line_[at_] == '"') return read_quoted(field);
    const std::size_t end = std::min(line_.find(separator_, at_), line_.size());
    std::size_t last = end;
    while (last > at_ && is_space(line_[last - 1], separator_)) --last;
    field.text = line_.substr(at_, last - at_);
    at_ = end;
    return CsvQuotes::right;
  }

  // Goes over a separator; false at the end of the line.
  bool skip_separator() {
    if (at_ == line_.size()) return false;
    ++at_;
    return true;
  }

 private:
  void skip_spaces() {
    while (at_ < line_.size() && is_space(line_[at_], separator_)) ++at_;
  }

  CsvQuotes read_quoted(CsvField& field) {
    const std::size_t begin = ++at_;
    field = {line_.substr(begin), true};
    for (;;) {
      const std::size_t quote = line_.find('"', at_);
      if (quote == string_view::npos) return CsvQuotes::open;
      at_ = quote + 1;
      if (at_ == line_.size() || line_[at_] != '"') break;
      ++at_;
    }
    field.text = line_.substr(begin, at_ - 1 - begin);
    skip_spaces();
    const bool is_end = at_ == line_.size() || line_[at_] == separator_;
    return is_end ? CsvQuotes::right : CsvQuotes::not_the_end;
  }

  string_view line_;
  char separator_;
  std::size_t at_ = 0;
};

}  // namespace

std::string CsvField::unescaped() const {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    all.push_back(text[i]);
    if (is_quoted && text[i] == '"') ++i;
  }
  return all;
}

char separator_of(string_view line) {
  bool is_quoted = false;
  char found = ',';
  for (const char c : line) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == ',') return ',';
    if (c == '\t' || (c == ';' && found != '\t')) found = c;
  }
  return found;
}

bool is_remark(string_view line, char separator) {
  const auto space = [=](char c) { return is_space(c, separator); };
  const auto begin = std::find_if_not(line.begin(), line.end(), space);
  if (begin == line.end()) return true;
  if (*begin != '#') return false;
  line.remove_prefix(static_cast<std::size_t>(begin - line.begin()));
  return !is_spreadsheet_error(line.substr(0, line.find_first_of(",;\t ")));
}

CsvQuotes split_line(string_view line, char separator, std::vector<CsvField>& fields) {
  fields.clear();
  FieldReader reader(line, separator);
  do {
    const CsvQuotes quotes = reader.read(fields.emplace_back());
    if (quotes != CsvQuotes::right) return quotes;
  } while (reader.skip_separator());
  return CsvQuotes::right;
}

std::string excerpt(string_view text) {
  std::size_t shown = std::min<std::size_t>(40, text.size());
  const auto continues = [&] { return (static_cast<unsigned char>(text[shown]) & 0xc0) == 0x80; };
  while (shown > 0 && shown < text.size() && continues()) --shown;  // a letter of UTF-8 is whole
  std::string part(text.substr(0, shown));
  for (char& c : part) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return part;
}

}  // namespace finn::net
