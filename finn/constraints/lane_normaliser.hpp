// s and lambda where every sample has an integral of its own: values of each lane, recorded on the
// tape, which give their adjoints to the integral and to tau or the target.
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

// Writes the map of one sample into rows of lanes: scale and shift, each with its derivatives.
template <class T>
void store_map(const AffineMap& map, int sample, T* const (&rows)[6]) {
  const auto& [s, lambda] = map;
  const double values[] = {s.value,      s.by_integral,      s.by_argument,
                           lambda.value, lambda.by_integral, lambda.by_argument};
  for (int k = 0; k < 6; ++k) rows[k][sample] = static_cast<T>(values[k]);
}

// For a tile whose first sample is row `first_row` of the batch. argument [outputs] is tau or
// the target of each lane or, without features, constants [outputs] are those of all. Fails with
// ERROR_INTEGRAL, naming the row, where an integral cannot be normalised.
template <class T>
LaneNormalisation<T> lane_normalisation(core::Tape<T>& tape, const Normaliser& normaliser,
                                        const LaneIntegral<T>& integral,
                                        const core::Jet<T>& argument, const double* constants,
                                        std::int64_t first_row) {
  const int outputs = integral.value.features, lanes = integral.value.lanes;
  const std::ptrdiff_t size = core::whole_packs<T>(integral.value.size());
  const core::Jet<T> scale = tape.value(outputs);
  const core::Jet<T> shift = tape.value(outputs * normaliser.functions());
  // Without functions there is no shift, and what would be one is not read.
  T* shift_values = normaliser.functions() > 0 ? shift.value : tape.scratch(size);
  T* by[4];
  for (T*& derivative : by) derivative = tape.scratch(size);
  for (int j = 0; j < outputs; ++j) {
    const std::ptrdiff_t at = std::ptrdiff_t{1} * j * lanes;
    T* const rows[] = {scale.value + at,  by[0] + at, by[1] + at,
                       shift_values + at, by[2] + at, by[3] + at};
    for (int sample = 0; sample < tape.samples(); ++sample) {
      const double free =
          argument.features > 0 ? static_cast<double>(argument.row(0, j)[sample]) : constants[j];
      store_map(map_of_row(normaliser, j, integral.of(j, sample), free, first_row + sample), sample,
                rows);
    }
    for (T* row : rows) core::repeat_last_sample(row, lanes, tape.samples());
  }
  tape.record(LaneNormalise<T>{integral.value, argument, scale, shift, by[0], by[2], by[1], by[3]});
  return {scale, shift};
}

}  // namespace finn::net
