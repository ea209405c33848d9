#include <algorithm>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/initialise_axis_units.hpp"
#include "finn/networks/initialise_layer.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/points.hpp"
#include "ops/affine.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

// The points with the signs of some features changed; of those the corners change places.
Points flipped(const Points& points, std::uint64_t flipped) {
  Points result = points;
  const auto features = static_cast<std::size_t>(points.features);
  for (std::size_t i = 0; i < features; ++i) {
    if ((flipped >> i & 1) == 0) continue;
    for (std::size_t k = i; k < result.values.size(); k += features) {
      result.values[k] = -result.values[k];
    }
    if (points.corners.empty()) continue;
    result.corners[i] = -points.corners[i + features];
    result.corners[i + features] = -points.corners[i];
  }
  return result;
}

// The read-out of all hidden layers is drawn as one layer whose inputs are those of the layers in
// order, and cut into their pieces.
void draw_skip_read_out(const Stack& stack, bool positive, const Points& hidden,
                        core::Random& random, double* weights) {
  const LayerLayout& last = stack.layers.back();
  std::vector<double> all(static_cast<std::size_t>(hidden.features * last.out));
  const ops::Layer<double> layer{hidden.features,     last.out, all.data(),
                                 weights + last.bias, nullptr,  nullptr};
  draw_layer(positive, layer, hidden, random, all.data(), weights + last.bias);
  int first = 0;
  const auto cut = [&](const LayerLayout& at) {
    for (int o = 0; o < at.out; ++o) {
      std::copy_n(all.data() + o * hidden.features + first, at.in,
                  weights + at.weights + o * at.in);
    }
    first += at.in;
  };
  for (const LayerLayout& at : stack.skips) cut(at);
  cut(last);
}

ops::Layer<double> layer_of(const LayerLayout& at, const double* weights) {
  return {at.in, at.out, weights + at.weights, weights + at.bias, nullptr, nullptr};
}

void draw_stack(const Mlp& network, const Stack& stack, Points points, core::Random& random,
                double* weights) {
  const bool positive = network.shape().positivity != ops::Positivity::none;
  const auto phi = network.activation<double>();
  const bool skips = !stack.skips.empty();
  if (network.axis_units() > 0) {
    const auto axis = network.blocks().subspan(stack.first_block, 2);
    points = draw_axis_units(points, network.axis_units(), random, weights + axis[0].begin,
                             weights + axis[1].begin);
  }
  Points hidden{{}, points.count, 0};
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const LayerLayout& at = stack.layers[l];
    if (skips && l + 1 == stack.layers.size()) break;
    const ops::Layer<double> layer = layer_of(at, weights);
    const bool is_linear = l + 1 == stack.layers.size() && !network.shape().last_activation;
    if (is_linear) points.corners.clear();
    draw_layer(positive, layer, points, random, weights + at.weights, weights + at.bias);
    points = through_layer(points, layer, &phi);
    if (skips) hidden = joined(hidden, points);
  }
  if (skips) draw_skip_read_out(stack, positive, hidden, random, weights);
}

}  // namespace

void Mlp::draw_weights(const Points& points, core::Random& random, double* weights) const {
  for (const Stack& stack : stacks_) {
    draw_stack(*this, stack, flipped(points, stack.flipped), random, weights);
  }
}

}  // namespace finn::net
