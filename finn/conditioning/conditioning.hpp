// The network g of the conditions c: dense layers of tanh, then a linear one, whose outputs are the
// changes of the parameters of a sample.
//
//   modulation    mlp: per hidden unit the logarithm of a scale and a move of the bias, per weight
//                 of a read-out the logarithm of a scale. product: moves of the biases, logarithms
//                 of scales of the coefficients.
//   hypernetwork  a move of every free parameter
//   inputs        moves of the biases of hidden units, or of all biases of the product; g is linear
//
// The changes stand in the order of the parameters that they belong to, layer by layer or block by
// block. docs/CONDITIONING.md.
#pragma once

#include <cmath>

#include "finn/networks/network.hpp"
#include "ops/dense.hpp"

namespace finn::net {

// The range in which conditions are expected, [conditions] each. It is no limit.
struct ConditionRange {
  std::vector<double> lower, upper;
};

class Conditioning {
 public:
  Conditioning(const Network& network, const ConditionRange& range);

  const ConditioningShape& shape() const noexcept { return shape_; }
  ConditioningKind kind() const noexcept { return shape_.kind; }
  int conditions() const noexcept { return shape_.conditions; }
  const ConditionRange& range() const noexcept { return range_; }
  int changes() const noexcept { return changes_; }
  const std::vector<LayerLayout>& layers() const noexcept { return layers_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }

  // c_i in the coordinates of g: of unit variance over the range.
  double standard(int i, double c) const {
    const auto at = static_cast<std::size_t>(i);
    return standard_scale(i) * (c - 0.5 * (range_.lower[at] + range_.upper[at]));
  }
  double standard_scale(int i) const {
    const auto at = static_cast<std::size_t>(i);
    return std::sqrt(12.0) / (range_.upper[at] - range_.lower[at]);
  }

  // The changes [changes] of standard conditions c [conditions], recorded on a tape; without
  // features if nothing is conditioned. adjoints may be null when the tape does not record.
  template <class T>
  core::Jet<T> changes_of(core::Tape<T>& tape, const core::Jet<T>& c, const T* parameters,
                          T* adjoints) const {
    if (layers_.empty()) return {};
    core::Jet<T> h = c;
    for (std::size_t l = 0; l + 1 < layers_.size(); ++l) {
      h = ops::dense(tape, h, Mlp::layer(layers_[l], parameters, adjoints), ops::tanh<T>());
    }
    return ops::affine(tape, h, Mlp::layer(layers_.back(), parameters, adjoints));
  }

  // The weights of a sample with these changes [changes], in double: weights [network's
  // parameter_count] are mapped weights on entry, and parameters the free ones.
  void change_weights(const Network& network, const double* changes, const double* parameters,
                      double* weights) const;

 private:
  ConditioningShape shape_;
  ConditionRange range_;
  std::vector<LayerLayout> layers_;
  int changes_ = 0;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
