// The first values on the tape: points of a batch, with the variables of a subset as directions.
#pragma once

#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "ops/seed.hpp"

namespace finn::net {

static_assert(kMaxBoxVariables == ops::kMaxDirections);

// rows [samples][variables] as u, with a direction for each variable of the subset, in increasing
// order, which moves u_i by du_i/dx_i.
template <class T, class U>
ops::Seed<T> seed(core::Tape<T>& tape, const Coordinates& coordinates, int variables,
                  VariableSet subset, const U* rows) {
  ops::Seed<T> seed;
  seed.x = tape.value(variables);
  for (int i = 0; i < variables; ++i) {
    const double scale = coordinates.scale[static_cast<std::size_t>(i)];
    const double offset = coordinates.offset[static_cast<std::size_t>(i)];
    for (int lane = 0; lane < seed.x.lanes; ++lane) {
      const std::int64_t sample = std::min(lane, tape.samples() - 1);
      const double x = static_cast<double>(rows[sample * variables + i]);
      seed.x.row(0, i)[lane] = static_cast<T>(scale * x + offset);
    }
    if ((subset >> i & 1) == 0) continue;
    const auto direction = static_cast<std::size_t>(seed.directions++);
    seed.feature[direction] = i;
    seed.rate[direction] = static_cast<T>(scale);
  }
  return seed;
}

// dLoss/dx of a seed after the sweep, into rows [samples][variables].
template <class T, class U>
void scatter_seed_adjoint(const Coordinates& coordinates, const ops::Seed<T>& seed, int samples,
                          U* rows) {
  const core::Jet<T>& u = seed.x;
  for (int i = 0; i < u.features; ++i) {
    const T scale = static_cast<T>(coordinates.scale[static_cast<std::size_t>(i)]);
    for (std::int64_t lane = 0; lane < samples; ++lane) {
      rows[lane * u.features + i] = static_cast<U>(scale * u.adjoint_row(0, i)[lane]);
    }
  }
}

}  // namespace finn::net
