// The first values on the tape: points of a batch, with directions for the variables in which
// F is differentiated.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "ops/seed.hpp"

namespace finn::net {

static_assert(kMaxTotalOrder == ops::kMaxDirections);

// The first `variables` columns of rows [samples][columns] in the coordinates of the network, with
// as many directions for each variable as its order says, in increasing order of the variables,
// which move it at the rate at which its coordinate grows with it.
template <class T, class U>
ops::Seed<T> seed(core::Tape<T>& tape, const Coordinates& coordinates, int variables,
                  const Orders& orders, const U* rows, std::int64_t columns) {
  ops::Seed<T> seed;
  seed.x = tape.value(variables);
  for (int i = 0; i < variables; ++i) {
    const double scale = coordinates.scale[static_cast<std::size_t>(i)];
    const double offset = coordinates.offset[static_cast<std::size_t>(i)];
    core::fill_lanes(seed.x.row(0, i), seed.x.lanes, tape.samples(), [&](int sample) {
      return scale * static_cast<double>(rows[sample * columns + i]) + offset;
    });
    for (int k = 0; k < orders[i]; ++k) {
      const auto direction = static_cast<std::size_t>(seed.directions++);
      seed.feature[direction] = i;
      seed.rate[direction] = static_cast<T>(scale);
    }
  }
  return seed;
}

// dLoss/dx of a seed after the sweep, into the first columns of rows [samples][columns].
template <class T, class U>
void scatter_seed_adjoint(const Coordinates& coordinates, const ops::Seed<T>& seed, int samples,
                          U* rows, std::int64_t columns) {
  const core::Jet<T>& u = seed.x;
  for (int i = 0; i < u.features; ++i) {
    const T scale = static_cast<T>(coordinates.scale[static_cast<std::size_t>(i)]);
    for (std::int64_t lane = 0; lane < samples; ++lane) {
      rows[lane * columns + i] = static_cast<U>(scale * u.adjoint_row(0, i)[lane]);
    }
  }
}

}  // namespace finn::net
