// The network mlp: F(x) = psi_L(.. psi_1(x)), psi_l(h) = phi(P(W_l) h + b_l), where P is the
// positivity map and phi is sigma_n or, without positivity, any activation; the last layer is
// linear unless asked otherwise.
//
// Under positivity every mixed partial over distinct variables is >= 0: by Faa di Bruno it is a
// sum over set partitions of phi^{(k)} (>= 0 for k = 1 .. n, as sigma_n^{(k)} = sigma_{n-k}) times
// mixed partials of the inner function (>= 0 by induction). docs/POSITIVITY.md.
//
// With axis units the first layer sees h = (x, a), where a_ik = sigma_1(w_ik (x_i - m_ik)), w > 0,
// are cdfs of normals of one variable each: increasing in it, so that the argument above holds, and
// bounded, so that products of narrow bumps are within reach. They take part under positivity
// alone.
//
// Options (docs/NETWORKS.md): several orthants, F(x) = sum over their signs s of (prod_i s_i)
// F_s(s o x); a skip read-out of every hidden layer; hidden layers for each output by itself. Each
// orthant, or output, has a stack of layers of its own.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/lane_integral.hpp"
#include "finn/networks/layer_layout.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "ops/activation.hpp"
#include "ops/coefficient.hpp"
#include "ops/compose.hpp"
#include "ops/dense.hpp"
#include "ops/dense_top.hpp"
#include "ops/first_layer.hpp"
#include "ops/line.hpp"
#include "ops/multiply.hpp"
#include "ops/positivity.hpp"
#include "ops/rows.hpp"
#include "ops/seed.hpp"
#include "ops/sum.hpp"

namespace finn::net {

// The layers of one orthant and of outputs [first_output, first_output + outputs).
struct Stack {
  std::size_t first_block = 0;      // with axis units that of their slopes; locations follow
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
  std::span<const Block> blocks() const noexcept { return blocks_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }
  // Cdfs of each variable that the first layer sees beside x.
  int axis_units() const noexcept {
    return shape_.positivity == ops::Positivity::none ? 0 : shape_.axis_units;
  }
  // How many variables the jets of a mixed partial over so many directions have.
  int jet_variables(int directions) const noexcept { return directions; }

  // The mixed partial of F over the directions of the seed, on a tape: [outputs] plain values; F
  // itself if there are none. weights is a SharedWeights or a LaneWeights.
  template <class T, class Source>
  core::Jet<T> mixed_partial(const ops::Seed<T>& seed, const Source& weights) const {
    if (stacks_.size() == 1) return stack_partial(seed, stacks_[0], weights);
    core::Tape<T>& tape = weights.tape();
    const core::Jet<T> sum = ops::zeros(tape, shape_.outputs);
    for (const Stack& stack : stacks_) {
      ops::Seed<T> flipped = seed;
      flipped.x = ops::flip(tape, seed.x, stack.flipped);
      const core::Jet<T> part = stack_partial(flipped, stack, weights);
      ops::add_rows(tape, orthant_sign(stack, seed), part, stack.first_output, sum);
    }
    return sum;
  }

  // The integral over a region of each lane, [outputs], from its corners.
  template <class T, class Source>
  LaneIntegral<T> lane_integral(core::Tape<T>& tape, const Coordinates& coordinates,
                                const LaneRegion& region, const Source& weights) const {
    return corner_integral(tape, *this, weights, coordinates, region, error_factor());
  }

  // weights [parameter_count], mapped ones, for points in the coordinates of the network. Same
  // draws, same weights on every platform but for the rounding of its kernels.
  void draw_weights(const Points& points, core::Random& random, double* weights) const;

  // The rounding error to expect of a sum over corners, as a multiple of the unit roundoff of its
  // magnitude: each layer's sums and activations contribute a few. Measured against 50 digits in
  // tests/finn/networks/integral_test.cpp.
  double error_factor() const noexcept { return 8.0 * static_cast<double>(hidden_layers() + 1); }

  // Hidden layers, and the read-out if an activation follows it too.
  std::size_t activated_layers() const noexcept {
    return hidden_layers() + (shape_.last_activation ? 1 : 0);
  }

  template <class T>
  ops::Activation<T> activation() const {
    return ops::activation<T>(shape_.activation, shape_.variables);
  }

 private:
  std::size_t hidden_layers() const noexcept { return shape_.widths.size(); }
  void add_stack(std::uint64_t flipped, int first_output, int outputs);
  void add_axis_units();
  LayerLayout add_layer(int in, int out, bool is_hidden, bool has_bias, int first_output);

  // The product of the signs of an orthant, which the chain rule has met once more for every
  // direction.
  template <class T>
  static T orthant_sign(const Stack& stack, const ops::Seed<T>& seed) {
    std::uint64_t left = stack.flipped;
    for (int j = 0; j < seed.directions; ++j) {
      const std::uint64_t moved = std::uint64_t{1} << seed.feature[static_cast<std::size_t>(j)];
      left ^= stack.flipped & moved;
    }
    return __builtin_popcountll(left) % 2 == 0 ? T(1) : T(-1);
  }

  // Every layer has a fused operation for weights that all samples share; otherwise it is the
  // composition of its parts.
  template <class T, class Source>
  core::Jet<T> stack_partial(const ops::Seed<T>& seed, const Stack& stack,
                             const Source& weights) const {
    core::Tape<T>& tape = weights.tape();
    const ops::Activation<T> phi = activation<T>();
    const std::size_t hidden = activated_layers();
    const bool is_value = seed.directions == 0;  // F itself: no derivative has the last bias
    if (hidden == 0) {
      return top(tape, weights.affine(inputs(seed, stack, weights), stack.layers[0], is_value));
    }
    core::Jet<T> h = first_layer(seed, stack, phi, weights);
    core::Jet<T> skipped;
    for (std::size_t l = 1; l < hidden; ++l) {
      if (!stack.skips.empty()) {
        const auto part = weights.affine(top(tape, h), stack.skips[l - 1], false);
        skipped = l == 1 ? part : ops::add(tape, skipped, part);
      }
      h = hidden_layer(h, stack.layers[l], phi, l + 1 == hidden, weights);
    }
    h = top(tape, h);
    if (hidden == stack.layers.size()) return h;
    const core::Jet<T> y = weights.affine(h, stack.layers[hidden], is_value);
    return skipped.features == 0 ? y : ops::add(tape, y, skipped);
  }

  template <class T, class Source>
  core::Jet<T> first_layer(const ops::Seed<T>& seed, const Stack& stack,
                           const ops::Activation<T>& phi, const Source& weights) const {
    core::Tape<T>& tape = weights.tape();
    const LayerLayout& at = stack.layers[0];
    if (axis_units() == 0 && weights.is_shared(at.block, at.block_count())) {
      return ops::first_layer(tape, seed, weights.layer(at), phi);
    }
    return hidden_layer(inputs(seed, stack, weights), at, phi, activated_layers() == 1, weights);
  }

  // What the first layer sees: x and the axis units, each of which moves with its own variable.
  template <class T, class Source>
  core::Jet<T> inputs(const ops::Seed<T>& seed, const Stack& stack, const Source& weights) const {
    core::Tape<T>& tape = weights.tape();
    const int n = shape_.variables, units = axis_units();
    if (units == 0) return ops::expand(tape, seed);
    const core::Jet<T> slopes = weights.values(blocks_[stack.first_block], stack.first_block);
    const core::Jet<T> locations =
        weights.values(blocks_[stack.first_block + 1], stack.first_block + 1);
    const auto of_axis = [=](const core::Jet<T>& all, int axis) {
      return ops::slice(all, axis * units, units);
    };
    std::array<core::Jet<T>, core::kMaxVariables> arguments;
    for (int i = 0; i < n; ++i) {
      arguments[static_cast<std::size_t>(i)] =
          ops::line(tape, ops::slice(seed.x, i, 1), of_axis(slopes, i), of_axis(locations, i));
    }
    const core::Jet<T> all = ops::expand(tape, seed, n * units);
    for (int i = 0; i < n; ++i) {
      const auto cdf = ops::compose(tape, arguments[static_cast<std::size_t>(i)], ops::sigma<T>(1));
      ops::add_rows(tape, T(1), cdf, n + i * units, all);
    }
    int directions = 0;
    for (int j = 0; j < seed.directions; j += directions) {
      const int i = seed.feature[static_cast<std::size_t>(j)];
      const auto& argument = arguments[static_cast<std::size_t>(i)];
      directions = 1;
      while (seed.repeats(j + directions)) ++directions;
      for (int order = 1; order <= directions; ++order) {
        const auto part = axis_derivative(tape, argument, of_axis(slopes, i), order);
        T rate(1);
        for (int k = 0; k < order; ++k) rate *= seed.rate[static_cast<std::size_t>(j)];
        for (core::Subset s = 1; s < core::Subset{1} << directions; ++s) {
          if (__builtin_popcount(s) != order) continue;
          ops::add_rows(tape, rate, part, n + i * units, all, s << j);
        }
      }
    }
    return all;
  }

  // The derivative of sigma_1(w x + b) in x of this order, at the arguments w x + b.
  template <class T>
  static core::Jet<T> axis_derivative(core::Tape<T>& tape, const core::Jet<T>& argument,
                                      const core::Jet<T>& slopes, int order) {
    core::Jet<T> product = ops::compose(
        tape, argument, order == 1 ? ops::gaussian<T>() : ops::sigma_derivative<T>(order));
    for (int k = 0; k < order; ++k) product = ops::multiply(tape, product, slopes);
    return product;
  }

  // Of the last hidden layer only the mixed partial over all directions is wanted.
  template <class T, class Source>
  core::Jet<T> hidden_layer(const core::Jet<T>& h, const LayerLayout& at,
                            const ops::Activation<T>& phi, bool is_last,
                            const Source& weights) const {
    core::Tape<T>& tape = weights.tape();
    if (!weights.is_shared(at.block, at.block_count())) {
      return ops::compose(tape, weights.affine(h, at, true), phi);
    }
    return is_last && h.variables > 0 ? ops::dense_top(tape, h, weights.layer(at), phi)
                                      : ops::dense(tape, h, weights.layer(at), phi);
  }

  // The mixed partial over all variables of a jet; a plain value as it is.
  template <class T>
  static core::Jet<T> top(core::Tape<T>& tape, const core::Jet<T>& h) {
    return h.variables == 0 ? h : ops::coefficient(tape, h, core::full_subset(h.variables));
  }

  NetworkShape shape_;
  std::vector<Stack> stacks_;
  std::vector<Block> blocks_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
