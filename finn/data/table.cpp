#include "finn/data/table.hpp"

#include <cstddef>

#include "core/error.hpp"
#include "finn/data/csv_file.hpp"

namespace finn::net {

Table read_table(const char* path, const ColumnChoice& choice) {
  CsvFile file(path);
  const std::vector<int> columns = chosen_columns(file, choice);
  Table table;
  for (const int column : columns) {
    table.names.push_back(file.names()[static_cast<std::size_t>(column)]);
  }
  while (file.next_row()) {
    for (const int column : columns) table.values.push_back(file.number(column));
  }
  if (table.rows() == 0) core::fail(core::Status::ERROR_FORMAT, "%s: no rows", path);
  return table;
}

}  // namespace finn::net
