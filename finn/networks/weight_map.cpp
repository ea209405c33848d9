#include "finn/networks/weight_map.hpp"

#include <cmath>

namespace finn::net {

namespace {

double parameter_of(ops::Positivity positivity, WeightMap map, double weight) {
  return map == WeightMap::shares ? std::log(weight) : ops::parameter_of_weight(positivity, weight);
}

}  // namespace

void unmap_weights(ops::Positivity positivity, std::span<const Block> blocks, double* weights) {
  for (const Block& block : blocks) {
    if (weight_map(block.role) != WeightMap::bias) continue;
    const double* slopes = weights + slopes_of(block);
    double* biases = weights + block.begin;
    for (std::int64_t i = 0; i < block.size(); ++i) biases[i] = -(biases[i] / slopes[i]);
  }
  for (const Block& block : blocks) {
    const WeightMap map = weight_map(block.role);
    if (map == WeightMap::free || map == WeightMap::bias) continue;
    for (std::int64_t i = block.begin; i < block.begin + block.size(); ++i) {
      weights[i] = parameter_of(positivity_of(positivity, block.role), map, weights[i]);
    }
  }
}

}  // namespace finn::net
