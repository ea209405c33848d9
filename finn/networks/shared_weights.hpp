// Weights that all samples of a tile share: one of the two sources of weights from which a network
// makes its operations. The other one is LaneWeights (finn/conditioning/lane_weights.hpp), where
// every sample has weights of its own; both have the same members.
#pragma once

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/layer_layout.hpp"
#include "ops/affine.hpp"
#include "ops/broadcast.hpp"

namespace finn::net {

template <class T>
class SharedWeights {
 public:
  // weights [parameter_count] are mapped weights. adjoints, of the same layout, receive
  // dLoss/dweights in the sweep and may be null when the tape does not record.
  SharedWeights(core::Tape<T>& tape, const T* weights, T* adjoints)
      : tape_(tape), weights_(weights), adjoints_(adjoints) {}

  core::Tape<T>& tape() const noexcept { return tape_; }
  const T* weights() const noexcept { return weights_; }
  T* adjoints() const noexcept { return adjoints_; }

  // Whether blocks [first, first + count) are the same for all samples, so that an operation may
  // take them from weights().
  bool is_shared(std::size_t, std::size_t) const noexcept { return true; }

  ops::ParameterBlock<T> parameters(const Block& block) const {
    T* adjoint = adjoints_ == nullptr ? nullptr : adjoints_ + block.begin;
    return {weights_ + block.begin, adjoint, static_cast<int>(block.size())};
  }

  // A block as a value of each lane, [block.size()].
  core::Jet<T> values(const Block& block, std::size_t) const {
    return ops::broadcast(tape_, parameters(block));
  }

  ops::Layer<T> layer(const LayerLayout& at, bool with_bias = true) const {
    ops::Layer<T> layer{at.in, at.out, weights_ + at.weights, nullptr, nullptr, nullptr};
    with_bias = with_bias && at.has_bias;
    if (with_bias) layer.bias = weights_ + at.bias;
    if (adjoints_ == nullptr) return layer;
    layer.weight_adjoint = adjoints_ + at.weights;
    if (with_bias) layer.bias_adjoint = adjoints_ + at.bias;
    return layer;
  }

  // W h + b, or W h.
  core::Jet<T> affine(const core::Jet<T>& h, const LayerLayout& at, bool with_bias) const {
    return ops::affine(tape_, h, layer(at, with_bias));
  }

 private:
  core::Tape<T>& tape_;
  const T* weights_;
  T* adjoints_;
};

}  // namespace finn::net
