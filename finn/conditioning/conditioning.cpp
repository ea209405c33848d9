#include "finn/conditioning/conditioning.hpp"

#include <cmath>

#include "core/shape.hpp"

namespace finn::net {
namespace {

// How often each layer or block of a network is changed.
class ChangeCount {
 public:
  explicit ChangeCount(ConditioningKind kind) : modulates_(kind == ConditioningKind::modulation) {}

  std::int64_t of(const Network& network) const {
    return network.mlp() != nullptr ? of(*network.mlp()) : of(*network.mixture());
  }

 private:
  std::int64_t of(const Mlp& head) const {
    std::int64_t count = 0;
    for (const Stack& stack : head.stacks()) {
      for (std::size_t l = 0; l < stack.layers.size(); ++l) {
        count += head.has_activation(l) ? hidden(stack.layers[l]) : read_out(stack.layers[l]);
      }
      for (const LayerLayout& at : stack.skips) count += read_out(at);
    }
    return count;
  }
  std::int64_t of(const Mixture& head) const {
    std::int64_t count = 0;
    for (const TermLayout& at : head.blocks()) {
      count += head.all_rows();
      if (modulates_) count += std::int64_t{1} * at.outputs * head.shape().terms;
    }
    return count;
  }
  std::int64_t hidden(const LayerLayout& at) const { return (modulates_ ? 2 : 1) * at.out; }
  std::int64_t read_out(const LayerLayout& at) const {
    return modulates_ ? at.bias - at.weights : 0;
  }

  bool modulates_;
};

std::int64_t change_count(ConditioningKind kind, const Network& network) {
  if (kind == ConditioningKind::hypernetwork) return network.parameter_count();
  return ChangeCount(kind).of(network);
}

// Takes changes one after the other and applies them to weights.
class WeightChange {
 public:
  WeightChange(const double* changes, bool modulates, double* weights)
      : next_(changes), modulates_(modulates), weights_(weights) {}

  void apply(const Mlp& head) {
    for (const Stack& stack : head.stacks()) {
      for (std::size_t l = 0; l < stack.layers.size(); ++l) {
        head.has_activation(l) ? change_hidden(stack.layers[l]) : change_read_out(stack.layers[l]);
      }
      for (const LayerLayout& at : stack.skips) change_read_out(at);
    }
  }
  void apply(const Mixture& head) {
    for (const TermLayout& at : head.blocks()) {
      add(at.biases, head.all_rows());
      if (modulates_) multiply(at.coefficients, std::int64_t{1} * at.outputs * head.shape().terms);
    }
  }

 private:
  void add(std::int64_t begin, std::int64_t count) {
    for (std::int64_t i = begin; i < begin + count; ++i) weights_[i] += *next_++;
  }
  void multiply(std::int64_t begin, std::int64_t count) {
    for (std::int64_t i = begin; i < begin + count; ++i) weights_[i] *= std::exp(*next_++);
  }
  void change_hidden(const LayerLayout& at) {
    for (int unit = 0; modulates_ && unit < at.out; ++unit) {
      const double scale = std::exp(*next_++);
      for (int i = 0; i < at.in; ++i) weights_[at.weights + unit * at.in + i] *= scale;
    }
    add(at.bias, at.out);
  }
  void change_read_out(const LayerLayout& at) {
    if (modulates_) multiply(at.weights, at.bias - at.weights);
  }

  const double* next_;
  bool modulates_;
  double* weights_;
};

}  // namespace

Conditioning::Conditioning(const Network& network, const ConditionRange& range)
    : shape_(network.shape().conditioning), range_(range) {
  if (shape_.kind == ConditioningKind::none) return;
  int in = shape_.conditions;
  std::int64_t total = network.parameter_count();
  const std::int64_t before = total;
  for (const int width : shape_.widths) {
    layers_.push_back(take_layer(in, width, true, total));
    in = width;
  }
  changes_ = static_cast<int>(change_count(shape_.kind, network));
  layers_.push_back(take_layer(in, changes_, true, total));
  for (LayerLayout& at : layers_) {
    at.weights -= before;
    at.bias -= before;
  }
  parameter_count_ = total - before;
}

void Conditioning::change_weights(const Network& network, const double* changes,
                                  const double* parameters, double* weights) const {
  if (kind() == ConditioningKind::none) return;
  if (kind() == ConditioningKind::hypernetwork) {
    std::vector<double> moved(parameters, parameters + changes_);
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += changes[i];
    network.map_parameters(moved.data(), weights);
    return;
  }
  WeightChange change(changes, kind() == ConditioningKind::modulation, weights);
  network.mlp() != nullptr ? change.apply(*network.mlp()) : change.apply(*network.mixture());
}

}  // namespace finn::net
