#include "finn/training/random_place.hpp"

#include <cmath>
#include <cstddef>

namespace finn::net {

void take_random_place(const IntervalReader& reader, int variables, core::Random& random,
                       double* lower, double* upper) {
  if (!(random.uniform(0, 1) < kRandomPlaces)) return;
  const IntervalRow row = reader.read(lower, upper);
  for (int i = 0; i < variables; ++i) {
    const bool is_point = (row.points >> i & 1) != 0;
    if (is_point || std::isinf(lower[i]) || std::isinf(upper[i])) continue;
    const auto at = static_cast<std::size_t>(i);
    lower[i] = upper[i] = reader.to_point(i, random.uniform(row.lower[at], row.upper[at]));
  }
}

}  // namespace finn::net
