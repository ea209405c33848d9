#include "finn/queries/density_gradient.hpp"

#include <algorithm>

#include "finn/domains/domain.hpp"
#include "finn/queries/axis_maps.hpp"
#include "finn/queries/column_slopes.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// By the variables, where the map of the domain takes all of them at once.
void add_mapped_slopes(const Distribution& distribution, const double* x, const MassSlopes& slopes,
                       double* gradient) {
  Slopes of_map;
  distribution.model().domain()->slopes(x, of_map);
  const auto n = static_cast<std::size_t>(distribution.variables());
  for (std::size_t i = 0; i < n; ++i) {
    gradient[i] += of_map.log_weight[i];
    for (std::size_t j = 0; j < n; ++j) gradient[i] += of_map.u[j][i] * slopes.points[j];
  }
}

void find_row(RowQueries& queries, const double* x, std::int64_t row, double* gradient) {
  const Distribution& distribution = queries.distribution();
  const AxisMaps& maps = distribution.maps();
  const int n = distribution.variables(), columns = distribution.columns();
  std::fill_n(gradient, columns, 0.0);
  QueryRow query = queries.begin(x + n, row);
  queries.whole(query, row);
  MassSlopes whole, part;
  if (queries.has_given()) queries.log_slopes(query, whole);
  if (set_points(distribution, x, query) == Domain::kOutside) return;
  queries.log_slopes(query, part);
  const bool is_separate = maps.separate();
  add_column_slopes(distribution, x, {is_separate ? 0 : n, columns}, 1, part, whole, gradient);
  if (!is_separate) return add_mapped_slopes(distribution, x, part, gradient);
  for (int k = 0; k < n; ++k) {
    gradient[k] += maps.slopes(distribution.model_variable(k), x[k]).log_weight;
  }
}

}  // namespace

void log_density_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                          std::int64_t rows, double* gradient) {
  const int columns = distribution.columns();
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  for (std::int64_t row = first; row < first + count; ++row) {
                    find_row(queries, x + row * columns, row, gradient + row * columns);
                  }
                });
}

}  // namespace finn::net
