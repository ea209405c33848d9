#include "finn/domains/box.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/error.hpp"

namespace finn::net {

using core::fail;
using core::Status;

double Box::volume() const {
  double product = 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(variables); ++i) {
    product *= upper[i] - lower[i];
  }
  return product;
}

bool Box::contains(const double* x) const {
  for (std::size_t i = 0; i < static_cast<std::size_t>(variables); ++i) {
    if (!(x[i] >= lower[i] && x[i] <= upper[i])) return false;
  }
  return true;
}

void Box::corner(Subset v, double* x) const {
  for (std::size_t i = 0; i < static_cast<std::size_t>(variables); ++i) {
    x[i] = (v >> i & 1) != 0 ? upper[i] : lower[i];
  }
}

void require_valid(const Box& box) {
  core::require_range(box.variables, 1, kMaxBoxVariables, "variables");
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    const double lower = box.lower[i], upper = box.upper[i];
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
      fail(Status::ERROR_NOT_FINITE,
           "lower, upper: limits [%g, %g] of variable %zu given, finite ones expected", lower,
           upper, i);
    }
    if (lower < upper && std::isfinite(upper - lower)) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: limits [%g, %g] of variable %zu given, lower < upper expected", lower,
         upper, i);
  }
  const double volume = box.volume();
  if (volume > 0 && std::isfinite(volume)) return;
  fail(Status::ERROR_ARGUMENT, "lower, upper: a domain of volume %g given", volume);
}

Coordinates Coordinates::raw() {
  Coordinates coordinates;
  coordinates.scale.fill(1);
  return coordinates;
}

Coordinates Coordinates::standard(const Box& box) {
  Coordinates coordinates = raw();
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    const double half_width = 0.5 * (box.upper[i] - box.lower[i]);
    const double centre = box.lower[i] + half_width;
    coordinates.scale[i] = std::sqrt(3.0) / half_width;
    coordinates.offset[i] = -centre * coordinates.scale[i];
  }
  return coordinates;
}

}  // namespace finn::net
