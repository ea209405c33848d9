#include "program/rows.hpp"

#include <algorithm>
#include <finn.hpp>
#include <stdexcept>

#include "program/text.hpp"

namespace program {
namespace {

using Columns = std::vector<std::size_t>;

// The column that finn.h takes for this text: the one of this name, or else of this number.
std::size_t column_of(const finn::Table& table, const std::string& text) {
  for (std::size_t c = 0; c < table.columns(); ++c) {
    if (table.name(static_cast<std::int32_t>(c)) == text) return c;
  }
  return static_cast<std::size_t>(integer_in(text).value_or(1)) - 1;
}

Columns columns_of(const finn::Table& table, const std::vector<std::string>& texts) {
  Columns columns;
  for (const std::string& text : texts) columns.push_back(column_of(table, text));
  return columns;
}

std::vector<std::string> chosen(const Roles& roles) {
  std::vector<std::string> all = roles.variables;
  all.insert(all.end(), roles.conditions.begin(), roles.conditions.end());
  all.insert(all.end(), roles.targets.begin(), roles.targets.end());
  if (roles.weight) all.push_back(*roles.weight);
  return all;
}

Columns counted(std::size_t first, std::size_t count) {
  Columns columns;
  for (std::size_t c = first; c < first + count; ++c) columns.push_back(c);
  return columns;
}

std::string name_of(const finn::Table& table, std::size_t column, const std::string& usual) {
  const std::string name = table.name(static_cast<std::int32_t>(column));
  return name.empty() ? usual : clean(name);
}

std::vector<std::string> names_of(const finn::Table& table, const Columns& columns,
                                  const std::string& letter) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names.push_back(name_of(table, columns[i], letter + std::to_string(i + 1)));
  }
  return names;
}

// The columns of a table [rows][columns] side by side: [rows][chosen].
std::vector<double> taken(const std::vector<double>& values, std::size_t width,
                          const Columns& columns) {
  std::vector<double> result;
  result.reserve(values.size() / std::max<std::size_t>(width, 1) * columns.size());
  for (std::size_t row = 0; row < values.size(); row += width) {
    for (const std::size_t column : columns) result.push_back(values[row + column]);
  }
  return result;
}

Rows rows_of(const finn::Table& table, Columns x, const Columns& conditions, const Columns& targets,
             const Columns& weight) {
  Rows rows;
  rows.count = table.rows();
  rows.variables = names_of(table, x, "x");
  rows.conditions = names_of(table, conditions, "c");
  rows.targets = names_of(table, targets, "y");
  const std::vector<double> values = table.values();
  x.insert(x.end(), conditions.begin(), conditions.end());
  rows.x = taken(values, table.columns(), x);
  rows.y = taken(values, table.columns(), targets);
  rows.weights = taken(values, table.columns(), weight);
  return rows;
}

// All columns of the file are numbers, and those without another role are the variables.
Rows read_all(const std::string& path, const Roles& roles) {
  const std::vector<std::string> named = chosen(roles);
  if (!named.empty()) finn::Table(path, named);  // refuses columns that are not there
  const finn::Table table(path);
  const Columns taken_already = columns_of(table, named);
  Columns x;
  for (const std::size_t column : counted(0, table.columns())) {
    const bool is_free =
        std::find(taken_already.begin(), taken_already.end(), column) == taken_already.end();
    if (is_free) x.push_back(column);
  }
  if (x.empty()) {
    throw std::runtime_error(path + ": " + std::to_string(table.columns()) +
                             " columns, of which none is left for the variables");
  }
  const auto weight =
      roles.weight ? std::vector<std::string>{*roles.weight} : std::vector<std::string>();
  return rows_of(table, x, columns_of(table, roles.conditions), columns_of(table, roles.targets),
                 columns_of(table, weight));
}

}  // namespace

Rows read_rows(const std::string& path, const Roles& roles) {
  if (roles.variables.empty()) return read_all(path, roles);
  const finn::Table table(path, chosen(roles));
  const std::size_t n = roles.variables.size(), k = roles.conditions.size(),
                    m = roles.targets.size();
  return rows_of(table, counted(0, n), counted(n, k), counted(n + k, m),
                 counted(n + k + m, roles.weight ? 1 : 0));
}

Range range_of(const Rows& rows) {
  const std::size_t columns = rows.columns();
  Range range;
  range.least.assign(rows.x.begin(), rows.x.begin() + static_cast<std::ptrdiff_t>(columns));
  range.most = range.least;
  for (std::size_t i = 0; i < rows.x.size(); ++i) {
    const std::size_t c = i % columns;
    range.least[c] = std::min(range.least[c], rows.x[i]);
    range.most[c] = std::max(range.most[c], rows.x[i]);
  }
  return range;
}

}  // namespace program
