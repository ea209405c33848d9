// The initial parameters of the network of the conditions.
#pragma once

#include <cmath>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/networks/layer_layout.hpp"

namespace finn::net {

// The widest of the first units sees that many times the slope of the narrowest, for one condition.
inline constexpr double kConditionScales = 8;

// A hidden layer: weights N(0, scale^2/in) and biases U(-scale, scale), so that what enters a tanh
// has about unit variance at scale 1. The first layer has units of many scales, the further apart
// the fewer conditions there are: with unit variance alone a network does not follow a condition
// that makes f oscillate (docs/CONDITIONING.md).
template <class T>
void draw_condition_layer(const LayerLayout& at, bool is_first, core::Random& random,
                          T* parameters) {
  for (int unit = 0; unit < at.out; ++unit) {
    const double exponent = random.uniform(0, 1) / at.in;
    const double scale = is_first ? std::pow(kConditionScales, exponent) : 1.0;
    const double deviation = scale / std::sqrt(static_cast<double>(at.in));
    T* row = parameters + at.weights + std::int64_t{1} * unit * at.in;
    for (int k = 0; k < at.in; ++k) row[k] = static_cast<T>(deviation * random.normal());
    parameters[at.bias + unit] = static_cast<T>(random.uniform(-scale, scale));
  }
}

// The last layer is 0: f(x | c) begins as f(x), and its gradient is not 0. parameters
// [parameter_count] are 0 on entry.
template <class T>
void draw_conditioning(const Conditioning& conditioning, core::Random& random, T* parameters) {
  if (conditioning.network() == nullptr) return;
  const std::vector<LayerLayout>& layers = conditioning.network()->stacks()[0].layers;
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    draw_condition_layer(layers[l], l == 0, random, parameters);
  }
}

}  // namespace finn::net
