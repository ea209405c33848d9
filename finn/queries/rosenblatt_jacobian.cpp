#include "finn/queries/rosenblatt_jacobian.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "finn/domains/axis_maps.hpp"
#include "finn/queries/column_slopes.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// Some rows, variable by variable: what stands before it is at a point.
class JacobianOfRows {
 public:
  JacobianOfRows(RowQueries& queries, const double* x, std::int64_t first, int count)
      : queries_(queries), distribution_(queries.distribution()), x_(x), count_(count) {
    queries.expect(row(0) + distribution_.variables(), distribution_.columns(), count);
    for (int r = 0; r < count; ++r) {
      before_[index(r)] = queries.begin(row(r) + distribution_.variables(), first + r);
      whole_[index(r)] = queries.whole(before_[index(r)], first + r);
    }
  }

  // [count][variables][columns].
  void find(double* jacobian) {
    const int n = distribution_.variables();
    std::fill_n(jacobian, std::int64_t{1} * count_ * n * distribution_.columns(), 0.0);
    for (int k = 0; k < n; ++k) {
      if (k > 0 || queries_.has_given()) add_slopes(k, jacobian);
      find_density(k, jacobian);
    }
  }

 private:
  static std::size_t index(int r) { return static_cast<std::size_t>(r); }
  const double* row(int r) const { return x_ + std::int64_t{1} * r * distribution_.columns(); }
  // du_k of a row, [columns].
  double* slopes_of(int r, int k, double* jacobian) const {
    const std::int64_t at = std::int64_t{1} * r * distribution_.variables() + k;
    return jacobian + at * distribution_.columns();
  }
  double in_box(int r, int k) const {
    const int i = distribution_.model_variable(k);
    const QueryRow& limits = before_[index(r)];
    return std::clamp(distribution_.maps().to_box(i, row(r)[k]), limits.lower(i), limits.upper(i));
  }
  void find_masses(const std::array<QueryRow, kRowsAtOnce>& rows,
                   std::array<Mass, kRowsAtOnce>& masses) {
    queries_.masses(rows.data(), count_, row(0) + distribution_.variables(),
                    distribution_.columns(), masses.data());
  }
  void find_slopes(const std::array<QueryRow, kRowsAtOnce>& rows,
                   std::array<MassSlopes, kRowsAtOnce>& slopes) {
    queries_.log_slopes(rows.data(), count_, row(0) + distribution_.variables(),
                        distribution_.columns(), slopes.data());
  }

  // By what stands before x_k, and by what is given.
  void add_slopes(int k, double* jacobian) {
    choose_sides(k);
    find_slopes(sides_, part_);
    find_slopes(before_, of_whole_);
    const int n = distribution_.variables(), columns = distribution_.columns();
    for (int r = 0; r < count_; ++r) {
      const double factor = factors_[index(r)];
      if (factor == 0) continue;
      for (const ColumnRange range : {ColumnRange{0, k}, ColumnRange{n, columns}}) {
        add_column_slopes(distribution_, row(r), range, factor, part_[index(r)],
                          of_whole_[index(r)], slopes_of(r, k, jacobian));
      }
    }
  }

  // Below x_k or above it, whichever is less likely, so that its change keeps its digits; and what
  // the change of its logarithm is multiplied by to be that of u_k.
  void choose_sides(int k) {
    const int i = distribution_.model_variable(k);
    const double sign = distribution_.maps().falls(i) ? -1 : 1;
    sides_ = before_;
    for (int r = 0; r < count_; ++r) {
      sides_[index(r)].set_interval(i, before_[index(r)].lower(i), in_box(r, k));
    }
    find_masses(sides_, masses_);
    for (int r = 0; r < count_; ++r) {
      factors_[index(r)] = sign * ratio(masses_[index(r)], whole_[index(r)]);
      if (factors_[index(r)] * sign <= 0.5) continue;
      sides_[index(r)].set_interval(i, in_box(r, k), before_[index(r)].upper(i));
    }
    find_masses(sides_, masses_);
    for (int r = 0; r < count_; ++r) {
      if (factors_[index(r)] * sign <= 0.5) continue;
      factors_[index(r)] = -sign * ratio(masses_[index(r)], whole_[index(r)]);
    }
  }

  // By x_k itself, which is at a point from then on.
  void find_density(int k, double* jacobian) {
    const int i = distribution_.model_variable(k);
    for (int r = 0; r < count_; ++r) before_[index(r)].set_point(i, in_box(r, k));
    find_masses(before_, masses_);
    for (int r = 0; r < count_; ++r) {
      slopes_of(r, k, jacobian)[k] = ratio(masses_[index(r)], whole_[index(r)]) *
                                     std::fabs(distribution_.maps().slopes(i, row(r)[k]).u);
    }
    whole_ = masses_;
  }

  RowQueries& queries_;
  const Distribution& distribution_;
  const double* x_;
  int count_;
  std::array<QueryRow, kRowsAtOnce> before_, sides_;
  std::array<Mass, kRowsAtOnce> whole_, masses_;
  std::array<double, kRowsAtOnce> factors_{};
  std::array<MassSlopes, kRowsAtOnce> part_, of_whole_;
};

// dx/du of du/dx [n][columns], lower triangular.
void invert(const double* jacobian, int n, int columns, double* inverse) {
  std::fill_n(inverse, std::int64_t{1} * n * n, 0.0);
  for (int k = 0; k < n; ++k) {
    const double* row = jacobian + std::int64_t{1} * k * columns;
    for (int j = 0; j <= k; ++j) {
      double sum = k == j ? 1 : 0;
      for (int l = j; l < k; ++l) sum -= row[l] * inverse[l * n + j];
      inverse[k * n + j] = sum / row[k];
    }
  }
}

}  // namespace

void rosenblatt_jacobian(const Distribution& distribution, Workspace& workspace, const double* x,
                         std::int64_t rows, double* jacobian, double* inverse) {
  const int n = distribution.variables(), columns = distribution.columns();
  const std::int64_t size = std::int64_t{1} * n * columns;
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  std::vector<double> own;
                  double* du = jacobian == nullptr ? nullptr : jacobian + first * size;
                  if (du == nullptr) {
                    own.resize(static_cast<std::size_t>(count * size));
                    du = own.data();
                  }
                  JacobianOfRows(queries, x + first * columns, first, count).find(du);
                  for (int r = 0; inverse != nullptr && r < count; ++r) {
                    invert(du + r * size, n, columns, inverse + (first + r) * n * n);
                  }
                });
}

}  // namespace finn::net
