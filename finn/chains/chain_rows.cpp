#include "finn/chains/chain_rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace finn::net {

ChainRows::ChainRows(const double* x, const double* weights, std::int64_t count, int variables,
                     int conditions, double share, std::uint64_t seed) {
  std::vector<std::int64_t> counting;
  for (std::int64_t r = 0; r < count; ++r) {
    if (weights == nullptr || weights[r] > 0) counting.push_back(r);
  }
  const auto rows = static_cast<std::int64_t>(counting.size());
  const auto out = std::max<std::int64_t>(1, std::llround(share * static_cast<double>(rows)));
  if (out >= rows) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "rows: %lld given%s, of which %lld are held out; more expected",
               static_cast<long long>(rows), rows < count ? " with a weight above 0" : "",
               static_cast<long long>(out));
  }
  RowOrder order(rows);
  const std::vector<std::int64_t> taken = order.split_off(out, seed);
  const int columns = variables + conditions;
  const auto add = [&](const std::vector<std::int64_t>& chosen, WeightedRows& to) {
    to.variables = columns;
    for (const std::int64_t place : chosen) {
      const std::int64_t r = counting[static_cast<std::size_t>(place)];
      const double* row = x + r * columns;
      to.x.insert(to.x.end(), row + variables, row + columns);
      to.x.insert(to.x.end(), row, row + variables);
      to.weights.push_back(weights == nullptr ? 1 : weights[r]);
    }
  };
  add(order.rows, fitted);
  add(taken, held_out);
}

RowBlock residual_block(const WeightedRows& rows, const LinearShift& shift, int column,
                        bool with_z) {
  RowBlock block;
  const int given = with_z ? column : 0;
  block.resize(rows.count(), 1 + given, 1, false, true);
  double* to = block.x.data();
  for (std::int64_t r = 0; r < rows.count(); ++r) {
    const double* row = rows.row(r);
    *to++ = shift.residual(row[column], row);
    to = std::copy_n(row, given, to);
  }
  block.weights = rows.weights;
  return block;
}

std::vector<double> link_rows(const WeightedRows& rows, int column) {
  std::vector<double> all;
  all.reserve(rows.weights.size() * static_cast<std::size_t>(1 + column));
  for (std::int64_t r = 0; r < rows.count(); ++r) {
    all.push_back(rows.row(r)[column]);
    all.insert(all.end(), rows.row(r), rows.row(r) + column);
  }
  return all;
}

WeightedRows some_rows(const WeightedRows& rows, std::int64_t most) {
  if (rows.count() <= most) return rows;
  WeightedRows some;
  some.variables = rows.variables;
  for (const std::int64_t r : spread_places(rows.count(), most)) {
    some.add(rows.row(r), rows.weights[static_cast<std::size_t>(r)]);
  }
  return some;
}

WeightedRows ChainRows::all() const {
  WeightedRows rows = fitted;
  for (std::int64_t r = 0; r < held_out.count(); ++r) {
    rows.add(held_out.row(r), held_out.weights[static_cast<std::size_t>(r)]);
  }
  return rows;
}

}  // namespace finn::net
