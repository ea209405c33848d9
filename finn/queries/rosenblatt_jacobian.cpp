#include "finn/queries/rosenblatt_jacobian.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "finn/queries/axis_maps.hpp"
#include "finn/queries/column_slopes.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// One row, variable by variable: what stands before it is at a point.
class JacobianOfRow {
 public:
  JacobianOfRow(RowQueries& queries, const double* x, std::int64_t row)
      : queries_(queries),
        distribution_(queries.distribution()),
        x_(x),
        before_(queries.begin(x + distribution_.variables(), row)),
        whole_(queries.whole(before_, row)) {}

  // [variables][columns].
  void find(double* jacobian) {
    const int n = distribution_.variables(), columns = distribution_.columns();
    std::fill_n(jacobian, std::int64_t{1} * n * columns, 0.0);
    for (int k = 0; k < n; ++k) find_variable(k, jacobian + std::int64_t{1} * k * columns);
  }

 private:
  void find_variable(int k, double* du) {
    const int n = distribution_.variables(), columns = distribution_.columns();
    const int i = distribution_.model_variable(k);
    const double at =
        std::clamp(distribution_.maps().to_box(i, x_[k]), before_.lower(i), before_.upper(i));
    if (k > 0 || queries_.has_given()) {
      const auto [side, factor] = smaller_side(i, at);
      if (factor != 0) {
        MassSlopes part, whole;
        queries_.log_slopes(side, part);
        queries_.log_slopes(before_, whole);
        add_column_slopes(distribution_, x_, {0, k}, factor, part, whole, du);
        add_column_slopes(distribution_, x_, {n, columns}, factor, part, whole, du);
      }
    }
    before_.set_point(i, at);
    const Mass density = queries_.evaluator().evaluate(before_.query());
    du[k] = ratio(density, whole_) * std::fabs(distribution_.maps().slopes(i, x_[k]).u);
    whole_ = density;
  }

  // Below x_k or above it, whichever is less likely, so that its change keeps its digits; and what
  // the change of its logarithm is multiplied by to be that of u_k.
  std::pair<QueryRow, double> smaller_side(int i, double at) {
    const bool falls = distribution_.maps().falls(i);
    QueryRow low = before_, high = before_;
    low.set_interval(i, before_.lower(i), at);
    high.set_interval(i, at, before_.upper(i));
    const double below = ratio(queries_.evaluator().evaluate(low.query()), whole_);
    const double sign = falls ? -1 : 1;
    if (below <= 0.5) return {low, sign * below};
    return {high, -sign * ratio(queries_.evaluator().evaluate(high.query()), whole_)};
  }

  RowQueries& queries_;
  const Distribution& distribution_;
  const double* x_;
  QueryRow before_;
  Mass whole_;
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
                  std::vector<double> own(static_cast<std::size_t>(size));
                  for (std::int64_t row = first; row < first + count; ++row) {
                    double* du = jacobian == nullptr ? own.data() : jacobian + row * size;
                    JacobianOfRow(queries, x + row * columns, row).find(du);
                    if (inverse != nullptr) invert(du, n, columns, inverse + row * n * n);
                  }
                });
}

}  // namespace finn::net
