#include "finn/chains/linear_shift.hpp"

#include "finn/chains/linear_chains.hpp"

namespace finn::net {

LinearShift linear_shift(const WeightedRows& rows, int column) {
  const LinearChains chain = fit_linear_chains(rows, LinearChoice{}, 0);
  const std::size_t row = chain.at(0, column);
  const double* slopes = chain.slope.data() + row * static_cast<std::size_t>(chain.variables);
  return {chain.offset[row], chain.deviation[row], {slopes, slopes + column}};
}

}  // namespace finn::net
