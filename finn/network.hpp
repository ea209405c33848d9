// The network: F(x) = psi_L(.. psi_1(x)), psi_l(h) = phi(P(W_l) h + b_l), where P is the positivity
// map and phi is sigma_n or tanh; the last layer is linear unless asked otherwise.
//
// Under positivity every mixed partial over distinct variables is >= 0: by Faa di Bruno it is a
// sum over set partitions of phi^{(k)} (>= 0 for k = 1 .. n, as sigma_n^{(k)} = sigma_{n-k}) times
// mixed partials of the inner function (>= 0 by induction). docs/POSITIVITY.md.
#pragma once

#include <algorithm>
#include <vector>

#include "core/tape.hpp"
#include "ops/affine.hpp"
#include "ops/compose.hpp"
#include "ops/positivity.hpp"

namespace finn::net {

enum class ActivationKind { sigma, tanh };

struct NetworkShape {
  int variables = 0;  // n: inputs, and the order of sigma
  int outputs = 1;
  std::vector<int> widths;  // of the hidden layers
  ops::Positivity positivity = ops::Positivity::abs;
  ActivationKind activation = ActivationKind::sigma;
  bool last_activation = false;

  bool operator==(const NetworkShape&) const = default;
};

// Where a layer's numbers lie in the flat parameter vector: weights [out][in], then bias [out].
struct LayerLayout {
  int in = 0;
  int out = 0;
  std::int64_t weights = 0;
  std::int64_t bias = 0;
};

class Network {
 public:
  // The number of parameters is limited to kMaxParameters.
  static constexpr std::int64_t kMaxParameters = std::int64_t{1} << 28;

  explicit Network(NetworkShape shape);

  const NetworkShape& shape() const noexcept { return shape_; }
  const std::vector<LayerLayout>& layers() const noexcept { return layers_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }

  // F on a tile. weights are mapped parameters; adjoints, of the same layout, receive
  // dLoss/dweights in the sweep and may be null when the tape does not record.
  template <class T>
  core::Jet<T> forward(core::Tape<T>& tape, core::Jet<T> h, const T* weights, T* adjoints) const {
    const ops::Activation<T> phi = shape_.activation == ActivationKind::tanh
                                       ? ops::tanh<T>()
                                       : ops::sigma<T>(shape_.variables);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      h = ops::affine(tape, h, layer(l, weights, adjoints));
      if (has_activation(l)) h = ops::compose(tape, h, phi);
    }
    return h;
  }

  // Whether an activation follows layer l.
  bool has_activation(std::size_t l) const noexcept {
    return l + 1 < layers_.size() || shape_.last_activation;
  }

  template <class T>
  ops::Layer<T> layer(std::size_t l, const T* weights, T* adjoints) const {
    const LayerLayout& at = layers_[l];
    ops::Layer<T> layer{at.in, at.out, weights + at.weights, weights + at.bias, nullptr, nullptr};
    if (adjoints != nullptr) {
      layer.weight_adjoint = adjoints + at.weights;
      layer.bias_adjoint = adjoints + at.bias;
    }
    return layer;
  }

  // weights = P(parameters), biases as they are; in the type of the result.
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights) const {
    std::transform(parameters, parameters + parameter_count_, weights,
                   [](T parameter) { return static_cast<U>(parameter); });
    for (const LayerLayout& at : layers_) {
      ops::map_weights(shape_.positivity, weights + at.weights, at.bias - at.weights,
                       weights + at.weights);
    }
  }

  // Turns dLoss/dweights into dLoss/dparameters, in place.
  template <class T>
  void pull_back(const T* parameters, T* adjoints) const {
    for (const LayerLayout& at : layers_) {
      ops::pull_back_weights(shape_.positivity, parameters + at.weights, at.bias - at.weights,
                             adjoints + at.weights);
    }
  }

 private:
  NetworkShape shape_;
  std::vector<LayerLayout> layers_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
