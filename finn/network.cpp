#include "finn/network.hpp"

#include <cinttypes>
#include <utility>

#include "core/error.hpp"
#include "core/shape.hpp"

namespace finn::net {

using core::fail;
using core::Status;

Network::Network(NetworkShape shape) : shape_(std::move(shape)) {
  std::vector<int> sizes{shape_.variables};
  sizes.insert(sizes.end(), shape_.widths.begin(), shape_.widths.end());
  sizes.push_back(shape_.outputs);
  for (std::size_t l = 1; l < sizes.size(); ++l) {
    LayerLayout at{sizes[l - 1], sizes[l], parameter_count_, 0};
    at.bias = at.weights + core::checked_product(at.in, at.out);
    parameter_count_ = at.bias + at.out;
    if (parameter_count_ > kMaxParameters) {
      fail(Status::ERROR_ARGUMENT,
           "widths: the network has more than %" PRId64 " parameters at layer %zu", kMaxParameters,
           l);
    }
    layers_.push_back(at);
  }
}

}  // namespace finn::net
