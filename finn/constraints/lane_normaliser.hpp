// s and lambda where every sample has an integral of its own: values of each lane, recorded on the
// tape, which give their adjoints to the integral and to tau or epsilon.
#pragma once

#include <cinttypes>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/lane_integral.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {

// s and lambda of each lane, as ops::normalise_lanes takes them.
template <class T>
struct LaneNormalisation {
  core::Jet<T> scale;         // [outputs]
  core::Jet<T> coefficients;  // [outputs * functions]
};

template <class T>
struct LaneNormalise {
  core::Jet<T> integral, argument, scale, shift;  // argument, shift: without features for none
  // [outputs][lanes] each: derivatives of scale and shift.
  T *scale_by_integral, *shift_by_integral, *scale_by_argument, *shift_by_argument;

  void transpose() const {
    add_product(scale.adjoint, scale_by_integral, integral.adjoint);
    if (shift.features > 0) add_product(shift.adjoint, shift_by_integral, integral.adjoint);
    if (argument.features == 0) return;
    add_product(scale.adjoint, scale_by_argument, argument.adjoint);
    if (shift.features > 0) add_product(shift.adjoint, shift_by_argument, argument.adjoint);
  }

 private:
  // sum += a b.
  void add_product(const T* a, const T* b, T* sum) const {
    const ops::RowShape shape{1, scale.size(), scale.size()};
    ops::kernels<T>().multiply_add(shape, a, b, sum, sum);
  }
};

// The map of one lane; its error names the row of the batch.
inline AffineMap map_of_row(const Normaliser& normaliser, int output, const CornerSum& integral,
                            double argument, std::int64_t row) {
  try {
    return normaliser.lane_map(static_cast<std::size_t>(output), integral, argument);
  } catch (const core::Error& error) {
    core::fail(error.status(), "row %" PRId64 ": %s", row, error.what());
  }
}

// For a tile whose first sample is row `first_row` of the batch. argument [outputs] is tau or
// epsilon of each lane or, without features, constants [outputs] are those of all. Fails with
// ERROR_INTEGRAL, naming the row, where an integral cannot be normalised.
template <class T>
LaneNormalisation<T> lane_normalisation(core::Tape<T>& tape, const Normaliser& normaliser,
                                        const LaneIntegral<T>& integral,
                                        const core::Jet<T>& argument, const double* constants,
                                        std::int64_t first_row) {
  const int outputs = integral.value.features, lanes = integral.value.lanes;
  const std::ptrdiff_t size = core::whole_packs<T>(integral.value.size());
  T* pieces = tape.scratch(4 * size);
  const LaneNormalise<T> operation{integral.value,
                                   argument,
                                   tape.value(outputs),
                                   tape.value(outputs * normaliser.functions()),
                                   pieces,
                                   pieces + size,
                                   pieces + 2 * size,
                                   pieces + 3 * size};
  T* unused = tape.scratch(size);
  T* shift = normaliser.functions() > 0 ? operation.shift.value : unused;
  for (int j = 0; j < outputs; ++j) {
    T* rows[] = {operation.scale.value,       operation.scale_by_integral,
                 operation.scale_by_argument, shift,
                 operation.shift_by_integral, operation.shift_by_argument};
    for (T*& row : rows) row += std::ptrdiff_t{1} * j * lanes;
    for (int sample = 0; sample < tape.samples(); ++sample) {
      const double free =
          argument.features > 0 ? static_cast<double>(argument.row(0, j)[sample]) : constants[j];
      const auto [s, lambda] =
          map_of_row(normaliser, j, integral.of(j, sample), free, first_row + sample);
      const double values[] = {s.value,      s.by_integral,      s.by_argument,
                               lambda.value, lambda.by_integral, lambda.by_argument};
      for (int k = 0; k < 6; ++k) rows[k][sample] = static_cast<T>(values[k]);
    }
    for (T* row : rows) core::repeat_last_sample(row, lanes, tape.samples());
  }
  tape.record(operation);
  return {operation.scale, operation.shift};
}

}  // namespace finn::net
