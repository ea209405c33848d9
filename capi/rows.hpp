// The check of rows that a model takes: x, then conditions, then the targets of the row.
#pragma once

#include <algorithm>
#include <cstdint>

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

// Weights [count] of rows, which may be NULL: none below 0, and one above.
inline void require_weights(const double* weights, std::int64_t count) {
  if (weights == nullptr) return;
  constexpr int column = 0;
  net::require_rows({1, {}, nullptr, column}, weights, count, "weights");
  if (std::any_of(weights, weights + count, [](double weight) { return weight > 0; })) return;
  fail(Status::ERROR_ARGUMENT, "weights: all %lld are 0, one above 0 expected",
       static_cast<long long>(count));
}

}  // namespace finn::capi
