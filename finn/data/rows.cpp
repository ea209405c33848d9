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

}  // namespace finn::net
