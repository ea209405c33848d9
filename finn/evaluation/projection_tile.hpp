// The functions of a projection at the points of one tile, on its tape, and the way back from their
// adjoints to those of the points.
#pragma once

#include <algorithm>

#include "core/tape.hpp"
#include "finn/model/model.hpp"
#include "ops/seed.hpp"

namespace finn::net {

// A feature for each h_k at rows [samples][variables], points of the box of F; lanes past the last
// one repeat it.
template <class T, class U>
core::Jet<T> projection_functions(core::Tape<T>& tape, const Model<T>& model, const U* rows) {
  const Projection& projection = *model.projection();
  const core::Jet<T> functions = tape.value(projection.count());
  double values[kMaxLinearConstraints];
  for (int lane = 0; lane < functions.lanes; ++lane) {
    const int sample = std::min(lane, tape.samples() - 1);
    projection.partials(all_variables(model.variables()), rows + sample * model.variables(),
                        values);
    for (int k = 0; k < projection.count(); ++k) {
      functions.row(0, k)[lane] = static_cast<T>(values[k]);
    }
  }
  return functions;
}

// After the sweep: adds dLoss/dx through the functions to the adjoints of the seed, which are those
// of the coordinates of the network.
template <class T, class U>
void add_projection_adjoint(const Model<T>& model, const core::Jet<T>& functions, const U* rows,
                            int samples, const ops::Seed<T>& seed) {
  const Projection& projection = *model.projection();
  const int n = model.variables();
  for (int sample = 0; sample < samples; ++sample) {
    double adjoint[kMaxLinearConstraints];
    double slopes[core::kMaxVariables] = {};
    for (int k = 0; k < projection.count(); ++k) {
      adjoint[k] = static_cast<double>(functions.adjoint_row(0, k)[sample]);
    }
    projection.add_slopes(rows + sample * n, adjoint, slopes);
    for (int i = 0; i < n; ++i) {
      const double scale = model.coordinates().scale[static_cast<std::size_t>(i)];
      seed.x.adjoint_row(0, i)[sample] += static_cast<T>(slopes[i] / scale);
    }
  }
}

}  // namespace finn::net
