// Queries of a model: derivatives of F of any orders at a batch of points.
#pragma once

#include "core/jet.hpp"
#include "core/parallel.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/evaluation/constrained_partial.hpp"
#include "finn/evaluation/tile_rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "ops/weigh.hpp"

namespace finn::net {

// The partial of one tile of rows [samples][columns], the first of which is row `first` of the
// batch. With a domain it is that in u at u(x), times the weight that belongs to the subset of the
// variables in which F is differentiated (Domain::locate).
template <class T, class U>
core::Jet<T> partial_of_tile(const Model<T>& model, core::Tape<T>& tape, const Orders& orders,
                             const U* x, std::int64_t first) {
  const TileRows<T, U> rows(model, tape, orders, x);
  const core::Jet<T> partial =
      constrained_partial(model, tape, rows, static_cast<T*>(nullptr), first);
  if (rows.mapped() == nullptr) return partial;
  return ops::weigh(tape, partial, rows.mapped()->weights(tape));
}

// Calls of_tile(tape, tile) -> [outputs] for each tile of a batch, on a tape that has begun, and
// writes what it returns into values [batch][outputs]. directions: of the partial that is taken.
template <class T, class U, class OfTile>
void evaluate_tiles(const Model<T>& model, Workspace& workspace, int directions, std::int64_t batch,
                    U* values, OfTile&& of_tile) {
  // Fails here, on the caller's thread, if it must.
  if (!model.normalises_per_sample()) model.normalisation();
  const int m = model.outputs();
  const core::Tiling<T> tiles(batch, model.network().jet_variables(directions));
  const int team = workspace.team_size(tiles.count());
  auto& tapes = workspace.tapes<T>();
  core::parallel_for(workspace.team(), team, tiles.count(), [&](int thread, std::int64_t index) {
    const core::Tile tile = tiles[index];
    core::Tape<T>& tape = tapes[static_cast<std::size_t>(thread)];
    tape.begin(tile.samples, core::Mode::evaluate);
    const core::Jet<T> partial = of_tile(tape, tile);
    core::scatter(partial.value, m, partial.lanes, tile.samples, values + tile.first * m);
  });
  workspace.level_tapes<T>();
}

// The derivative of F of these orders at x [batch][columns], into values [batch][outputs]; a subset
// of the variables is the orders of its mixed partial. Fails with ERROR_INTEGRAL where f cannot be
// normalised.
template <class T, class U>
void mixed_partial(const Model<T>& model, Workspace& workspace, const Orders& orders, const U* x,
                   std::int64_t batch, U* values) {
  const auto of_tile = [&](core::Tape<T>& tape, const core::Tile& tile) {
    return partial_of_tile(model, tape, orders, x + tile.first * model.columns(), tile.first);
  };
  evaluate_tiles(model, workspace, orders.total(), batch, values, of_tile);
}

// The mixed partial of F over a subset in the variables of the box of u, at rows whose points u lie
// there, whatever the domain; values [batch][outputs].
template <class T, class U>
void box_partial(const Model<T>& model, Workspace& workspace, VariableSet subset, const U* u,
                 std::int64_t batch, U* values) {
  const auto of_tile = [&](core::Tape<T>& tape, const core::Tile& tile) {
    const TileRows<T, U> rows(model, tape, subset, u + tile.first * model.columns(),
                              UnitOfF::of_box, PointsOf::box);
    return constrained_partial(model, tape, rows, static_cast<T*>(nullptr), tile.first);
  };
  evaluate_tiles(model, workspace, __builtin_popcountll(subset), batch, values, of_tile);
}

// f at x [batch][columns] as values [batch][outputs] in a unit for each row, whose logarithms are
// log_units [batch]: log f = log(values) + log_units, where f itself leaves the range of T too.
// Fails as mixed_partial does.
template <class T, class U>
void counted_integrand(const Model<T>& model, Workspace& workspace, const U* x, std::int64_t batch,
                       U* values, double* log_units) {
  const VariableSet all = all_variables(model.variables());
  const auto of_tile = [&](core::Tape<T>& tape, const core::Tile& tile) {
    const U* first = x + tile.first * model.columns();
    const TileRows<T, U> rows(model, tape, all, first, UnitOfF::own);
    rows.write_log_units(log_units + tile.first);
    return constrained_partial(model, tape, rows, static_cast<T*>(nullptr), tile.first);
  };
  evaluate_tiles(model, workspace, model.variables(), batch, values, of_tile);
}

}  // namespace finn::net
