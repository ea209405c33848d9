// finn_table: the numbers of a CSV file in memory.
#include "finn/data/table.hpp"

#include <algorithm>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/columns.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/data/column_choice.hpp"

extern "C" {

finn_status finn_table_read(const char* path, const char* const* chosen, int32_t chosen_count,
                            finn_table** table, finn_error* error) {
  finn::capi::cancellation_point();
  return finn::capi::call(error, [&] {
    finn::capi::require(table, "table");
    *table = nullptr;
    finn::capi::require(path, "path");
    const finn::net::ColumnChoice choice = finn::capi::checked_columns(chosen, chosen_count);
    *table = new finn_table{finn_table::kMagic, finn::net::read_table(path, choice)};
  });
}

void finn_table_destroy(finn_table* table) { finn::capi::destroy(table); }

int64_t finn_table_rows(const finn_table* table) {
  return table == nullptr ? 0 : table->table.rows();
}

int32_t finn_table_columns(const finn_table* table) {
  return table == nullptr ? 0 : static_cast<int32_t>(table->table.columns());
}

const char* finn_table_name(const finn_table* table, int32_t column) {
  if (table == nullptr || column < 0 || column >= finn_table_columns(table)) return "";
  return table->table.names[static_cast<std::size_t>(column)].c_str();
}

finn_status finn_table_values(const finn_table* table, double* values, int64_t length,
                              finn_error* error) {
  return finn::capi::call(error, [&] {
    finn::capi::require_handle(table, "table");
    finn::capi::require(values, "values");
    const std::vector<double>& numbers = table->table.values;
    finn::capi::require_length(length, static_cast<int64_t>(numbers.size()),
                               "values [rows][columns]");
    std::copy(numbers.begin(), numbers.end(), values);
  });
}

}  // extern "C"
