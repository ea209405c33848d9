#include "finn/networks/network_shape.hpp"

#include <cinttypes>
#include <utility>

#include "core/error.hpp"

namespace finn::net {

std::int64_t take_parameters(std::int64_t count, std::int64_t& total) {
  if (count > kMaxParameters - total) {
    core::fail(core::Status::ERROR_ARGUMENT,
               "widths, components: the network has more than %" PRId64 " parameters",
               kMaxParameters);
  }
  return std::exchange(total, total + count);
}

}  // namespace finn::net
