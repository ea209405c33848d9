#include "finn/conditioning/conditioning.hpp"

#include <cmath>

#include "finn/networks/block.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/weight_map.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"

namespace finn::net {
namespace {

std::int64_t count_deltas(ConditioningKind form, const Network& network) {
  std::int64_t count = 0;
  for (const Block& block : network.blocks()) {
    count += delta_count(delta_of(form, block.role), block);
  }
  return count;
}

// The form of g. Its weights are free, and its activation does not depend on its variables.
NetworkShape shape_of_g(const ConditioningShape& shape, std::int64_t deltas) {
  NetworkShape g;
  g.variables = shape.conditions;
  g.outputs = static_cast<int>(deltas);
  g.widths = shape.widths;
  g.positivity = ops::Positivity::none;
  g.activation = ActivationKind::tanh;
  return g;
}

// Applies one delta to a block of weights [parameter_count], and returns the next ones.
const double* add_delta(Delta delta, ops::Positivity positivity, const Block& block,
                        const double* deltas, const double* parameters, double* weights) {
  const std::int64_t end = block.begin + block.size();
  if (delta == Delta::offset) {
    for (std::int64_t i = block.begin; i < end; ++i) weights[i] = parameters[i] + *deltas++;
    map_block(positivity, block, weights, weights);
  } else if (delta == Delta::scale) {
    for (std::int64_t i = block.begin; i < end; ++i) weights[i] *= std::exp(*deltas++);
  } else if (delta == Delta::row_scale) {
    for (std::int64_t row = 0; row < block.rows; ++row) {
      const double scale = std::exp(*deltas++);
      double* begin = weights + block.begin + row * block.columns;
      for (std::int64_t k = 0; k < block.columns; ++k) begin[k] *= scale;
    }
  }
  return deltas;
}

}  // namespace

Conditioning::Conditioning(const Network& network, const ConditionRange& range)
    : shape_(network.shape().conditioning), range_(range) {
  if (shape_.kind == ConditioningKind::none) return;
  g_.emplace(shape_of_g(shape_, count_deltas(shape_.kind, network)));
  std::int64_t total = network.parameter_count();
  take_parameters(g_->parameter_count(), total);
}

void Conditioning::add_deltas(const Network& network, const double* deltas,
                              const double* parameters, double* weights) const {
  for (const Block& block : network.blocks()) {
    deltas = add_delta(delta_of(kind(), block.role), network.shape().positivity, block, deltas,
                       parameters, weights);
  }
}

}  // namespace finn::net
