// Which columns of a CSV file are read, and in which order.
#pragma once

#include <string>
#include <vector>

#include "finn/data/csv_file.hpp"

namespace finn::net {

// Each by its name in the file, or by its number from 1. Empty: all, in the order of the file.
using ColumnChoice = std::vector<std::string>;

// The chosen columns of the file, counted from 0. Fails with ERROR_ARGUMENT, naming what could be
// chosen, for a column that is not there, a name that several columns have and a column that is
// chosen twice.
std::vector<int> chosen_columns(const CsvFile& file, const ColumnChoice& choice);

}  // namespace finn::net
