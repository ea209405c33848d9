#include "finn/chains/linear_shift.hpp"

namespace finn::net {

LinearShift linear_shift(const LinearChains& normal, int column) {
  const std::size_t row = normal.at(0, column);
  const double* slopes = normal.slope.data() + row * static_cast<std::size_t>(normal.variables);
  return {normal.offset[row], normal.deviation[row], {slopes, slopes + column}};
}

}  // namespace finn::net
