#include "finn/queries/probability_gradient.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/queries/axis_maps.hpp"
#include "finn/queries/column_slopes.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// The box of one row, limits of x [variables], and what is given there.
struct RowBox {
  const double* lower;
  const double* upper;
  const double* given;
};

class GradientOfRow {
 public:
  GradientOfRow(RowQueries& queries, const RowBox& box, std::int64_t row)
      : queries_(queries),
        distribution_(queries.distribution()),
        maps_(distribution_.maps()),
        box_(box),
        roles_(queries.begin(box.given, row)),
        whole_(queries.whole(roles_, row)),
        query_(roles_) {
    for (int k = 0; k < distribution_.variables(); ++k) {
      set_limits(maps_, distribution_.model_variable(k), box.lower[k], box.upper[k], query_);
    }
  }

  // By limit x of each variable: the density there, [variables].
  void find_limits(const double* limits, double sign, double* gradient) {
    for (int k = 0; k < distribution_.variables(); ++k) {
      const int i = distribution_.model_variable(k);
      const double slope = maps_.slopes(i, limits[k]).u, u = maps_.to_box(i, limits[k]);
      gradient[k] = 0;
      if (slope == 0 || u < roles_.lower(i) || u > roles_.upper(i)) continue;
      QueryRow side = query_;
      side.set_point(i, u);
      const Mass mass = queries_.evaluator().evaluate(side.query());
      gradient[k] = sign * std::fabs(slope) * ratio(mass, whole_);
    }
  }

  // [given_columns].
  void find_given(double* gradient) {
    const int n = distribution_.variables(), columns = distribution_.columns();
    std::fill_n(gradient, columns - n, 0.0);
    const double probability = ratio(queries_.evaluator().evaluate(query_.query()), whole_);
    if (!queries_.has_given() || probability == 0) return;
    MassSlopes part, whole;
    queries_.log_slopes(query_, part);
    queries_.log_slopes(roles_, whole);
    add_column_slopes(distribution_, box_.given - n, {n, columns}, probability, part, whole,
                      gradient - n);
  }

 private:
  RowQueries& queries_;
  const Distribution& distribution_;
  const AxisMaps& maps_;
  RowBox box_;
  QueryRow roles_;
  const Mass whole_;
  QueryRow query_;
};

// Calls of_row(row, gradient_of_row), whose box is box(row).
template <class BoxOf, class OfRow>
void for_each_row(const Distribution& distribution, Workspace& workspace, std::int64_t rows,
                  BoxOf&& box, OfRow&& of_row) {
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  for (std::int64_t row = first; row < first + count; ++row) {
                    GradientOfRow gradient(queries, box(row), row);
                    of_row(row, gradient);
                  }
                });
}

const double* row_of(const double* rows, std::int64_t row, std::int64_t columns) {
  return rows == nullptr ? nullptr : rows + row * columns;
}

}  // namespace

void box_gradient(const Distribution& distribution, Workspace& workspace, const Boxes& boxes,
                  const double* given, std::int64_t rows, const BoxGradients& gradients) {
  const int n = distribution.variables(), columns = distribution.given_columns();
  const auto box = [&](std::int64_t row) -> RowBox {
    return {boxes.lower + row * n, boxes.upper + row * n, row_of(given, row, columns)};
  };
  for_each_row(distribution, workspace, rows, box, [&](std::int64_t row, GradientOfRow& of_row) {
    if (gradients.lower != nullptr) {
      of_row.find_limits(boxes.lower + row * n, -1, gradients.lower + row * n);
    }
    if (gradients.upper != nullptr) {
      of_row.find_limits(boxes.upper + row * n, 1, gradients.upper + row * n);
    }
    if (gradients.given != nullptr) of_row.find_given(gradients.given + row * columns);
  });
}

void cdf_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                  std::int64_t rows, double* gradient) {
  const int n = distribution.variables(), columns = distribution.columns();
  std::array<double, kMaxBoxVariables> least;
  least.fill(-std::numeric_limits<double>::infinity());
  const auto box = [&](std::int64_t row) -> RowBox {
    const double* at = x + row * columns;
    return {least.data(), at, at + n};
  };
  for_each_row(distribution, workspace, rows, box, [&](std::int64_t row, GradientOfRow& of_row) {
    double* of_columns = gradient + row * columns;
    of_row.find_limits(x + row * columns, 1, of_columns);
    of_row.find_given(of_columns + n);
  });
}

}  // namespace finn::net
