#include "finn/networks/weight_map.hpp"

#include <cmath>

namespace finn::net {

void unmap_weights(ops::Positivity positivity, std::span<const Block> blocks, double* weights) {
  for (const Block& block : blocks) {
    const WeightMap map = weight_map(block.role);
    if (map == WeightMap::free) continue;
    for (std::int64_t i = block.begin; i < block.begin + block.size(); ++i) {
      weights[i] = map == WeightMap::shares ? std::log(weights[i])
                                            : ops::parameter_of_weight(positivity, weights[i]);
    }
  }
}

}  // namespace finn::net
