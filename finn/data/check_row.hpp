// The one check of a row that is trained on or asked about: every number finite, the point inside
// its region, what has to be above 0 above 0, a weight not below 0. One pass, first column first.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/positive_columns.hpp"

namespace finn::net {

struct RowRules {
  int columns;
  PositiveColumns positive = {};
  const Region* region = nullptr;  // of the first columns; null: they may lie anywhere
  int weight = -1;                 // the column of a weight; -1: none
  // Columns 0 .. ends - 1, and as many from the column upper_ends on, are ends of intervals, which
  // IntervalReader checks (finn/data/interval_row.hpp).
  int ends = 0;
  int upper_ends = 0;

  bool is_end(int column) const {
    return column < ends || (column >= upper_ends && column < upper_ends + ends);
  }
};

// Where a row stands, as messages say it: "NAME: UNIT NUMBER, column C: ..". C is the column's own
// number behind that of the first, or its label where there are labels.
struct RowPlace {
  const char* name;     // of an argument or a file
  const char* unit;     // "row" or "line"
  std::int64_t number;  // of the row, counted as its columns are
  int first_column = 0;
  const std::string* labels = nullptr;  // [RowRules::columns]
};

// Of columns first .. last of a row: "NAME: UNIT NUMBER, column C".
std::string place_text(const RowPlace& place, int first, int last);

// What is wrong with a value in a column, as a failure: with ERROR_NOT_FINITE, or ERROR_ARGUMENT
// and the limit that it breaks.
[[noreturn]] void fail_at_column(const RowRules& rules, const RowPlace& place, int column,
                                 double value);
[[noreturn]] void fail_outside_domain(const RowPlace& place, const double* x, int variables);

inline bool may_stand(const RowRules& rules, int column, double value) {
  if (rules.is_end(column)) return true;
  if (!std::isfinite(value)) return false;
  if (rules.positive.contains(column) && !(value > 0)) return false;
  if (column == rules.weight && value < 0) return false;
  if (rules.region == nullptr || rules.region->domain != nullptr) return true;
  const Box& box = rules.region->box;
  const auto i = static_cast<std::size_t>(column);
  return column >= box.variables || (value >= box.lower[i] && value <= box.upper[i]);
}

// Fails unless row [rules.columns] obeys the rules, naming row, column, value and limit. Rows of
// float have no region.
template <class U>
void require_row(const RowRules& rules, const U* row, const RowPlace& place) {
  for (int column = 0; column < rules.columns; ++column) {
    const auto value = static_cast<double>(row[column]);
    if (!may_stand(rules, column, value)) fail_at_column(rules, place, column, value);
  }
  if constexpr (std::is_same_v<U, double>) {
    if (rules.region == nullptr || rules.region->domain == nullptr) return;
    if (rules.region->contains(row)) return;
    fail_outside_domain(place, row, rules.region->box.variables);
  }
}

// require_row of rows [count][rules.columns] of an argument, counted from 0.
template <class U>
void require_rows(const RowRules& rules, const U* rows, std::int64_t count, const char* name) {
  for (std::int64_t row = 0; row < count; ++row) {
    require_row(rules, rows + row * rules.columns, {name, "row", row});
  }
}

}  // namespace finn::net
