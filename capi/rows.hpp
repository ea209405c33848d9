// The check of rows that a model takes: x, then conditions, then the epsilons of the sample.
#pragma once

#include "capi/check.hpp"
#include "finn/model.hpp"

namespace finn::capi {

// Of the columns after x, rows [count][columns] that begin `first` columns before them: where
// samples have an epsilon under positivity and SCALE, it must be above 0.
template <class T, class U>
void require_epsilons(const net::Model<T>& model, const U* rows, std::int64_t count, int first,
                      const char* name) {
  const net::ConditioningShape& shape = model.conditioning().shape();
  const bool scales = model.constraint().kind == net::ConstraintKind::scale &&
                      model.network().shape().positivity != ops::Positivity::none;
  if (!shape.sample_epsilon || !scales) return;
  const int begin = first + shape.conditions;
  const std::int64_t columns = begin + model.outputs();
  for (std::int64_t row = 0; row < count; ++row) {
    for (int j = begin; j < columns; ++j) {
      const auto epsilon = static_cast<double>(rows[row * columns + j]);
      if (epsilon > 0) continue;
      fail(Status::ERROR_ARGUMENT,
           "%s: the epsilon %g at row %lld, column %d, above 0 expected under positivity", name,
           epsilon, static_cast<long long>(row), j);
    }
  }
}

// rows [count][columns] of the model, finite and with epsilons that it can have.
template <class T, class U>
void require_model_rows(const net::Model<T>& model, const U* rows, std::int64_t count,
                        const char* name) {
  require_finite(rows, count, model.columns(), name);
  require_epsilons(model, rows, count, model.variables(), name);
}

}  // namespace finn::capi
