#include "finn/queries/row_queries.hpp"

#include <utility>

#include "core/error.hpp"
#include "finn/domains/axis_maps.hpp"

namespace finn::net {

void RowQueries::set_conditions(const double* given) {
  if (evaluator_.is_shared()) return;
  evaluator_.set_conditions(given + distribution_.given().size());
}

QueryRow RowQueries::begin(const double* given, std::int64_t row) {
  set_conditions(given);
  QueryRow roles = roles_;
  const AxisMaps& maps = distribution_.maps();
  for (std::size_t k = 0; k < distribution_.given().size(); ++k) {
    const int i = distribution_.given()[k];
    const double u = maps.to_box(i, given[k]);
    if (!maps.contains(i, given[k]) || u < roles.lower(i) || u > roles.upper(i)) {
      core::fail(core::Status::ERROR_ARGUMENT,
                 "row %lld: %g given for a variable that the distribution takes as given, outside "
                 "of its limits",
                 static_cast<long long>(row), given[k]);
    }
    roles.set_point(i, u);
  }
  return roles;
}

// By answer(queries, count, results): all of them together, or one by one where each has conditions
// of its own.
template <class Result, class Answer>
void RowQueries::answer(const QueryRow* rows, int count, const double* given, std::int64_t stride,
                        Result* results, Answer&& answer) {
  if (!evaluator_.is_shared()) {
    for (int r = 0; r < count; ++r) {
      set_conditions(given + r * stride);
      const MassQuery query = rows[r].query();
      answer(&query, 1, results + r);
    }
    return;
  }
  queries_.clear();
  for (int r = 0; r < count; ++r) queries_.push_back(rows[r].query());
  if (count > 0) answer(queries_.data(), count, results);
}

void RowQueries::masses(const QueryRow* rows, int count, const double* given, std::int64_t stride,
                        Mass* masses) {
  answer(rows, count, given, stride, masses,
         [&](const MassQuery* queries, int asked, Mass* results) {
           evaluator_.evaluate(queries, asked, results);
         });
}

void RowQueries::log_slopes(const QueryRow* rows, int count, const double* given,
                            std::int64_t stride, MassSlopes* slopes) {
  answer(rows, count, given, stride, slopes,
         [&](const MassQuery* queries, int asked, MassSlopes* results) {
           evaluator_.log_slopes(queries, asked, results);
         });
}

const Mass& RowQueries::whole(const QueryRow& roles, std::int64_t row) {
  if (are_alike() && has_whole_) return whole_;
  whole_ = evaluator_.evaluate(roles.query());
  if (!(whole_.value > 0)) {
    core::fail(core::Status::ERROR_INTEGRAL,
               "row %lld: the distribution has no mass within its limits, or at what is given",
               static_cast<long long>(row));
  }
  has_whole_ = true;
  return whole_;
}

const CdfTable* RowQueries::table(int axis) {
  if (!are_alike()) return nullptr;
  std::optional<CdfTable>& table = tables_[static_cast<std::size_t>(axis)];
  if (table) return &*table;
  const double lower = roles_.lower(axis), upper = roles_.upper(axis);
  const double step = (upper - lower) / (kRowsAtOnce - 1);
  std::array<QueryRow, kRowsAtOnce> rows;
  std::array<Mass, kRowsAtOnce> below;
  for (int k = 0; k < kRowsAtOnce; ++k) {
    QueryRow& row = rows[static_cast<std::size_t>(k)];
    row = roles_;
    row.set_interval(axis, lower, std::min(lower + k * step, upper));
  }
  masses(rows.data(), kRowsAtOnce, nullptr, 0, below.data());
  std::vector<double> shares;
  for (const Mass& mass : below) shares.push_back(ratio(mass, below.back()));
  table.emplace(lower, upper, std::move(shares));
  return &*table;
}

}  // namespace finn::net
