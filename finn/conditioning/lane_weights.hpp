// Weights that every sample of a tile has for itself, as its conditions change them: one of the two
// sources of weights from which a network makes its operations (finn/networks/shared_weights.hpp
// is the other). A block that nothing changes stays one that all samples share.
#pragma once

#include <algorithm>
#include <span>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/conditioning/delta.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/shared_weights.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/affine.hpp"
#include "ops/broadcast.hpp"
#include "ops/elementwise.hpp"
#include "ops/groups.hpp"
#include "ops/lane_affine.hpp"
#include "ops/modulate.hpp"
#include "ops/multiply.hpp"
#include "ops/positivity.hpp"
#include "ops/rows.hpp"
#include "ops/scale_rows.hpp"

namespace finn::net {

// The positivity map on the tape.
template <class T>
core::Jet<T> positive(core::Tape<T>& tape, ops::Positivity positivity, const core::Jet<T>& x) {
  switch (positivity) {
    case ops::Positivity::abs:
      return ops::abs(tape, x);
    case ops::Positivity::softplus:
      return ops::softplus(tape, x);
    case ops::Positivity::square:
      return ops::square(tape, x);
    case ops::Positivity::exp:
      return ops::exp(tape, x);
    default:
      return x;
  }
}

template <class T>
class LaneWeights {
 public:
  // Makes the weights of the tile on its tape; they live as long as the tile. parameters, weights
  // and adjoints are [parameter_count] of a network with these blocks; in the sweep a block with
  // offsets gives adjoints of its parameters, any other one of its mapped weights. adjoints is null
  // when the tape does not record. deltas are those of Conditioning::deltas_of; units [outputs] as
  // for Network::map_parameters, they live as long as this.
  LaneWeights(core::Tape<T>& tape, ConditioningKind form, ops::Positivity positivity,
              std::span<const Block> blocks, const T* parameters, const T* weights, T* adjoints,
              const core::Jet<T>& deltas, const double* units = nullptr)
      : shared_(tape, weights, adjoints), free_(tape, parameters, adjoints), units_(units) {
    lanes_ = tape.template array<LaneBlock>(static_cast<std::int64_t>(blocks.size()));
    int first = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Delta delta = delta_of(form, blocks[i].role);
      const int count = static_cast<int>(delta_count(delta, blocks[i]));
      const core::Jet<T> own = count == 0 ? core::Jet<T>{} : ops::slice(deltas, first, count);
      new (lanes_ + i) LaneBlock(make_block(delta, positivity, blocks[i], i, own));
      first += count;
      if (blocks[i].role == Role::location && count > 0) make_biases(blocks[i - 1], i);
    }
  }

  core::Tape<T>& tape() const noexcept { return shared_.tape(); }
  const T* weights() const noexcept { return shared_.weights(); }
  T* adjoints() const noexcept { return shared_.adjoints(); }

  // Whether blocks [first, first + count) are the same for all samples.
  bool is_shared(std::size_t first, std::size_t count) const noexcept {
    for (std::size_t i = first; i < first + count; ++i) {
      if (lanes_[i].values.features + lanes_[i].row_scales.features > 0) return false;
    }
    return true;
  }

  // A block as a value of each lane, [block.size()].
  core::Jet<T> values(const Block& block, std::size_t number) const {
    return lanes_[number].values.features > 0 ? lanes_[number].values
                                              : shared_.values(block, number);
  }

  // By what every row of a block is multiplied, [block.rows]; without features where by nothing.
  core::Jet<T> row_scales(std::size_t number) const { return lanes_[number].row_scales; }

  ops::Layer<T> layer(const LayerLayout& at, bool with_bias = true) const {
    return shared_.layer(at, with_bias);
  }

  // W h + b, or W h.
  core::Jet<T> affine(const core::Jet<T>& h, const LayerLayout& at, bool with_bias) const {
    with_bias = with_bias && at.has_bias;
    if (is_shared(at.block, with_bias ? 2 : 1)) return shared_.affine(h, at, with_bias);
    const LaneBlock& matrix = lanes_[at.block];
    const core::Jet<T> z = matrix.values.features == 0 ? shared_.affine(h, at, false)
                                                       : ops::lane_affine(tape(), h, matrix.values);
    core::Jet<T> bias;
    if (with_bias) bias = values({Role::hidden_bias, at.out, 1, at.bias}, at.block + 1);
    if (matrix.row_scales.features + bias.features == 0) return z;
    return ops::modulate(tape(), z, matrix.row_scales, bias);
  }

 private:
  // A Jet without features is not there: the block has its shared weights.
  struct LaneBlock {
    core::Jet<T> values;      // [size]
    core::Jet<T> row_scales;  // [rows]
  };

  LaneBlock make_block(Delta delta, ops::Positivity positivity, const Block& block,
                       std::size_t number, const core::Jet<T>& own) const {
    switch (delta) {
      case Delta::offset:
        return {in_units(block, mapped(positivity, block,
                                       ops::add_offset(tape(), own, free_.parameters(block)))),
                {}};
      case Delta::scale:
        return {ops::multiply(tape(), shared_.values(block, number), scales(own)), {}};
      case Delta::row_scale:
        return {{}, scales(own)};
      default:
        return {};
    }
  }

  // scale_of of every delta, on the tape.
  core::Jet<T> scales(const core::Jet<T>& deltas) const {
    const T largest = static_cast<T>(kLargestLogScale);
    const core::Jet<T> share = ops::sum_groups(tape(), deltas, 1, 1 / largest);
    return ops::exp(tape(), ops::sum_groups(tape(), ops::tanh(tape(), share), 1, largest));
  }

  // Turns centres of normals into biases -w m, with the slopes of the block before.
  void make_biases(const Block& slopes, std::size_t number) {
    core::Jet<T>& own = lanes_[number].values;
    if (is_shared(number - 1, 1)) {
      own = ops::scale_rows(tape(), T(-1), shared_.parameters(slopes), own);
    } else {
      const core::Jet<T> products = ops::multiply(tape(), lanes_[number - 1].values, own);
      own = ops::sum_groups(tape(), products, 1, T(-1));
    }
  }

  // The map from parameters to weights (finn/networks/weight_map.hpp), on the tape, but for that of
  // locations, which takes two blocks.
  core::Jet<T> mapped(ops::Positivity positivity, const Block& block, const core::Jet<T>& x) const {
    switch (weight_map(block.role)) {
      case WeightMap::positive:
        return positive(tape(), positivity_of(positivity, block.role), x);
      case WeightMap::shares:
        return ops::group_shares(tape(), x, static_cast<int>(block.columns));
      default:
        return x;
    }
  }

  // The rows of a read-out times the units of their outputs.
  core::Jet<T> in_units(const Block& block, const core::Jet<T>& x) const {
    if (units_ == nullptr || !has_unit(block.role)) return x;
    const core::Jet<T> factors = tape().value(x.features);
    for (int i = 0; i < x.features; ++i) {
      const double unit = units_[block.first_output + i / block.columns];
      std::fill_n(factors.row(0, i), factors.lanes, static_cast<T>(unit));
    }
    return ops::multiply(tape(), x, factors);
  }

  SharedWeights<T> shared_, free_;
  const double* units_;
  LaneBlock* lanes_;
};

}  // namespace finn::net
