// The checks that the functions of finn.h that ask a distribution share.
#pragma once

#include <cmath>
#include <variant>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::capi {

// Calls query(distribution) with what the handle holds, a net::Distribution or a net::Chain.
template <class Query>
finn_status ask(const finn_distribution* distribution, finn_workspace* workspace, finn_error* error,
                Query&& query) {
  return call(error, [&] {
    require_handle(distribution, "distribution");
    require_handle(workspace, "workspace");
    std::visit(query, distribution->distribution);
  });
}

// That of a model; fails for a chain, naming the query.
inline const net::Distribution& of_model(const finn_distribution& distribution, const char* query) {
  const auto* of = std::get_if<net::Distribution>(&distribution.distribution);
  if (of != nullptr) return *of;
  fail(Status::ERROR_ARGUMENT, "distribution: that of a chain given, which has no %s", query);
}
template <class Query>
finn_status ask_model(const finn_distribution* distribution, finn_workspace* workspace,
                      const char* name, finn_error* error, Query&& query) {
  return call(error, [&] {
    require_handle(distribution, "distribution");
    require_handle(workspace, "workspace");
    query(of_model(*distribution, name));
  });
}

// Values given [rows][given_columns], null where there are no columns.
template <class Kind>
void require_given(const Kind& distribution, const double* given, std::int64_t rows) {
  if (distribution.given_columns() == 0) return;
  require(given, "given");
  require_finite(given, rows, distribution.given_columns(), "given");
}

// Rows x [rows][columns]; the variables may be infinite where that says something.
template <class Kind>
void require_points(const Kind& distribution, const double* x, std::int64_t rows,
                    bool may_be_infinite) {
  require(x, "x");
  require_rows(rows, distribution.columns(), "rows");
  if (!may_be_infinite) return require_finite(x, rows, distribution.columns(), "x");
  for (std::int64_t row = 0; row < rows; ++row, x += distribution.columns()) {
    for (int i = 0; i < distribution.columns(); ++i) {
      const bool is_variable = i < distribution.variables();
      if (std::isfinite(x[i]) || (is_variable && !std::isnan(x[i]))) continue;
      fail(Status::ERROR_NOT_FINITE, "x: %g at row %lld, column %d", x[i],
           static_cast<long long>(row), i);
    }
  }
}

// Probabilities [rows][columns], 0 .. 1.
inline void require_probabilities(const double* values, std::int64_t rows, int columns,
                                  const char* name) {
  require(values, name);
  require_rows(rows, columns, "rows");
  require_finite(values, rows, columns, name);
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    if (values[i] >= 0 && values[i] <= 1) continue;
    fail(Status::ERROR_ARGUMENT, "%s: %g at row %lld, column %lld, 0 .. 1 expected", name,
         values[i], static_cast<long long>(i / columns), static_cast<long long>(i % columns));
  }
}

// Boxes [rows][variables] whose sides are no less than 0.
inline void require_boxes(const net::Boxes& boxes, std::int64_t rows, int variables) {
  require(boxes.lower, "lower");
  const bool has_width = boxes.width != nullptr;
  for (std::int64_t i = 0; i < rows * variables; ++i) {
    const double lower = boxes.lower[i];
    const double other = has_width ? boxes.width[i] : boxes.upper[i];
    const char* name = has_width ? "width" : "upper";
    const auto row = static_cast<long long>(i / variables);
    if (std::isnan(lower) || std::isnan(other) || (has_width && !std::isfinite(lower + other))) {
      fail(Status::ERROR_NOT_FINITE, "lower, %s: %g and %g at row %lld", name, lower, other, row);
    }
    if (has_width ? other >= 0 : other >= lower) continue;
    fail(Status::ERROR_ARGUMENT, "lower, %s: %g and %g at row %lld, a box that is reversed", name,
         lower, other, row);
  }
}

}  // namespace finn::capi
