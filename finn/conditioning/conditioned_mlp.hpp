// The head mlp with layers of each sample's own, and the sum of F over the corners of a box:
//   z = s(c) * (W h) + b(c) for hidden units, or W(c) h + b(c).
#pragma once

#include <cmath>

#include "finn/conditioning/lane_weights.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/mlp.hpp"
#include "ops/lane_affine.hpp"
#include "ops/modulate.hpp"

namespace finn::net {

// A layer as the samples of a tile have it. What has no features is not there.
template <class T>
struct LaneLayer {
  ops::Layer<T> shared;
  core::Jet<T> weights;  // [out * in], in place of those of shared
  core::Jet<T> scale;    // [out]
  core::Jet<T> bias;     // [out], in place of that of shared
};

template <class T>
class ConditionedMlp {
 public:
  // Makes the layers of the tile on its tape; both live as long as the tile.
  ConditionedMlp(const Mlp& head, LaneWeights<T>& weights) : head_(head), tape_(weights.tape()) {
    std::int64_t count = 0;
    head.for_each_layer([&](const LayerLayout&) { ++count; });
    layers_ = tape_.template array<LaneLayer<T>>(count);
    LaneLayer<T>* next = layers_;
    for (const Stack& stack : head.stacks()) {
      for (std::size_t l = 0; l < stack.layers.size(); ++l) {
        new (next++) LaneLayer<T>(make_layer(stack.layers[l], head.has_activation(l), weights));
      }
      for (const LayerLayout& at : stack.skips) {
        new (next++) LaneLayer<T>(make_layer(at, false, weights));
      }
    }
  }

  // As Mlp::mixed_partial.
  core::Jet<T> mixed_partial(const ops::Seed<T>& seed) const {
    const core::Jet<T> sum = ops::zeros(tape_, head_.shape().outputs);
    const LaneLayer<T>* layers = layers_;
    for (const Stack& stack : head_.stacks()) {
      ops::Seed<T> flipped = seed;
      flipped.x = ops::flip(tape_, seed.x, stack.flipped);
      const auto part = stack_partial(flipped, stack, layers);
      ops::add_rows(tape_, Mlp::pattern_sign(stack, seed), part, stack.first_output, sum);
      layers += stack.layers.size() + stack.skips.size();
    }
    return sum;
  }

  // The alternating sum over the corners of a box, [outputs], as differences along one variable
  // after the other; adds |F| at all of them to magnitude [outputs][lanes].
  core::Jet<T> corner_sum(const Coordinates& coordinates, const Box& box, double* magnitude) const {
    return difference(coordinates, box, box.variables, 0, magnitude);
  }

 private:
  LaneLayer<T> make_layer(const LayerLayout& at, bool is_hidden, LaneWeights<T>& weights) const {
    LaneLayer<T> layer;
    layer.shared = Mlp::layer(at, weights.weights(), weights.adjoints());
    const std::int64_t size = at.bias - at.weights;
    const bool scales_weights = weights.kind() == ConditioningKind::modulation && !is_hidden;
    switch (weights.kind()) {
      case ConditioningKind::hypernetwork:
        layer.weights = positive(tape_, head_.shape().positivity, weights.moved(at.weights, size));
        if (at.has_bias) layer.bias = weights.moved(at.bias, at.out);
        break;
      case ConditioningKind::modulation:
        if (scales_weights) layer.weights = weights.scaled(at.weights, size);
        if (is_hidden) layer.scale = weights.scales(at.out);
        [[fallthrough]];
      case ConditioningKind::inputs:
        if (is_hidden) layer.bias = weights.moved(at.bias, at.out);
        break;
      default:
        break;
    }
    if (scales_weights && at.has_bias) layer.bias = weights.shared(at.bias, at.out);
    if (layer.bias.features > 0) layer.shared.bias = layer.shared.bias_adjoint = nullptr;
    return layer;
  }

  core::Jet<T> apply(const LaneLayer<T>& layer, const core::Jet<T>& h) const {
    const core::Jet<T> z = layer.weights.features == 0 ? ops::affine(tape_, h, layer.shared)
                                                       : ops::lane_affine(tape_, h, layer.weights);
    if (layer.scale.features + layer.bias.features == 0) return z;
    return ops::modulate(tape_, z, layer.scale, layer.bias);
  }

  // A read-out of h, whose bias no derivative has.
  core::Jet<T> read_out(LaneLayer<T> layer, const core::Jet<T>& h) const {
    if (h.variables > 0) {
      layer.bias = {};
      layer.shared.bias = layer.shared.bias_adjoint = nullptr;
    }
    const core::Jet<T> top = apply(layer, h);
    return top.variables > 0 ? ops::coefficient(tape_, top, core::full_subset(top.variables)) : top;
  }

  core::Jet<T> stack_partial(const ops::Seed<T>& seed, const Stack& stack,
                             const LaneLayer<T>* layers) const {
    const ops::Activation<T> phi = head_.template activation<T>();
    const std::size_t hidden = head_.activated_layers();
    const LaneLayer<T>* skips = layers + stack.layers.size();
    core::Jet<T> h = ops::expand(tape_, seed);
    core::Jet<T> skipped;
    for (std::size_t l = 0; l < hidden; ++l) {
      h = ops::compose(tape_, apply(layers[l], h), phi);
      if (l >= stack.skips.size()) continue;
      const core::Jet<T> part = read_out(skips[l], h);
      skipped = l == 0 ? part : ops::add(tape_, skipped, part);
    }
    if (hidden == stack.layers.size()) {
      return h.variables > 0 ? ops::coefficient(tape_, h, core::full_subset(h.variables)) : h;
    }
    const core::Jet<T> y = read_out(layers[hidden], h);
    return skipped.features == 0 ? y : ops::add(tape_, y, skipped);
  }

  // The difference of F along the first `axes` variables; the others stand at corner v.
  core::Jet<T> difference(const Coordinates& coordinates, const Box& box, int axes, Subset v,
                          double* magnitude) const {
    if (axes == 0) return at_corner(coordinates, box, v, magnitude);
    const Subset above = v | Subset{1} << (axes - 1);
    const auto upper = difference(coordinates, box, axes - 1, above, magnitude);
    const auto lower = difference(coordinates, box, axes - 1, v, magnitude);
    return ops::subtract(tape_, upper, lower);
  }

  core::Jet<T> at_corner(const Coordinates& coordinates, const Box& box, Subset v,
                         double* magnitude) const {
    ops::Seed<T> corner;
    corner.x = tape_.value(box.variables);
    double x[core::kMaxVariables];
    box.corner(v, x);
    for (int i = 0; i < box.variables; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double u = coordinates.scale[at] * x[i] + coordinates.offset[at];
      std::fill_n(corner.x.row(0, i), corner.x.lanes, static_cast<T>(u));
    }
    const core::Jet<T> F = mixed_partial(corner);
    for (std::ptrdiff_t i = 0; i < F.size(); ++i) magnitude[i] += std::fabs(double{F.value[i]});
    return F;
  }

  const Mlp& head_;
  core::Tape<T>& tape_;
  LaneLayer<T>* layers_;
};

}  // namespace finn::net
