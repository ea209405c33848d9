#include "finn/training/coordinate_values.hpp"

#include <array>
#include <cstddef>

namespace finn::net {

std::vector<std::vector<double>> coordinate_values(const Region& region,
                                                   const Coordinates& coordinates,
                                                   const double* rows, std::int64_t count,
                                                   int columns) {
  std::vector<std::vector<double>> values(static_cast<std::size_t>(region.box.variables));
  std::array<double, kMaxBoxVariables> u{};
  for (std::int64_t row = 0; row < count; ++row) {
    if (region.to_box(rows + row * columns, u.data()) == Domain::kOutside) continue;
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i].push_back(coordinates.scale[i] * u[i] + coordinates.offset[i]);
    }
  }
  return values;
}

}  // namespace finn::net
