#include "finn/queries/column_slopes.hpp"

#include <algorithm>

#include "finn/domains/axis_maps.hpp"

namespace finn::net {
namespace {

// Which variable of the model stands in a column that has one.
int variable_of(const Distribution& distribution, int column) {
  const int n = distribution.variables();
  if (column < n) return distribution.model_variable(column);
  return distribution.given()[static_cast<std::size_t>(column - n)];
}

// 0 of a mass that has none.
double condition_slope(const MassSlopes& slopes, int condition) {
  const auto at = static_cast<std::size_t>(condition);
  return at < slopes.conditions.size() ? slopes.conditions[at] : 0;
}

}  // namespace

void add_column_slopes(const Distribution& distribution, const double* row, ColumnRange columns,
                       double factor, const MassSlopes& part, const MassSlopes& whole,
                       double* gradient) {
  const int conditions = distribution.columns() - distribution.conditions();
  for (int column = columns.first; column < std::min(columns.end, conditions); ++column) {
    const int i = variable_of(distribution, column);
    const auto at = static_cast<std::size_t>(i);
    gradient[column] += factor * (part.points[at] - whole.points[at]) *
                        distribution.maps().slopes(i, row[column]).u;
  }
  for (int column = std::max(columns.first, conditions); column < columns.end; ++column) {
    const int condition = column - conditions;
    gradient[column] +=
        factor * (condition_slope(part, condition) - condition_slope(whole, condition));
  }
}

}  // namespace finn::net
