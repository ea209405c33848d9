// Queries of a model: mixed partials of F over any subset, at a batch of points, and integrals of
// f over boxes.
#pragma once

#include "core/tile.hpp"
#include "finn/domains/domain_tile.hpp"
#include "finn/evaluation/conditioned_tile.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/seed.hpp"
#include "ops/weigh.hpp"

namespace finn::net {

// The constraint's part of a mixed partial: scale dF'/dS + shift prod_{i not in S} (x_i - lower_i),
// for output j, in place on one row of lanes. rows [samples][variables] are the points.
template <class T, class U>
void constrain_row(const Model<T>& model, int output, VariableSet subset, const U* rows,
                   int samples, T* row) {
  const double scale = model.output_map().scale[static_cast<std::size_t>(output)];
  const double shift = model.output_map().shift[static_cast<std::size_t>(output)];
  for (int sample = 0; sample < samples; ++sample) {
    const double polynomial =
        volume_partial(model.box(), subset, rows + sample * model.variables(), shift);
    row[sample] = static_cast<T>(scale) * row[sample] + static_cast<T>(polynomial);
  }
}

// Adds the projection's part of a mixed partial, sum_k lambda_k dh_k/dS, to all rows of a tile.
template <class T, class U>
void add_projection(const Model<T>& model, VariableSet subset, const U* rows, int samples,
                    const core::Jet<T>& partial) {
  const Projection& projection = *model.projection();
  double functions[kMaxLinearConstraints];
  for (int sample = 0; sample < samples; ++sample) {
    projection.partials(subset, rows + sample * model.variables(), functions);
    for (int j = 0; j < model.outputs(); ++j) {
      const double* lambda = model.projection_coefficients(j);
      double sum = 0;
      for (int k = 0; k < projection.count(); ++k) sum += lambda[k] * functions[k];
      partial.row(0, j)[sample] += static_cast<T>(sum);
    }
  }
}

// The same partial of one tile of points of the box, rows [samples][variables], on its tape.
template <class T, class U>
core::Jet<T> partial_in_box(const Model<T>& model, core::Tape<T>& tape, VariableSet subset,
                            const U* rows) {
  const ops::Seed<T> points = seed(tape, model.coordinates(), model.variables(), subset, rows);
  const core::Jet<T> partial =
      model.network().mixed_partial(tape, points, model.weights(), static_cast<T*>(nullptr));
  for (int j = 0; j < model.outputs(); ++j) {
    constrain_row(model, j, subset, rows, tape.samples(), partial.row(0, j));
  }
  if (model.projection() != nullptr) {
    add_projection(model, subset, rows, tape.samples(), partial);
  }
  return partial;
}

// The partial of one tile of points x. With a domain it is that in u at u(x), times the weight that
// belongs to the subset (Domain::locate).
template <class T, class U>
core::Jet<T> partial_of_tile(const Model<T>& model, core::Tape<T>& tape, VariableSet subset,
                             const U* rows) {
  if (model.domain() == nullptr) return partial_in_box(model, tape, subset, rows);
  const DomainTile points(*model.domain(), subset, rows, tape.samples());
  return ops::weigh(tape, partial_in_box(model, tape, subset, points.u()), points.weights(tape));
}

// d^|subset| F / prod_{i in subset} dx_i at x [batch][columns], into values [batch][outputs].
template <class T, class U>
void mixed_partial(const Model<T>& model, Workspace& workspace, VariableSet subset, const U* x,
                   std::int64_t batch, U* values) {
  const bool by_sample = model.conditioning().shape().is_by_sample();
  if (!by_sample) model.output_map();  // fails here, on the caller's thread, if it must
  const int columns = model.columns();
  const int m = model.outputs();
  const int directions = __builtin_popcountll(subset);
  const core::Tiling<T> tiles(batch, model.network().jet_variables(directions));
  const int team = workspace.team(tiles.count());
  auto& tapes = workspace.tapes<T>();
  core::parallel_for(team, tiles.count(), [&](int thread, std::int64_t index) {
    const core::Tile tile = tiles[index];
    core::Tape<T>& tape = tapes[static_cast<std::size_t>(thread)];
    tape.begin(tile.samples, core::Mode::evaluate);
    const U* rows = x + tile.first * columns;
    const core::Jet<T> partial =
        by_sample ? partial_of_conditioned_tile(model, tape, subset, rows, tile.first)
                  : partial_of_tile(model, tape, subset, rows);
    core::scatter(partial.value, m, partial.lanes, tile.samples, values + tile.first * m);
  });
  workspace.level_tapes<T>();
}

// What of a box lies in a domain. The density is 0 outside; without a domain F goes on beyond the
// box of the model, and wanted is returned as it is.
Box within_domain(const Domain* domain, Box wanted);

// kappa, the condition of a sum; 1 where all its terms are 0.
double condition(const CornerSum& sum);

// The integral of f over a box in the variables of F; with a domain, over r of the part of it that
// lies in the domain's box. value, kappa = sum |F| / |sum F|
// and the rounding error to expect, [outputs] each; kappa and error_estimate may be null.
template <class T>
void integrate(const Model<T>& model, Workspace& workspace, const Box& box, double* value,
               double* kappa, double* error_estimate);

extern template void integrate(const Model<float>&, Workspace&, const Box&, double*, double*,
                               double*);
extern template void integrate(const Model<double>&, Workspace&, const Box&, double*, double*,
                               double*);

}  // namespace finn::net
