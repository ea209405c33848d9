#pragma once

#include <cmath>
#include <numbers>

namespace finn::bench {

inline double normal_density(double x, double mean, double deviation) {
  const double z = (x - mean) / deviation;
  return std::exp(-0.5 * z * z) / (std::sqrt(2 * std::numbers::pi) * deviation);
}

}  // namespace finn::bench
