#include "finn/queries/rosenblatt.hpp"

#include <algorithm>
#include <array>

#include "finn/queries/axis_root.hpp"
#include "finn/queries/cdf_table.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// Of samples, as a share of the limits of a variable.
constexpr double kLastStep = 1e-6;

// Some rows of the transform, one variable after the other: what stands before it is at a point.
class TransformedRows {
 public:
  TransformedRows(RowQueries& queries, const double* x, std::int64_t first, int count)
      : queries_(queries), distribution_(queries.distribution()), x_(x), count_(count) {
    queries.find(row(0) + distribution_.variables(), distribution_.columns(), first, count,
                 whole_.data(), masses_.data(), [&](int r, QueryRow& query) {
                   roles_[index(r)] = query;
                   set_below(r, 0, query);
                 });
  }

  // u [count][variables].
  void find(double* u) {
    const int n = distribution_.variables();
    for (int k = 0; k < n; ++k) {
      if (k > 0) find_below(k);
      for (int r = 0; r < count_; ++r) {
        u[r * n + k] = std::min(1.0, ratio(masses_[index(r)], whole_[index(r)]));
      }
      if (k + 1 < n) condition_on(k);
    }
  }

 private:
  static std::size_t index(int r) { return static_cast<std::size_t>(r); }
  const double* row(int r) const { return x_ + std::int64_t{1} * r * distribution_.columns(); }
  double in_box(int r, int k) const {
    return distribution_.maps().to_box(distribution_.model_variable(k), row(r)[k]);
  }
  void find_masses(std::array<Mass, kRowsAtOnce>& masses) {
    queries_.masses(asked_.data(), count_, row(0) + distribution_.variables(),
                    distribution_.columns(), masses.data());
  }

  // What of variable k lies below the row.
  void set_below(int r, int k, QueryRow& query) const {
    const int i = distribution_.model_variable(k);
    const bool falls = distribution_.maps().falls(i);
    const double at = std::clamp(in_box(r, k), query.lower(i), query.upper(i));
    query.set_interval(i, falls ? at : query.lower(i), falls ? query.upper(i) : at);
  }
  void find_below(int k) {
    asked_ = roles_;
    for (int r = 0; r < count_; ++r) set_below(r, k, asked_[index(r)]);
    find_masses(masses_);
  }

  void condition_on(int k) {
    const int i = distribution_.model_variable(k);
    for (int r = 0; r < count_; ++r) {
      QueryRow& query = roles_[index(r)];
      query.set_point(i, std::clamp(in_box(r, k), query.lower(i), query.upper(i)));
    }
    asked_ = roles_;
    find_masses(whole_);
  }

  RowQueries& queries_;
  const Distribution& distribution_;
  const double* x_;
  int count_;
  std::array<QueryRow, kRowsAtOnce> roles_, asked_;
  std::array<Mass, kRowsAtOnce> whole_, masses_;
};

}  // namespace

void rosenblatt(const Distribution& distribution, Workspace& workspace, const double* x,
                std::int64_t rows, double* u) {
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  const std::int64_t n = distribution.variables();
                  TransformedRows(queries, x + first * distribution.columns(), first, count)
                      .find(u + first * n);
                });
}

void invert_rows(RowQueries& queries, const double* u, const double* given, std::int64_t first,
                 int count, Precision precision, double* x) {
  const Distribution& distribution = queries.distribution();
  const int n = distribution.variables();
  const std::int64_t stride = distribution.given_columns();
  std::array<AxisSearch, kRowsAtOnce> searches;
  std::array<QueryRow, kRowsAtOnce> roles;
  std::array<Mass, kRowsAtOnce> whole;
  queries.expect(given, stride, count);
  for (int r = 0; r < count; ++r) {
    const auto at = static_cast<std::size_t>(r);
    roles[at] = queries.begin(given == nullptr ? nullptr : given + r * stride, first + r);
    whole[at] = queries.whole(roles[at], first + r);
  }
  for (int k = 0; k < n; ++k) {
    const int i = distribution.model_variable(k);
    const bool falls = distribution.maps().falls(i);
    const CdfTable* starts = queries.table(i);
    for (int r = 0; r < count; ++r) {
      const auto at = static_cast<std::size_t>(r);
      const double share = u[r * n + k];
      const double below = falls ? 1 - share : share;
      const double width = roles[at].upper(i) - roles[at].lower(i);
      const double start = starts == nullptr ? AxisSearch::kUnknown : starts->at(below);
      searches[at] = {roles[at], whole[at], below, falls ? share : 1 - share, start};
      if (precision == Precision::of_samples) searches[at].last_step = kLastStep * width;
    }
    find_roots(queries, i, searches.data(), count, given, stride);
    for (int r = 0; r < count; ++r) {
      const auto at = static_cast<std::size_t>(r);
      x[r * n + k] = searches[at].u;
      roles[at].set_point(i, searches[at].u);
    }
    if (k + 1 < n) queries.masses(roles.data(), count, given, stride, whole.data());
  }
}

void inverse_rosenblatt(const Distribution& distribution, Workspace& workspace, const double* u,
                        const double* given, std::int64_t rows, double* x) {
  const std::int64_t n = distribution.variables();
  const std::int64_t stride = distribution.given_columns();
  for_each_rows(
      distribution, workspace, rows, [&](RowQueries& queries, std::int64_t first, int count) {
        invert_rows(queries, u + first * n, given == nullptr ? nullptr : given + first * stride,
                    first, count, Precision::of_numbers, x + first * n);
        distribution.to_points(count, x + first * n);
      });
}

}  // namespace finn::net
