#include "finn/queries/density.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "finn/domains/axis_maps.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/query_row.hpp"
#include "finn/queries/row_queries.hpp"

namespace finn::net {
namespace {

// The variables of the model at which a row stands, each at its place in x [variables of the
// model]; their set is returned.
VariableSet place(const Distribution& distribution, const double* row, double* x) {
  VariableSet variables = 0;
  for (int k = 0; k < distribution.variables(); ++k) {
    const int i = distribution.model_variable(k);
    x[i] = row[k];
    variables |= VariableSet{1} << i;
  }
  return variables;
}

}  // namespace

double set_points(const Distribution& distribution, const double* row, QueryRow& query) {
  std::array<double, kMaxBoxVariables> x{}, u{};
  const AxisMaps& maps = distribution.maps();
  const VariableSet variables = place(distribution, row, x.data());
  double log_weight = 0;
  if (maps.separate()) {
    log_weight = maps.log_weight(variables, x.data());
    for (const int i : distribution.free()) {
      const auto at = static_cast<std::size_t>(i);
      if (!maps.contains(i, x[at])) return Domain::kOutside;
      u[at] = maps.to_box(i, x[at]);
    }
  } else {
    log_weight = distribution.model().region().to_box(x.data(), u.data());
  }
  for (const int i : distribution.free()) {
    const double at = u[static_cast<std::size_t>(i)];
    if (at < query.lower(i) || at > query.upper(i)) return Domain::kOutside;
    query.set_point(i, at);
  }
  return log_weight;
}

namespace {

// The answers to some rows.
class DensityOfRows {
 public:
  void find(RowQueries& queries, const double* x, std::int64_t first, int count) {
    const Distribution& distribution = queries.distribution();
    const std::int64_t columns = distribution.columns();
    const auto set = [&](int r, QueryRow& row) {
      double& log_weight = log_weight_[static_cast<std::size_t>(r)];
      log_weight = set_points(distribution, x + r * columns, row);
      if (log_weight == Domain::kOutside) set_middle(distribution, row);
    };
    queries.find(x + distribution.variables(), columns, first, count, whole_.data(), masses_.data(),
                 set);
  }
  double density(int row) const {
    const auto at = static_cast<std::size_t>(row);
    return log_weight_[at] == 0 ? ratio(masses_[at], whole_[at]) : std::exp(log_density(row));
  }
  double log_density(int row) const {
    const auto at = static_cast<std::size_t>(row);
    if (log_weight_[at] == Domain::kOutside) return Domain::kOutside;
    return masses_[at].log() - whole_[at].log() + log_weight_[at];
  }

 private:
  // Rows that are asked together have the same variables at points; what comes of this one is not
  // read.
  static void set_middle(const Distribution& distribution, QueryRow& row) {
    for (const int i : distribution.free()) {
      row.set_point(i, 0.5 * row.lower(i) + 0.5 * row.upper(i));
    }
  }

  std::array<Mass, kRowsAtOnce> whole_, masses_;
  std::array<double, kRowsAtOnce> log_weight_{};
};

}  // namespace

void density(const Distribution& distribution, Workspace& workspace, const double* x,
             std::int64_t rows, double* density, double* log_density) {
  const int columns = distribution.columns();
  for_each_rows(distribution, workspace, rows,
                [&](RowQueries& queries, std::int64_t first, int count) {
                  DensityOfRows answers;
                  answers.find(queries, x + first * columns, first, count);
                  for (int r = 0; r < count; ++r) {
                    if (density != nullptr) density[first + r] = answers.density(r);
                    if (log_density != nullptr) log_density[first + r] = answers.log_density(r);
                  }
                });
}

}  // namespace finn::net
