// What an operation is checked on: random operands and parameters, on the tape and as samples of
// the naive reference.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "tests/support/nested_dual.hpp"

namespace finn::test {

using Features = std::vector<NestedDual>;  // one operand of one sample
using Sample = std::vector<Features>;      // its operands

// A jet with random values in [low, high] and all other coefficients in [-1, 1].
struct Operand {
  int variables;
  int features;
  double low = -1;
  double high = 1;
};

struct OperationCase {
  std::vector<Operand> operands;
  int parameters = 0;    // random, in [-1, 1]
  int seeded_lanes = 4;  // at most so many lanes have adjoints
  // Batches of one sample up to a whole tile; false, where the reference takes long: one alone,
  // that fills a pack and begins another.
  bool every_size = true;
};

template <class T>
struct Parameters {
  const T* value;
  T* adjoint;
};

// Calls body(subset, feature) for every row of a jet.
template <class T, class Body>
void for_each_row(const core::Jet<T>& jet, Body&& body) {
  for (core::Subset s = 0; s < jet.coefficients(); ++s) {
    for (int feature = 0; feature < jet.features; ++feature) body(s, feature);
  }
}

template <class T>
std::ptrdiff_t extent_of(const core::Jet<T>& jet) {
  return static_cast<std::ptrdiff_t>(jet.coefficients()) * jet.stride;
}

template <class T>
T random_value(core::Random& random, double low = -1, double high = 1) {
  return static_cast<T>(random.uniform(low, high));
}

template <class T>
std::vector<T> random_values(int count, core::Random& random) {
  std::vector<T> values(static_cast<std::size_t>(count));
  for (T& value : values) value = random_value<T>(random);
  return values;
}

// Lanes past the last sample repeat it, as gather does. Adjoints start anywhere: operations add.
template <class T>
core::Jet<T> random_jet(core::Tape<T>& tape, const Operand& operand, core::Random& random) {
  const core::Jet<T> jet = tape.jet(operand.variables, operand.features);
  std::fill_n(jet.value, extent_of(jet), T(0));
  for_each_row(jet, [&](core::Subset s, int feature) {
    T* row = jet.row(s, feature);
    const double low = s == 0 ? operand.low : -1;
    const double high = s == 0 ? operand.high : 1;
    for (int i = 0; i < tape.samples(); ++i) row[i] = random_value<T>(random, low, high);
    std::fill(row + tape.samples(), row + jet.lanes, row[tape.samples() - 1]);
  });
  std::generate_n(jet.adjoint, extent_of(jet), [&] { return random_value<T>(random); });
  return jet;
}

template <class T>
std::vector<core::Jet<T>> random_operands(core::Tape<T>& tape, const OperationCase& operation,
                                          core::Random& random) {
  std::vector<core::Jet<T>> jets;
  for (const Operand& operand : operation.operands) {
    jets.push_back(random_jet(tape, operand, random));
  }
  return jets;
}

// One lane of the operands, exactly.
template <class T>
Sample sample_of(const std::vector<core::Jet<T>>& operands, int lane) {
  Sample sample;
  for (const core::Jet<T>& jet : operands) {
    sample.emplace_back(static_cast<std::size_t>(jet.features), NestedDual(jet.variables));
    for_each_row(jet, [&](core::Subset s, int feature) {
      sample.back()[static_cast<std::size_t>(feature)][s] = jet.row(s, feature)[lane];
    });
  }
  return sample;
}

}  // namespace finn::test
