#include "finn/queries/density_gradient.hpp"

#include <algorithm>
#include <array>

#include "finn/domains/axis_maps.hpp"
#include "finn/domains/domain.hpp"
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

// Some rows, answered together.
class GradientOfRows {
 public:
  GradientOfRows(RowQueries& queries, const double* x, std::int64_t first, int count)
      : queries_(queries), distribution_(queries.distribution()), x_(x), count_(count) {
    queries.expect(row(0) + distribution_.variables(), distribution_.columns(), count);
    for (int r = 0; r < count; ++r) {
      const auto at = static_cast<std::size_t>(r);
      const double* given = row(r) + distribution_.variables();
      rows_[at] = queries.begin(given, first + r);
      queries.whole(rows_[at], first + r);
    }
  }

  // [count][columns].
  void find(double* gradient) {
    const int n = distribution_.variables(), columns = distribution_.columns();
    if (queries_.has_given()) find_slopes(whole_);
    for (int r = 0; r < count_; ++r) place_row(r);
    find_slopes(part_);
    const bool is_separate = distribution_.maps().separate();
    for (int r = 0; r < count_; ++r, gradient += columns) {
      const auto at = static_cast<std::size_t>(r);
      std::fill_n(gradient, columns, 0.0);
      if (!is_inside_[at]) continue;
      add_column_slopes(distribution_, row(r), {is_separate ? 0 : n, columns}, 1, part_[at],
                        whole_[at], gradient);
      if (is_separate) {
        add_weights(row(r), gradient);
      } else {
        add_mapped_slopes(distribution_, row(r), part_[at], gradient);
      }
    }
  }

 private:
  const double* row(int r) const { return x_ + std::int64_t{1} * r * distribution_.columns(); }
  void find_slopes(std::array<MassSlopes, kRowsAtOnce>& slopes) {
    queries_.log_slopes(rows_.data(), count_, x_ + distribution_.variables(),
                        distribution_.columns(), slopes.data());
  }
  // Rows that are asked together have the same variables at points; what comes of one that is
  // outside is not read.
  void place_row(int r) {
    const auto at = static_cast<std::size_t>(r);
    is_inside_[at] = set_points(distribution_, row(r), rows_[at]) > Domain::kOutside;
    for (const int i : distribution_.free()) {
      if (is_inside_[at]) break;
      rows_[at].set_point(i, 0.5 * distribution_.box().lower[static_cast<std::size_t>(i)] +
                                 0.5 * distribution_.box().upper[static_cast<std::size_t>(i)]);
    }
  }
  // What the weights of single variables change by.
  void add_weights(const double* x, double* gradient) const {
    for (int k = 0; k < distribution_.variables(); ++k) {
      const int i = distribution_.model_variable(k);
      gradient[k] += distribution_.maps().slopes(i, x[k]).log_weight;
    }
  }

  RowQueries& queries_;
  const Distribution& distribution_;
  const double* x_;
  int count_;
  std::array<QueryRow, kRowsAtOnce> rows_;
  std::array<bool, kRowsAtOnce> is_inside_{};
  std::array<MassSlopes, kRowsAtOnce> part_, whole_;
};

}  // namespace

void log_density_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                          std::int64_t rows, double* gradient) {
  const int columns = distribution.columns();
  for_each_rows(
      distribution, workspace, rows, [&](RowQueries& queries, std::int64_t first, int count) {
        GradientOfRows(queries, x + first * columns, first, count).find(gradient + first * columns);
      });
}

}  // namespace finn::net
