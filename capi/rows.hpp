// The check of rows that a model takes: x, then conditions, then the targets of the row.
#pragma once

#include "capi/check.hpp"
#include "finn/data/check_row.hpp"
#include "finn/model/model.hpp"
#include "finn/model/positive_columns.hpp"

namespace finn::capi {

// rows [count][columns] of numbers, finite and above 0 where they must be.
template <class U>
void require_columns(const U* rows, std::int64_t count, std::int64_t columns,
                     const net::PositiveColumns& positive, const char* name) {
  net::require_rows({static_cast<int>(columns), positive}, rows, count, name);
}

// rows [count][columns] of the model.
template <class T, class U>
void require_model_rows(const net::Model<T>& model, const U* rows, std::int64_t count,
                        const char* name) {
  require_columns(rows, count, model.columns(), model.positive_columns(), name);
}

// Conditions [count][columns - variables] under which integrals are asked for; NULL where there are
// no such columns.
template <class T>
void require_conditions(const net::Model<T>& model, const double* conditions, std::int64_t count) {
  const int columns = model.columns() - model.variables();
  if (columns == 0) return;
  require(conditions, "conditions");
  net::PositiveColumns positive = model.positive_columns();
  positive.begin -= model.variables();
  positive.end -= model.variables();
  require_columns(conditions, count, columns, positive, "conditions");
}

}  // namespace finn::capi
