#include "finn/queries/box_probability.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "finn/domains/axis_maps.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {

void set_limits(const AxisMaps& maps, int i, double lower, double upper, QueryRow& row) {
  double from = maps.to_box(i, lower), to = maps.to_box(i, upper);
  if (maps.falls(i)) std::swap(from, to);
  from = std::clamp(from, row.lower(i), row.upper(i));
  to = std::clamp(to, row.lower(i), row.upper(i));
  row.set_interval(i, from, std::max(from, to));
}

namespace {

// One of a box that begins at lower and is this wide in x, of a variable without a map.
void set_width(int i, double lower, double width, QueryRow& row) {
  const double from = std::clamp(lower, row.lower(i), row.upper(i));
  const double left = width - (from - lower);
  const double most = row.upper(i) - from;
  const double wide = std::clamp(left, 0.0, most);
  row.set_interval(i, from, std::min(from + wide, row.upper(i)), wide);
}

// Calls set(row, query) for each row, and answers all queries.
template <class Set>
void find_masses(const Distribution& distribution, Workspace& workspace, const double* given,
                 std::int64_t stride, std::int64_t rows, double* value, double* error, Set&& set) {
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  std::array<Mass, kRowsAtOnce> whole, masses;
                  queries.find(given == nullptr ? nullptr : given + first * stride, stride, first,
                               count, whole.data(), masses.data(),
                               [&](int r, QueryRow& query) { set(first + r, query); });
                  for (int r = 0; r < count; ++r) {
                    const auto at = static_cast<std::size_t>(r);
                    value[first + r] = std::min(ratio(masses[at], whole[at]), 1.0);
                    if (error != nullptr) error[first + r] = ratio_error(masses[at], whole[at]);
                  }
                });
}

}  // namespace

void box_probability(const Distribution& distribution, Workspace& workspace, const Boxes& boxes,
                     const double* given, std::int64_t rows, double* value, double* error) {
  const AxisMaps& maps = distribution.maps();
  const int n = distribution.variables();
  const auto set = [&](std::int64_t row, QueryRow& query) {
    for (int k = 0; k < n; ++k) {
      const int i = distribution.model_variable(k);
      const std::int64_t at = row * n + k;
      if (boxes.width == nullptr) {
        set_limits(maps, i, boxes.lower[at], boxes.upper[at], query);
      } else if (maps.is_identity(i)) {
        set_width(i, boxes.lower[at], boxes.width[at], query);
      } else {
        set_limits(maps, i, boxes.lower[at], boxes.lower[at] + boxes.width[at], query);
      }
    }
  };
  find_masses(distribution, workspace, given, distribution.given_columns(), rows, value, error,
              set);
}

void orthant_probability(const Distribution& distribution, Workspace& workspace, Side side,
                         const double* x, std::int64_t rows, double* value) {
  const int n = distribution.variables(), columns = distribution.columns();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto set = [&](std::int64_t row, QueryRow& query) {
    for (int k = 0; k < n; ++k) {
      const double at = x[row * columns + k];
      set_limits(distribution.maps(), distribution.model_variable(k),
                 side == Side::below ? -infinity : at, side == Side::below ? at : infinity, query);
    }
  };
  find_masses(distribution, workspace, x + n, columns, rows, value, nullptr, set);
}

}  // namespace finn::net
