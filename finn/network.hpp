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
#include "ops/coefficient.hpp"
#include "ops/dense_top.hpp"
#include "ops/first_layer.hpp"
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

  // The mixed partial of F over the directions of the seed, on a tile: [outputs] plain values; F
  // itself if there are none. weights are mapped parameters; adjoints, of the same layout, receive
  // dLoss/dweights in the sweep and may be null when the tape does not record.
  template <class T>
  core::Jet<T> mixed_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const T* weights,
                             T* adjoints) const {
    const ops::Activation<T> phi = shape_.activation == ActivationKind::tanh
                                       ? ops::tanh<T>()
                                       : ops::sigma<T>(shape_.variables);
    const std::size_t hidden = activated_layers();
    if (hidden == 0) return linear_partial(tape, seed, layer(0, weights, adjoints));
    core::Jet<T> h = ops::first_layer(tape, seed, layer(0, weights, adjoints), phi);
    for (std::size_t l = 1; l < hidden; ++l) {
      const ops::Layer<T> here = layer(l, weights, adjoints);
      const bool is_last = l + 1 == hidden && h.variables > 0;
      h = is_last ? ops::dense_top(tape, h, here, phi) : ops::dense(tape, h, here, phi);
    }
    if (h.variables > 0) h = ops::coefficient(tape, h, core::full_subset(h.variables));
    if (hidden == layers_.size()) return h;
    return ops::affine(tape, h, read_out(seed, layer(hidden, weights, adjoints)));
  }

  // How many layers an activation follows: all but the last, or all.
  std::size_t activated_layers() const noexcept {
    return layers_.size() - (shape_.last_activation ? 0 : 1);
  }

  // Whether an activation follows layer l.
  bool has_activation(std::size_t l) const noexcept { return l < activated_layers(); }

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
  // The bias is a constant: gone from any derivative.
  template <class T>
  static ops::Layer<T> read_out(const ops::Seed<T>& seed, ops::Layer<T> layer) {
    if (seed.directions > 0) {
      layer.bias = nullptr;
      layer.bias_adjoint = nullptr;
    }
    return layer;
  }
  template <class T>
  static core::Jet<T> linear_partial(core::Tape<T>& tape, const ops::Seed<T>& seed,
                                     const ops::Layer<T>& layer) {
    const core::Jet<T> F = ops::affine(tape, ops::expand(tape, seed), layer);
    return ops::coefficient(tape, F, core::full_subset(seed.directions));
  }

  NetworkShape shape_;
  std::vector<LayerLayout> layers_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
