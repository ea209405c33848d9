#include "finn/data/column_choice.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <numeric>
#include <system_error>

#include "core/error.hpp"
#include "finn/data/csv_line.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

// The names and numbers from which one can be chosen, not all of them where they are many.
std::string choices(const CsvFile& file) {
  constexpr std::size_t longest = 200;
  const std::string numbers = "1 .. " + std::to_string(file.columns());
  if (!file.has_names()) return numbers + " expected: the file has no line of names";
  std::string all;
  for (const std::string& name : file.names()) {
    if (name.empty()) continue;
    if (all.size() + name.size() > longest) {
      all += ", ..";
      break;
    }
    all += (all.empty() ? "" : ", ") + excerpt(name);
  }
  return numbers + " or one of these names expected: " + all;
}

// The column with this name; -1 where none has it.
int column_named(const CsvFile& file, const std::string& name) {
  const auto& names = file.names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (name.empty() || found == names.end()) return -1;
  const auto column = static_cast<int>(found - names.begin());
  const auto other = std::find(found + 1, names.end(), name);
  if (other != names.end()) {
    fail(Status::ERROR_ARGUMENT,
         "%s: column \"%s\" given, but columns %d and %td have that name; choose by number",
         file.path(), excerpt(name).c_str(), column + 1, other - names.begin() + 1);
  }
  return column;
}

// The column with this number; -1 where none has it.
int column_numbered(const CsvFile& file, const std::string& text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  const bool is_there = problem == std::errc() && rest == end && number >= 1;
  return is_there && number <= file.columns() ? number - 1 : -1;
}

int chosen_column(const CsvFile& file, const std::string& text) {
  const int named = column_named(file, text);
  const int column = named >= 0 ? named : column_numbered(file, text);
  if (column >= 0) return column;
  fail(Status::ERROR_ARGUMENT, "%s: column \"%s\" given, %s", file.path(), excerpt(text).c_str(),
       choices(file).c_str());
}

}  // namespace

std::vector<int> chosen_columns(const CsvFile& file, const ColumnChoice& choice) {
  std::vector<int> columns(static_cast<std::size_t>(file.columns()));
  std::iota(columns.begin(), columns.end(), 0);
  if (choice.empty()) return columns;
  columns.clear();
  for (const std::string& text : choice) {
    const int column = chosen_column(file, text);
    if (std::find(columns.begin(), columns.end(), column) != columns.end()) {
      fail(Status::ERROR_ARGUMENT, "%s: column %s is chosen twice, once at most expected",
           file.path(), file.label(column).c_str());
    }
    columns.push_back(column);
  }
  return columns;
}

}  // namespace finn::net
