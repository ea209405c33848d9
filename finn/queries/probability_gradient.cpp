#include "finn/queries/probability_gradient.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/queries/column_slopes.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// The boxes of some rows: of row r limits of x at lower[r * stride], [variables], and what is given
// there.
struct BoxRows {
  const double* lower;
  const double* upper;
  std::int64_t lower_stride, upper_stride;
  const double* given;
  std::int64_t given_stride;
};

// Some rows, answered together.
class GradientOfRows {
 public:
  GradientOfRows(RowQueries& queries, const BoxRows& boxes, std::int64_t first, int count)
      : queries_(queries),
        distribution_(queries.distribution()),
        maps_(distribution_.maps()),
        boxes_(boxes),
        count_(count) {
    queries.expect(given(0), boxes.given_stride, count);
    for (int r = 0; r < count; ++r) {
      roles_[index(r)] = queries.begin(given(r), first + r);
      whole_[index(r)] = queries.whole(roles_[index(r)], first + r);
      query_[index(r)] = roles_[index(r)];
      for (int k = 0; k < distribution_.variables(); ++k) {
        set_limits(maps_, distribution_.model_variable(k), lower(r)[k], upper(r)[k],
                   query_[index(r)]);
      }
    }
  }

  // By the lower or by the upper limits, into gradient [variables] of each row, of this stride.
  void find_lower(double* gradient, std::int64_t stride) {
    find_limits([&](int r) { return lower(r); }, -1, gradient, stride);
  }
  void find_upper(double* gradient, std::int64_t stride) {
    find_limits([&](int r) { return upper(r); }, 1, gradient, stride);
  }

  // By what is given, into gradient [given_columns] of each row, of this stride.
  void find_given(double* gradient, std::int64_t stride) {
    const int n = distribution_.variables(), columns = distribution_.columns();
    if (!queries_.has_given()) return;
    find_masses(query_, 0, count_);
    queries_.log_slopes(query_.data(), count_, boxes_.given, boxes_.given_stride, part_.data());
    queries_.log_slopes(roles_.data(), count_, boxes_.given, boxes_.given_stride, of_whole_.data());
    for (int r = 0; r < count_; ++r, gradient += stride) {
      std::fill_n(gradient, columns - n, 0.0);
      const double probability = ratio(masses_[index(r)], whole_[index(r)]);
      if (probability == 0) continue;
      add_column_slopes(distribution_, given(r) - n, {n, columns}, probability, part_[index(r)],
                        of_whole_[index(r)], gradient - n);
    }
  }

 private:
  static std::size_t index(int r) { return static_cast<std::size_t>(r); }
  const double* lower(int r) const { return boxes_.lower + r * boxes_.lower_stride; }
  const double* upper(int r) const { return boxes_.upper + r * boxes_.upper_stride; }
  const double* given(int r) const {
    return boxes_.given == nullptr ? nullptr : boxes_.given + r * boxes_.given_stride;
  }
  // Of rows [first, first + count).
  void find_masses(const std::array<QueryRow, kRowsAtOnce>& rows, int first, int count) {
    queries_.masses(rows.data() + first, count, given(first), boxes_.given_stride,
                    masses_.data() + first);
  }

  // The density at the limits of one variable after the other. A mixture is asked row by row, as it
  // keeps what the other variables of a row give; any other network all rows together.
  template <class LimitsOf>
  void find_limits(LimitsOf&& limits, double sign, double* gradient, std::int64_t stride) {
    const int together = queries_.evaluator().mixture() != nullptr ? 1 : count_;
    for (int first = 0; first < count_; first += together) {
      for (int k = 0; k < distribution_.variables(); ++k) {
        for (int r = first; r < first + together; ++r) place_side(r, k, limits(r)[k]);
        find_masses(sides_, first, together);
        for (int r = first; r < first + together; ++r) {
          const double slope = slopes_[index(r)];
          gradient[r * stride + k] =
              slope == 0 ? 0 : sign * slope * ratio(masses_[index(r)], whole_[index(r)]);
        }
      }
    }
  }
  void place_side(int r, int k, double x) {
    const int i = distribution_.model_variable(k);
    const QueryRow& roles = roles_[index(r)];
    const double u = maps_.to_box(i, x);
    const bool is_inside = u >= roles.lower(i) && u <= roles.upper(i);
    slopes_[index(r)] = is_inside ? std::fabs(maps_.slopes(i, x).u) : 0;
    sides_[index(r)] = query_[index(r)];
    sides_[index(r)].set_point(i, std::clamp(u, roles.lower(i), roles.upper(i)));
  }

  RowQueries& queries_;
  const Distribution& distribution_;
  const AxisMaps& maps_;
  BoxRows boxes_;
  int count_;
  std::array<QueryRow, kRowsAtOnce> roles_, query_, sides_;
  std::array<Mass, kRowsAtOnce> whole_, masses_;
  std::array<double, kRowsAtOnce> slopes_{};
  std::array<MassSlopes, kRowsAtOnce> part_, of_whole_;
};

const double* row_of(const double* rows, std::int64_t row, std::int64_t columns) {
  return rows == nullptr ? nullptr : rows + row * columns;
}

}  // namespace

void box_gradient(const Distribution& distribution, Workspace& workspace, const Boxes& boxes,
                  const double* given, std::int64_t rows, const BoxGradients& gradients) {
  const std::int64_t n = distribution.variables(), columns = distribution.given_columns();
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  const BoxRows of_rows{boxes.lower + first * n,
                                        boxes.upper + first * n,
                                        n,
                                        n,
                                        row_of(given, first, columns),
                                        columns};
                  GradientOfRows gradient(queries, of_rows, first, count);
                  if (gradients.lower != nullptr) {
                    gradient.find_lower(gradients.lower + first * n, n);
                  }
                  if (gradients.upper != nullptr) {
                    gradient.find_upper(gradients.upper + first * n, n);
                  }
                  if (gradients.given != nullptr) {
                    gradient.find_given(gradients.given + first * columns, columns);
                  }
                });
}

// A box from -infinity, whose limits are one for all rows.
void cdf_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                  std::int64_t rows, double* gradient) {
  const std::int64_t n = distribution.variables(), columns = distribution.columns();
  std::array<double, kMaxBoxVariables> least;
  least.fill(-std::numeric_limits<double>::infinity());
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  const double* of_tile = x + first * columns;
                  const BoxRows of_rows{least.data(), of_tile, 0, columns, of_tile + n, columns};
                  GradientOfRows of_cdf(queries, of_rows, first, count);
                  of_cdf.find_upper(gradient + first * columns, columns);
                  of_cdf.find_given(gradient + first * columns + n, columns);
                });
}

}  // namespace finn::net
