// The check of rows that a model takes: x, then conditions, then the epsilons of the sample.
#pragma once

#include "capi/check.hpp"
#include "finn/model/model.hpp"
#include "finn/model/positive_columns.hpp"

namespace finn::capi {

// rows [count][columns] of numbers, finite and above 0 where they must be.
template <class U>
void require_columns(const U* rows, std::int64_t count, std::int64_t columns,
                     const net::PositiveColumns& positive, const char* name) {
  require_finite(rows, count, columns, name);
  for (std::int64_t row = 0; row < count; ++row) {
    const int bad = positive.first_bad(rows + row * columns);
    if (bad == positive.end) continue;
    fail(Status::ERROR_ARGUMENT,
         "%s: the epsilon %g at row %lld, column %d, above 0 expected under positivity", name,
         static_cast<double>(rows[row * columns + bad]), static_cast<long long>(row), bad);
  }
}

// rows [count][columns] of the model.
template <class T, class U>
void require_model_rows(const net::Model<T>& model, const U* rows, std::int64_t count,
                        const char* name) {
  require_columns(rows, count, model.columns(), model.positive_columns(), name);
}

}  // namespace finn::capi
