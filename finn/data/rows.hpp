// Rows of a data set: x [columns], y [outputs] and a weight each, the last two where there are
// any; from arrays, or from anything else that can hand out row i.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/random.hpp"
#include "core/shape.hpp"

namespace finn::net {

// x [count][columns], y [count][outputs] or null, weights [count] or null.
struct Rows {
  const double* x;
  const double* y;
  std::int64_t count;
  const double* weights = nullptr;
};

// The mean of weights that come one after the other, in whichever order of size.
class MeanWeight {
 public:
  void add(double weight) { mean_ += (weight - mean_) / static_cast<double>(++count_); }
  double value() const { return count_ == 0 ? 1 : mean_; }

 private:
  double mean_ = 0;
  std::int64_t count_ = 0;
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual std::int64_t count() const = 0;
  virtual bool has_targets() const = 0;
  virtual bool has_weights() const = 0;
  // Of all rows; 1 where there are no weights.
  virtual double mean_weight() const = 0;
  // Writes row `row` to x [columns], y [outputs] and *weight; y and weight are null where the
  // source has none.
  virtual void read(std::int64_t row, double* x, double* y, double* weight) = 0;
};

class ArrayRows final : public RowSource {
 public:
  ArrayRows(const Rows& rows, int columns, int outputs)
      : rows_(rows), columns_(columns), outputs_(outputs) {}

  std::int64_t count() const override { return rows_.count; }
  bool has_targets() const override { return rows_.y != nullptr; }
  bool has_weights() const override { return rows_.weights != nullptr; }
  double mean_weight() const override;
  void read(std::int64_t row, double* x, double* y, double* weight) override;

 private:
  Rows rows_;
  int columns_;
  int outputs_;
};

// Rows that are held in memory: a mini-batch, or validation rows.
struct RowBlock {
  std::vector<double> x, y, weights;  // [count][..]; y and weights empty where there are none
  std::int64_t count = 0;

  void resize(std::int64_t rows, int columns, int outputs, bool has_targets, bool has_weights) {
    const auto size = [&](int width, bool is_there) {
      return is_there ? static_cast<std::size_t>(core::checked_product(rows, width)) : 0;
    };
    x.resize(size(columns, true));
    y.resize(size(outputs, has_targets));
    weights.resize(size(1, has_weights));
    count = rows;
  }

  double* targets() { return y.empty() ? nullptr : y.data(); }
  const double* targets() const { return y.empty() ? nullptr : y.data(); }
  const double* row_weights() const { return weights.empty() ? nullptr : weights.data(); }

  // Reads row `row` of the source into place i, its weight in this unit.
  void read(RowSource& source, std::int64_t row, std::int64_t i, int columns, int outputs,
            double weight_unit = 1) {
    double* weight = weights.empty() ? nullptr : weights.data() + i;
    source.read(row, x.data() + i * columns, y.empty() ? nullptr : y.data() + i * outputs, weight);
    if (weight != nullptr) *weight /= weight_unit;
  }
};

// The chosen rows of a source, in this order, their weights in this unit.
RowBlock read_rows(RowSource& source, const std::vector<std::int64_t>& chosen, int columns,
                   int outputs, double weight_unit = 1);

// Places among `total` rows, evenly spread over them, in order: at most `most`, and all where there
// are no more.
std::vector<std::int64_t> spread_places(std::int64_t total, std::int64_t most);

// The order in which rows are taken: each once in a pass, shuffled anew for each pass.
struct RowOrder {
  std::vector<std::int64_t> rows;  // of this pass
  std::int64_t next = 0;           // position in rows
  std::int64_t total = 0;          // rows of the data set, validation rows included; 0: not begun

  RowOrder() = default;
  explicit RowOrder(std::int64_t count)
      : rows(static_cast<std::size_t>(count)), next(count), total(count) {
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
  }

  // Before the first pass: takes count rows, fewer than all, out of every pass, chosen by the seed.
  std::vector<std::int64_t> split_off(std::int64_t count, std::uint64_t seed) {
    core::Random random(seed);
    shuffle(random);
    const std::vector<std::int64_t> taken(rows.end() - count, rows.end());
    rows.resize(rows.size() - static_cast<std::size_t>(count));
    std::sort(rows.begin(), rows.end());
    next = static_cast<std::int64_t>(rows.size());
    return taken;
  }

  std::int64_t take(core::Random& random) {
    if (next == static_cast<std::int64_t>(rows.size())) {
      shuffle(random);
      next = 0;
    }
    return rows[static_cast<std::size_t>(next++)];
  }

  void shuffle(core::Random& random) {
    for (std::size_t last = rows.size() - 1; last > 0; --last) {
      std::swap(rows[last], rows[random.below(last + 1)]);
    }
  }
};

}  // namespace finn::net
