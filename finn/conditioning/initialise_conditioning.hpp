// The initial parameters of the network of the conditions.
#pragma once

#include <cmath>

#include "core/random.hpp"
#include "finn/conditioning/conditioning.hpp"
#include "finn/networks/layer_layout.hpp"

namespace finn::net {

// Hidden layers: weights N(0, 1/in) and biases U(-1, 1), so that what enters a tanh has about unit
// variance. The last layer is 0: f(x | c) begins as f(x), and its gradient is not 0.
// parameters [parameter_count] are 0 on entry.
template <class T>
void draw_conditioning(const Conditioning& conditioning, core::Random& random, T* parameters) {
  if (conditioning.network() == nullptr) return;
  const std::vector<LayerLayout>& layers = conditioning.network()->stacks()[0].layers;
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    const LayerLayout& at = layers[l];
    const double deviation = 1 / std::sqrt(static_cast<double>(at.in));
    for (std::int64_t i = at.weights; i < at.bias; ++i) {
      parameters[i] = static_cast<T>(deviation * random.normal());
    }
    for (std::int64_t i = at.bias; i < at.bias + at.out; ++i) {
      parameters[i] = static_cast<T>(random.uniform(-1, 1));
    }
  }
}

}  // namespace finn::net
