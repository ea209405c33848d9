// The first values on the tape: points of a batch as jets over the variables of a subset.
#pragma once

#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/box.hpp"

namespace finn::net {

// rows [samples][variables] as a jet of `variables` features over the |subset| variables of the
// subset, in increasing order: feature i is u_i, and du_i/dx_i where i is in the subset.
template <class T, class U>
core::Jet<T> seed(core::Tape<T>& tape, const Coordinates& coordinates, int variables, Subset subset,
                  const U* rows) {
  const core::Jet<T> jet = tape.jet(__builtin_popcount(subset), variables);
  std::fill_n(jet.value, static_cast<std::ptrdiff_t>(jet.coefficients()) * jet.stride, T(0));
  int direction = 0;
  for (int i = 0; i < variables; ++i) {
    const double scale = coordinates.scale[static_cast<std::size_t>(i)];
    const double offset = coordinates.offset[static_cast<std::size_t>(i)];
    for (int lane = 0; lane < jet.lanes; ++lane) {
      const std::int64_t sample = std::min(lane, tape.samples() - 1);
      const double x = static_cast<double>(rows[sample * variables + i]);
      jet.row(0, i)[lane] = static_cast<T>(scale * x + offset);
    }
    if ((subset >> i & 1) == 0) continue;
    std::fill_n(jet.row(Subset{1} << direction++, i), jet.lanes, static_cast<T>(scale));
  }
  return jet;
}

// dLoss/dx of a seeded jet after the sweep, into rows [samples][variables].
template <class T, class U>
void scatter_seed_adjoint(const Coordinates& coordinates, const core::Jet<T>& jet, int samples,
                          U* rows) {
  for (int i = 0; i < jet.features; ++i) {
    const T scale = static_cast<T>(coordinates.scale[static_cast<std::size_t>(i)]);
    for (std::int64_t lane = 0; lane < samples; ++lane) {
      rows[lane * jet.features + i] = static_cast<U>(scale * jet.adjoint_row(0, i)[lane]);
    }
  }
}

}  // namespace finn::net
