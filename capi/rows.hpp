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

}  // namespace finn::capi
