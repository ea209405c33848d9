// Rows of a query, shared out among the threads of a workspace: each thread has an evaluator of its
// own, and takes some rows at a time, which it answers together.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/parallel.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/cdf_table.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/mass_evaluator.hpp"
#include "finn/queries/query_row.hpp"

namespace finn::net {

// Rows that are answered together.
inline constexpr int kRowsAtOnce = 64;

// What rows ask, and the answers. Serves one thread.
class RowQueries {
 public:
  explicit RowQueries(const Distribution& distribution)
      : distribution_(distribution),
        evaluator_(distribution.model(), distribution.output()),
        roles_(distribution.box()) {}

  const Distribution& distribution() const { return distribution_; }
  MassEvaluator& evaluator() { return evaluator_; }

  // What is given in `count` rows at this stride, which are asked about next, in this order: where
  // they have conditions it takes less time then, and nothing else changes.
  void expect(const double* given, std::int64_t stride, int count) {
    evaluator_.expect_conditions(given + distribution_.given().size(), stride, count);
  }
  // The conditions of a row, [given_columns], for what is asked next.
  void set_conditions(const double* given);
  // The roles of the distribution with what is given in a row, [given_columns], and the conditions
  // of that row for what is asked next. Fails with ERROR_ARGUMENT, naming the row, where a value
  // given lies outside of the distribution.
  QueryRow begin(const double* given, std::int64_t row);
  // The masses of `count` rows with the same points, whose conditions are at given[r * stride].
  void masses(const QueryRow* rows, int count, const double* given, std::int64_t stride,
              Mass* masses);
  // Of rows first + r, r < count, with what is given at given[r * stride]: their wholes, and the
  // masses [count] of what set(r, roles) makes of their roles, which have the same points.
  template <class Set>
  void find(const double* given, std::int64_t stride, std::int64_t first, int count, Mass* wholes,
            Mass* masses, Set&& set);
  // The mass of everything that a row does not rule out, by which its answers are divided: one for
  // all rows where nothing is given.
  const Mass& whole(const QueryRow& roles, std::int64_t row);
  // What the logarithms of these masses change by, as MassEvaluator::log_slopes has it.
  void log_slopes(const QueryRow* rows, int count, const double* given, std::int64_t stride,
                  MassSlopes* slopes);
  // Whether rows have columns behind their variables.
  bool has_given() const { return distribution_.given_columns() > 0; }
  // The marginal cdf of a variable of the model, where it is that of all rows; otherwise null. It
  // lives as long as this.
  const CdfTable* table(int axis);

 private:
  bool are_alike() const { return evaluator_.is_shared() && distribution_.given().empty(); }
  template <class Result, class Answer>
  void answer(const QueryRow* rows, int count, const double* given, std::int64_t stride,
              Result* results, Answer&& answer);

  const Distribution& distribution_;
  MassEvaluator evaluator_;
  QueryRow roles_;
  std::vector<MassQuery> queries_;
  std::vector<QueryRow> rows_;
  std::array<std::optional<CdfTable>, kMaxBoxVariables> tables_;
  Mass whole_;
  bool has_whole_ = false;
};

template <class Set>
void RowQueries::find(const double* given, std::int64_t stride, std::int64_t first, int count,
                      Mass* wholes, Mass* masses, Set&& set) {
  rows_.resize(static_cast<std::size_t>(count));
  expect(given, stride, count);
  for (int r = 0; r < count; ++r) {
    QueryRow& row = rows_[static_cast<std::size_t>(r)];
    row = begin(given + r * stride, first + r);
    wholes[r] = whole(row, first + r);
    set(r, row);
    // Those with conditions of their own while they are set.
    if (!evaluator_.is_shared()) masses[r] = evaluator_.evaluate(row.query());
  }
  if (evaluator_.is_shared()) this->masses(rows_.data(), count, given, stride, masses);
}

// Calls body(queries, first, count) for rows [first, first + count) of all, on the threads of the
// workspace.
template <class Body>
void for_each_rows(const Distribution& distribution, Workspace& workspace, std::int64_t rows,
                   Body&& body) {
  const std::int64_t tiles = (rows + kRowsAtOnce - 1) / kRowsAtOnce;
  const int team = workspace.team_size(tiles);
  std::deque<RowQueries> queries;
  for (int thread = 0; thread < team; ++thread) queries.emplace_back(distribution);
  core::parallel_for(workspace.team(), team, tiles, [&](int thread, std::int64_t tile) {
    const std::int64_t first = tile * kRowsAtOnce;
    const auto count = static_cast<int>(std::min<std::int64_t>(kRowsAtOnce, rows - first));
    body(queries[static_cast<std::size_t>(thread)], first, count);
  });
}

}  // namespace finn::net
