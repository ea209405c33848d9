#include "finn/data/rows.hpp"

namespace finn::net {

void ArrayRows::read(std::int64_t row, double* x, double* y, double* weight) {
  std::copy_n(rows_.x + row * columns_, columns_, x);
  if (y != nullptr) std::copy_n(rows_.y + row * outputs_, outputs_, y);
  if (weight != nullptr) *weight = rows_.weights[row];
}

double ArrayRows::mean_weight() const {
  MeanWeight mean;
  for (std::int64_t row = 0; has_weights() && row < count(); ++row) mean.add(rows_.weights[row]);
  return mean.value();
}

RowBlock read_rows(RowSource& source, const std::vector<std::int64_t>& chosen, int columns,
                   int outputs, double weight_unit) {
  RowBlock block;
  block.resize(static_cast<std::int64_t>(chosen.size()), columns, outputs, source.has_targets(),
               source.has_weights());
  for (std::int64_t i = 0; i < block.count; ++i) {
    block.read(source, chosen[static_cast<std::size_t>(i)], i, columns, outputs, weight_unit);
  }
  return block;
}

std::vector<std::int64_t> spread_places(std::int64_t total, std::int64_t most) {
  const std::int64_t count = std::min(total, most);
  std::vector<std::int64_t> places;
  // i total / count, which may overflow, in two parts.
  for (std::int64_t i = 0; i < count; ++i) {
    places.push_back(i * (total / count) + i * (total % count) / count);
  }
  return places;
}

}  // namespace finn::net
