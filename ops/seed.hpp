// The input of a network: values, and the directions that jets are derivatives with respect to.
#pragma once

#include <array>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// The most directions of a seed. Jets have room for core::kMaxVariables of them; what makes no
// jets, as sum_of_products, takes more: one for each of 64 features, and so many more again.
inline constexpr int kMaxDirections = 64 + core::kMaxVariables;

// Direction j moves one feature of x at a constant rate. Several may move the same feature, which
// stand side by side: each is an infinitesimal of its own, so that the mixed partial over all of
// them is a higher derivative in that feature (docs/JETS.md).
template <class T>
struct Seed {
  core::Jet<T> x;  // without variables
  int directions = 0;
  std::array<int, kMaxDirections> feature{};
  std::array<T, kMaxDirections> rate{};

  // Whether a direction moves the feature of the one before it.
  bool repeats(int j) const {
    const auto at = static_cast<std::size_t>(j);
    return j > 0 && j < directions && feature[at] == feature[at - 1];
  }
  bool has_repeats() const {
    for (int j = 1; j < directions; ++j) {
      if (repeats(j)) return true;
    }
    return false;
  }
};

template <class T>
struct Expand {
  core::Jet<T> x, y;

  void transpose() const { kernels<T>().add_scaled(T(1), y.adjoint, x.size(), x.adjoint); }
};

// The seed as jets over its directions, and behind its features `more` of zeros, for add_rows to
// add to.
template <class T>
core::Jet<T> expand(core::Tape<T>& tape, const Seed<T>& seed, int more = 0) {
  const core::Jet<T> y = tape.jet(seed.directions, seed.x.features + more);
  std::fill_n(y.value, y.extent(), T(0));
  std::copy_n(seed.x.value, seed.x.size(), y.value);
  for (int j = 0; j < seed.directions; ++j) {
    const auto at = static_cast<std::size_t>(j);
    T* row = y.row(core::Subset{1} << j, seed.feature[at]);
    kernels<T>().move_rows(1, &seed.rate[at], nullptr, y.lanes, row);
  }
  tape.record(Expand<T>{seed.x, y});
  return y;
}

}  // namespace finn::ops
