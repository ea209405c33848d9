// The numbers of a CSV file in memory, with the names of their columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "finn/data/column_choice.hpp"

namespace finn::net {

struct Table {
  std::vector<std::string> names;  // [columns], "" for a column without a name
  std::vector<double> values;      // [rows][columns], all finite

  std::int64_t columns() const { return static_cast<std::int64_t>(names.size()); }
  std::int64_t rows() const {
    return names.empty() ? 0 : static_cast<std::int64_t>(values.size()) / columns();
  }
};

// Reads the chosen columns, which have to hold numbers; others may hold anything. Fails with the
// status and words of CsvFile and chosen_columns, and with ERROR_FORMAT for a file without rows.
Table read_table(const char* path, const ColumnChoice& choice = {});

}  // namespace finn::net
