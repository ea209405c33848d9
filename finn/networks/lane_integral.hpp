// The integral of a network over a box, or over some of its sides, for each lane of a tile, whose
// weights may differ. It is recorded on the tape, so that gradients flow through it by themselves.
#pragma once

#include <algorithm>
#include <limits>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/corner_sum.hpp"
#include "ops/elementwise.hpp"
#include "ops/kernels/table.hpp"
#include "ops/seed.hpp"
#include "ops/sum.hpp"

namespace finn::net {

// Over which variables F is integrated: over the sides of a box but for variables at points, of
// which variable i stands at box.lower[i], where F is differentiated by it.
struct LaneRegion {
  const Box& box;
  VariableSet points = 0;

  bool is_point(int i) const { return (points >> i & 1) != 0; }
};

template <class T>
struct LaneIntegral {
  core::Jet<T> value;     // [outputs]
  const T* magnitude;     // [outputs][lanes]: sums of |F| over the corners
  double relative_error;  // of the sums, relative to their magnitude

  CornerSum of(int output, int lane) const {
    const std::ptrdiff_t at = std::ptrdiff_t{1} * output * value.lanes + lane;
    const auto total = static_cast<double>(magnitude[at]);
    return {static_cast<double>(value.value[at]), total, relative_error * total};
  }
};

// A corner of the region in the coordinates of a network, as the point of every lane, with a
// direction for each variable at a point. Bit k of v says at which end the k-th of the variables
// stands that are integrated.
template <class T>
ops::Seed<T> corner_seed(core::Tape<T>& tape, const Coordinates& coordinates,
                         const LaneRegion& region, Subset v) {
  ops::Seed<T> corner;
  corner.x = tape.value(region.box.variables);
  for (int i = 0; i < region.box.variables; ++i) {
    const auto at = static_cast<std::size_t>(i);
    double x = region.box.lower[at];
    if (region.is_point(i)) {
      const auto direction = static_cast<std::size_t>(corner.directions++);
      corner.feature[direction] = i;
      corner.rate[direction] = static_cast<T>(coordinates.scale[at]);
    } else {
      if ((v & 1) != 0) x = region.box.upper[at];
      v >>= 1;
    }
    const double u = coordinates.scale[at] * x + coordinates.offset[at];
    std::fill_n(corner.x.row(0, i), corner.x.lanes, static_cast<T>(u));
  }
  return corner;
}

// By the corners of the region, for any network F. error_factor is the rounding error to expect, as
// a multiple of the unit roundoff of the magnitude.
template <class T, class Form, class Source>
LaneIntegral<T> corner_integral(core::Tape<T>& tape, const Form& F, const Source& weights,
                                const Coordinates& coordinates, const LaneRegion& region,
                                double error_factor) {
  const std::ptrdiff_t size = std::ptrdiff_t{1} * F.shape().outputs * tape.lanes();
  T* magnitude = tape.scratch(core::whole_packs<T>(size));
  T* absolute = tape.scratch(core::whole_packs<T>(size));
  std::fill_n(magnitude, size, T(0));
  const auto value = difference_over_corners(
      region.box.variables - __builtin_popcountll(region.points), Subset{0},
      [&](Subset v) {
        const auto at_corner = F.mixed_partial(corner_seed(tape, coordinates, region, v), weights);
        ops::kernels<T>().unary[ops::unary_abs](at_corner.value, size, absolute);
        ops::kernels<T>().add_scaled(T(1), absolute, size, magnitude);
        return at_corner;
      },
      [&](const core::Jet<T>& a, const core::Jet<T>& b) { return ops::subtract(tape, a, b); });
  const double roundoff = 0.5 * static_cast<double>(std::numeric_limits<T>::epsilon());
  return {value, magnitude, error_factor * roundoff};
}

}  // namespace finn::net
