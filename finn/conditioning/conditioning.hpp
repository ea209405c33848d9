// The network g of the conditions c: dense layers of tanh, then a linear one, whose outputs are the
// deltas that a sample makes to the parameters of the network of x.
//
//   film          mlp: the logarithm of a scale and an offset of the bias for each hidden unit, the
//                 logarithm of a scale for each weight of a read-out. mixture: offsets of the
//                 locations, logarithms of scales of the coefficients.
//   hypernetwork  an offset of every free parameter
//   inputs        offsets of the biases of hidden units, or of all locations of the mixture; g is
//                 linear
//
// Which block takes which delta stands in finn/conditioning/delta.hpp. The deltas stand in the
// order of the blocks that they belong to. docs/CONDITIONING.md.
#pragma once

#include <cmath>
#include <optional>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/conditioning/delta.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/mlp.hpp"
#include "finn/networks/network.hpp"
#include "finn/networks/shared_weights.hpp"
#include "ops/seed.hpp"

namespace finn::net {

// The range in which conditions are expected, [conditions] each. It is no limit. One that the
// caller did not give is replaced by what the first data of a fit say.
struct ConditionRange {
  std::vector<double> lower, upper;
  bool is_given = true;
};

// Fails, naming the argument as finn.h does, for what no conditioning is. Without conditions the
// range is empty.
void require_valid(const ConditioningShape& shape, const ConditionRange& range);

class Conditioning {
 public:
  Conditioning(const Network& network, const ConditionRange& range);

  const ConditioningShape& shape() const noexcept { return shape_; }
  ConditioningKind kind() const noexcept { return shape_.kind; }
  int conditions() const noexcept { return shape_.conditions; }
  const ConditionRange& range() const noexcept { return range_; }
  int deltas() const noexcept { return g_ ? g_->shape().outputs : 0; }
  std::int64_t parameter_count() const noexcept { return g_ ? g_->parameter_count() : 0; }
  // g itself; null if nothing is conditioned.
  const Mlp* network() const noexcept { return g_ ? &*g_ : nullptr; }

  // What has these means and spreads [conditions] in units of the range, mean 0 and variance 1 over
  // it, shall have mean 0 and spread 1 in the coordinates of g.
  void set_standards(const std::vector<double>& mean, const std::vector<double>& spread) {
    mean_ = mean;
    spread_ = spread;
  }
  // c_i in the coordinates of g: of unit variance over the range, unless standards were set.
  double standard(int i, double c) const {
    const auto at = static_cast<std::size_t>(i);
    const double of_range = range_scale(at) * (c - 0.5 * (range_.lower[at] + range_.upper[at]));
    return (of_range - mean_[at]) / spread_[at];
  }
  double standard_scale(int i) const {
    const auto at = static_cast<std::size_t>(i);
    return range_scale(at) / spread_[at];
  }

  // The deltas [deltas] of standard conditions c [conditions], recorded on a tape; without features
  // if nothing is conditioned. parameters [parameter_count] are those of g; adjoints likewise, and
  // null when the tape does not record.
  template <class T>
  core::Jet<T> deltas_of(core::Tape<T>& tape, const core::Jet<T>& c, const T* parameters,
                         T* adjoints) const {
    if (!g_) return {};
    ops::Seed<T> seed;
    seed.x = c;
    return g_->mixed_partial(seed, SharedWeights<T>(tape, parameters, adjoints));
  }

  // The weights of a sample with these deltas [deltas], in double: parameters are the free ones,
  // and weights the mapped ones on entry, each [parameter_count] of the network; units as for
  // Network::map_parameters.
  void add_deltas(const Network& network, const double* deltas, const double* parameters,
                  double* weights, const double* units = nullptr) const;

 private:
  double range_scale(std::size_t i) const {
    return std::sqrt(12.0) / (range_.upper[i] - range_.lower[i]);
  }

  ConditioningShape shape_;
  ConditionRange range_;
  std::vector<double> mean_, spread_;  // [conditions], in units of the range
  std::optional<Mlp> g_;
};

}  // namespace finn::net
