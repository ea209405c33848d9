// The constraint where every sample has an integral of its own: y = scale f' + shift, with scale
// and shift functions of the sample's integral I and of its epsilon, which adjoints reach.
#pragma once

#include <cinttypes>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/tape.hpp"
#include "finn/constraints/constraint.hpp"

namespace finn::net {

// The integral of the network over the domain, [outputs], with what its sums over corners add up
// to in magnitude.
template <class T>
struct LaneIntegral {
  core::Jet<T> value;
  const double* magnitude;  // [outputs][lanes]
  double relative_error;    // of the sums, relative to their magnitude

  CornerSum of(int output, int lane) const {
    const std::ptrdiff_t at = std::ptrdiff_t{1} * output * value.lanes + lane;
    return {static_cast<double>(value.value[at]), magnitude[at], relative_error * magnitude[at]};
  }
};

// What the shift of a partial is multiplied with, [samples]; null for 1.
using ShiftFactors = const double*;

template <class T>
struct LaneConstraint {
  core::Jet<T> partial, integral, epsilon, y;  // epsilon without features where it is not given
  // [outputs][lanes] each: scale, and the derivatives of scale and shift by integral and epsilon.
  T *scale, *scale_by_integral, *shift_by_integral, *scale_by_epsilon, *shift_by_epsilon;

  void transpose() const {
    const bool has_epsilon = epsilon.features > 0;
    for (std::ptrdiff_t i = 0; i < y.size(); ++i) {
      const T above = y.adjoint[i];
      const T inner = partial.value[i];
      partial.adjoint[i] += above * scale[i];
      integral.adjoint[i] += above * (inner * scale_by_integral[i] + shift_by_integral[i]);
      if (!has_epsilon) continue;
      epsilon.adjoint[i] += above * (inner * scale_by_epsilon[i] + shift_by_epsilon[i]);
    }
  }
};

// affine_map of one lane; its error names the row of the batch.
template <class T>
AffineMap map_of_lane(const Constraint& constraint, int output, const LaneIntegral<T>& integral,
                      int lane, double argument, double volume, std::int64_t row) {
  try {
    return affine_map(constraint, static_cast<std::size_t>(output), integral.of(output, lane),
                      argument, volume);
  } catch (const core::Error& error) {
    core::fail(error.status(), "row %" PRId64 ": %s", row, error.what());
  }
}

// y [outputs] of a tile whose first sample is row `first_row`. Fails with ERROR_INTEGRAL, naming
// the row, where an integral cannot be normalised.
template <class T>
core::Jet<T> constrain_lanes(core::Tape<T>& tape, const Constraint& constraint, double volume,
                             const core::Jet<T>& partial, const LaneIntegral<T>& integral,
                             const core::Jet<T>& epsilon, ShiftFactors shift_factors,
                             std::int64_t first_row) {
  const std::ptrdiff_t size = partial.size();
  T* pieces = tape.scratch(5 * size);
  const LaneConstraint<T> operation{
      partial,          integral.value, epsilon,           tape.value(partial.features),
      pieces,           pieces + size,  pieces + 2 * size, pieces + 3 * size,
      pieces + 4 * size};
  for (int j = 0; j < partial.features; ++j) {
    for (int lane = 0; lane < partial.lanes; ++lane) {
      const int sample = std::min(lane, tape.samples() - 1);
      const auto output = static_cast<std::size_t>(j);
      const double argument = epsilon.features > 0 ? static_cast<double>(epsilon.row(0, j)[sample])
                                                   : constraint.epsilon[output];
      const AffineMap map =
          map_of_lane(constraint, j, integral, sample, argument, volume, first_row + sample);
      const double factor = shift_factors == nullptr ? 1 : shift_factors[sample];
      const std::ptrdiff_t at = std::ptrdiff_t{1} * j * partial.lanes + lane;
      operation.scale[at] = static_cast<T>(map.scale.value);
      operation.scale_by_integral[at] = static_cast<T>(map.scale.by_integral);
      operation.shift_by_integral[at] = static_cast<T>(factor * map.shift.by_integral);
      operation.scale_by_epsilon[at] = static_cast<T>(map.scale.by_argument);
      operation.shift_by_epsilon[at] = static_cast<T>(factor * map.shift.by_argument);
      operation.y.value[at] =
          operation.scale[at] * partial.value[at] + static_cast<T>(factor * map.shift.value);
    }
  }
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::net
