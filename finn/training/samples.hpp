// The rows of a step that come from a sampler: what it is given, and what it may write.
#pragma once

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <vector>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/data/check_row.hpp"
#include "finn/data/interval_row.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"

namespace finn::net {

// A uniform point of the box in row [columns], as a point of the domain if there is one; uniform
// conditions of their range, and targets of the integral of 1.
template <class T>
void draw_sample(const Model<T>& model, core::Random& random, double* row) {
  const Box& box = model.box();
  const auto n = static_cast<std::size_t>(box.variables);
  for (std::size_t i = 0; i < n; ++i) {
    row[i] = random.uniform(box.lower[i], box.upper[i]);
  }
  if (model.domain() != nullptr) model.domain()->to_point(row, row);
  double* next = row + n;
  const ConditionRange& range = model.conditioning().range();
  for (std::size_t i = 0; i < range.lower.size(); ++i) {
    *next++ = random.uniform(range.lower[i], range.upper[i]);
  }
  std::fill(next, row + model.columns(), 1.0);
}

// As many rows as rows [count][columns] has room for.
template <class T>
void draw_samples(const Model<T>& model, core::Random& random, std::vector<double>& rows) {
  const auto columns = static_cast<std::size_t>(model.columns());
  for (std::size_t i = 0; i < rows.size(); i += columns) draw_sample(model, random, &rows[i]);
}

// Fails where rows [count][rules.columns], written in a step counted from 1, break the rules. Of
// its own it allocates nothing.
inline void require_samples(const RowRules& rules, const std::vector<double>& rows,
                            const char* name, std::int64_t step) {
  char writer[64];
  std::snprintf(writer, sizeof writer, "%s of the sampler in step %" PRId64, name, step);
  const auto count = static_cast<std::int64_t>(rows.size()) / rules.columns;
  require_rows(rules, rows.data(), count, writer);
}

// Fails where the ends of rows x [count][rules.columns] and y [count][rules.ends] are none of
// intervals, likewise.
inline void require_intervals(const IntervalReader& reader, const RowRules& rules,
                              const std::vector<double>& x, const std::vector<double>& y,
                              const char* name, std::int64_t step) {
  char writer[64];
  std::snprintf(writer, sizeof writer, "%s of the sampler in step %" PRId64, name, step);
  const auto count = static_cast<std::int64_t>(x.size()) / rules.columns;
  for (std::int64_t row = 0; row < count; ++row) {
    reader.require(x.data() + row * rules.columns, y.data() + row * rules.ends,
                   {writer, "row", row});
  }
}

}  // namespace finn::net
