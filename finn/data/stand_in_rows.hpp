// Rows of intervals as rows of points, for what looks at where rows lie: each row stands at the
// middle of what is known of it (finn/data/interval_row.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "finn/data/interval_row.hpp"
#include "finn/data/rows.hpp"

namespace finn::net {

class StandInRows final : public RowSource {
 public:
  // rows have their upper ends, [variables], as targets; both must live as long.
  StandInRows(RowSource& rows, const IntervalReader& reader, int variables)
      : rows_(rows), reader_(reader), upper_(static_cast<std::size_t>(variables)) {}

  std::int64_t count() const override { return rows_.count(); }
  bool has_targets() const override { return false; }
  bool has_weights() const override { return rows_.has_weights(); }
  double mean_weight() const override { return rows_.mean_weight(); }
  void read(std::int64_t row, double* x, double*, double* weight) override {
    rows_.read(row, x, upper_.data(), weight);
    reader_.stand_in(x, upper_.data(), x);
  }

 private:
  RowSource& rows_;
  const IntervalReader& reader_;
  std::vector<double> upper_;
};

}  // namespace finn::net
