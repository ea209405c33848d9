// Where rows lie, variable by variable, in the coordinates that a network sees.
#pragma once

#include <cstdint>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::net {

// The values of each variable, [variables][rows]: of `count` rows [columns] whose first entries are
// points of the region. Rows outside a domain are left out.
std::vector<std::vector<double>> coordinate_values(const Region& region,
                                                   const Coordinates& coordinates,
                                                   const double* rows, std::int64_t count,
                                                   int columns);

}  // namespace finn::net
