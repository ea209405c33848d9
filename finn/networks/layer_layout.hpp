// Where the numbers of a layer lie in the flat parameter vector of a network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "finn/networks/block.hpp"

namespace finn::net {

// Weights [out][in], then bias [out].
struct LayerLayout {
  int in = 0;
  int out = 0;
  std::int64_t weights = 0;
  std::int64_t bias = 0;
  bool has_bias = true;
  std::size_t block = 0;  // number of the block of the weights; the next one is that of the bias

  std::size_t block_count() const noexcept { return has_bias ? 2 : 1; }
};

}  // namespace finn::net
