// The head mlp: F(x) = psi_L(.. psi_1(x)), psi_l(h) = phi(P(W_l) h + b_l), where P is the
// positivity map and phi is sigma_n or, without positivity, any activation; the last layer is
// linear unless asked otherwise.
//
// Under positivity every mixed partial over distinct variables is >= 0: by Faa di Bruno it is a
// sum over set partitions of phi^{(k)} (>= 0 for k = 1 .. n, as sigma_n^{(k)} = sigma_{n-k}) times
// mixed partials of the inner function (>= 0 by induction). docs/POSITIVITY.md.
//
// Options (docs/HEADS.md): several sign patterns s, F(x) = sum over s of (prod_i s_i) F_s(s o x);
// a read-out of every hidden layer; hidden layers for each output by itself. Each pattern, or
// output, has a stack of layers of its own.
#pragma once

#include <algorithm>
#include <vector>

#include "core/tape.hpp"
#include "finn/networks/network_shape.hpp"
#include "ops/coefficient.hpp"
#include "ops/dense_top.hpp"
#include "ops/first_layer.hpp"
#include "ops/rows.hpp"
#include "ops/sum.hpp"

namespace finn::net {

// Where a layer's numbers lie in the flat parameter vector: weights [out][in], then bias [out].
struct LayerLayout {
  int in = 0;
  int out = 0;
  std::int64_t weights = 0;
  std::int64_t bias = 0;
  bool has_bias = true;

  std::int64_t end() const { return bias + (has_bias ? out : 0); }
};

// The layout of a layer at the end of `total` parameters, to which it is added.
LayerLayout take_layer(int in, int out, bool has_bias, std::int64_t& total);

// The layers of one sign pattern and of outputs [first_output, first_output + outputs).
struct Stack {
  std::vector<LayerLayout> layers;  // the last one is the read-out of the last hidden layer
  std::vector<LayerLayout> skips;   // read-outs of the hidden layers before
  std::uint64_t flipped = 0;        // variables whose sign is changed
  int first_output = 0;
  int outputs = 1;
};

class Mlp {
 public:
  explicit Mlp(const NetworkShape& shape);

  const NetworkShape& shape() const noexcept { return shape_; }
  const std::vector<Stack>& stacks() const noexcept { return stacks_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }

  // The mixed partial of F over the directions of the seed, on a tape: [outputs] plain values; F
  // itself if there are none. weights are mapped parameters; adjoints, of the same layout, receive
  // dLoss/dweights in the sweep and may be null when the tape does not record.
  template <class T>
  core::Jet<T> mixed_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const T* weights,
                             T* adjoints) const {
    if (stacks_.size() == 1) return stack_partial(tape, seed, stacks_[0], weights, adjoints);
    const core::Jet<T> sum = ops::zeros(tape, shape_.outputs);
    for (const Stack& stack : stacks_) {
      ops::Seed<T> flipped = seed;
      flipped.x = ops::flip(tape, seed.x, stack.flipped);
      const auto part = stack_partial(tape, flipped, stack, weights, adjoints);
      ops::add_rows(tape, pattern_sign(stack, seed), part, stack.first_output, sum);
    }
    return sum;
  }

  // Hidden layers, and the read-out if an activation follows it too.
  std::size_t activated_layers() const noexcept {
    return shape_.widths.size() + (shape_.last_activation ? 1 : 0);
  }

  // Whether an activation follows layer l of a stack.
  bool has_activation(std::size_t l) const noexcept { return l < activated_layers(); }

  template <class T>
  ops::Activation<T> activation() const {
    switch (shape_.activation) {
      case ActivationKind::tanh:
        return ops::tanh<T>();
      case ActivationKind::softplus:
        return ops::softplus<T>();
      case ActivationKind::sine:
        return ops::sine<T>();
      default:
        return ops::sigma<T>(shape_.variables);
    }
  }

  template <class T>
  static ops::Layer<T> layer(const LayerLayout& at, const T* weights, T* adjoints) {
    ops::Layer<T> layer{at.in, at.out, weights + at.weights, nullptr, nullptr, nullptr};
    if (at.has_bias) layer.bias = weights + at.bias;
    if (adjoints == nullptr) return layer;
    layer.weight_adjoint = adjoints + at.weights;
    if (at.has_bias) layer.bias_adjoint = adjoints + at.bias;
    return layer;
  }

  // Calls body(layout) for every layer of every stack.
  template <class Body>
  void for_each_layer(Body&& body) const {
    for (const Stack& stack : stacks_) {
      for (const LayerLayout& at : stack.layers) body(at);
      for (const LayerLayout& at : stack.skips) body(at);
    }
  }

  // weights = P(parameters), biases as they are; in the type of the result.
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights) const {
    std::transform(parameters, parameters + parameter_count_, weights,
                   [](T parameter) { return static_cast<U>(parameter); });
    for_each_layer([&](const LayerLayout& at) {
      ops::map_weights(shape_.positivity, weights + at.weights, at.bias - at.weights,
                       weights + at.weights);
    });
  }

  // Turns dLoss/dweights into dLoss/dparameters, in place.
  template <class T>
  void pull_back(const T* parameters, T* adjoints) const {
    for_each_layer([&](const LayerLayout& at) {
      ops::pull_back_weights(shape_.positivity, parameters + at.weights, at.bias - at.weights,
                             adjoints + at.weights);
    });
  }

  // The product of the signs of a pattern, which the chain rule has met once more for every
  // direction.
  template <class T>
  static T pattern_sign(const Stack& stack, const ops::Seed<T>& seed) {
    std::uint64_t left = stack.flipped;
    for (int j = 0; j < seed.directions; ++j) {
      left &= ~(std::uint64_t{1} << seed.feature[static_cast<std::size_t>(j)]);
    }
    return __builtin_popcountll(left) % 2 == 0 ? T(1) : T(-1);
  }

 private:
  void add_stack(std::uint64_t flipped, int first_output, int outputs);

  template <class T>
  core::Jet<T> stack_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const Stack& stack,
                             const T* weights, T* adjoints) const {
    const ops::Activation<T> phi = activation<T>();
    const std::size_t hidden = activated_layers();
    const auto at = [&](std::size_t l) { return layer(stack.layers[l], weights, adjoints); };
    if (hidden == 0) return linear_partial(tape, seed, at(0));
    core::Jet<T> skipped;
    core::Jet<T> h = ops::first_layer(tape, seed, at(0), phi);
    for (std::size_t l = 1; l < hidden; ++l) {
      if (!stack.skips.empty()) {
        const auto skip = layer(stack.skips[l - 1], weights, adjoints);
        skipped = skip_partial(tape, h, skip, skipped);
      }
      const bool is_last = l + 1 == hidden && h.variables > 0;
      h = is_last ? ops::dense_top(tape, h, at(l), phi) : ops::dense(tape, h, at(l), phi);
    }
    if (h.variables > 0) h = ops::coefficient(tape, h, core::full_subset(h.variables));
    if (hidden == stack.layers.size()) return h;
    const core::Jet<T> y = ops::affine(tape, h, read_out(seed, at(hidden)));
    return skipped.features == 0 ? y : ops::add(tape, y, skipped);
  }

  // What the hidden layers up to h feed into the output.
  template <class T>
  static core::Jet<T> skip_partial(core::Tape<T>& tape, const core::Jet<T>& h,
                                   const ops::Layer<T>& skip, const core::Jet<T>& before) {
    const core::Jet<T> top =
        h.variables > 0 ? ops::coefficient(tape, h, core::full_subset(h.variables)) : h;
    const core::Jet<T> y = ops::affine(tape, top, skip);
    return before.features == 0 ? y : ops::add(tape, before, y);
  }

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
  std::vector<Stack> stacks_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
