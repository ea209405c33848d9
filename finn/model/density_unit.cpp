#include "finn/model/density_unit.hpp"

#include "ops/kernels/table.hpp"

namespace finn::net {

// Logarithms and the exponential by the kernels that have the same bits everywhere. As the length
// is a power of two, f / f_0 in standard coordinates rounds as it does in their own unit.
DensityUnit DensityUnit::of(const Coordinates& coordinates, const Coordinates& standard,
                            int variables) {
  constexpr double length = 4;
  const auto& unary = ops::kernels<double>().unary;
  DensityUnit unit;
  std::array<double, kMaxBoxVariables> logarithms{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(variables); ++i) {
    unit.rate[i] = length * (coordinates.scale[i] / standard.scale[i]);
    logarithms[i] = standard.scale[i] / length;
  }
  unary[ops::unary_log](logarithms.data(), variables, logarithms.data());
  for (const double logarithm : logarithms) unit.log_value += logarithm;
  const double half = -0.5 * unit.log_value;
  unary[ops::unary_exp](&half, 1, &unit.root_);
  return unit;
}

}  // namespace finn::net
