// What follows f on the tape of a tile: the weights of a domain, the values of f, the loss, and the
// sweep back.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/domain_tile.hpp"
#include "finn/evaluation/batch.hpp"
#include "ops/weigh.hpp"

namespace finn::net {

// The loss of a tile, and the weights by which f was multiplied, if it was.
template <class T>
struct SweptLoss {
  double value;
  core::Jet<T> weights;
};

// f is that of the box, or counted in units of its rows where the batch asks for these; mapped is
// null without a domain. Afterwards all adjoints of the tape are there.
template <class T, class U, class TileLoss>
SweptLoss<T> sweep_loss(core::Tape<T>& tape, core::Jet<T> f, const DomainTile* mapped,
                        const Batch<U>& batch, const core::Tile& tile, TileLoss&& loss) {
  SweptLoss<T> swept{};
  if (mapped != nullptr && batch.log_units == nullptr) {
    swept.weights = mapped->weights(tape);
    f = ops::weigh(tape, f, swept.weights);
  }
  if (batch.f != nullptr) {
    core::scatter(f.value, f.features, f.lanes, tile.samples, batch.f + tile.first * f.features);
  }
  swept.value = loss(tape, f, tile);
  tape.sweep();
  return swept;
}

}  // namespace finn::net
