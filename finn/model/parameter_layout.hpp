// Where the sections of a model's flat parameter vector lie: those of the network, those of the
// network of the conditions, and tau of each output whose integral is learned. Nothing else adds
// offsets of sections.
#pragma once

#include <cstdint>

namespace finn::net {

struct ParameterLayout {
  std::int64_t network_count = 0;
  std::int64_t conditioning_count = 0;
  std::int64_t tau_count = 0;

  std::int64_t conditioning() const noexcept { return network_count; }
  std::int64_t tau() const noexcept { return network_count + conditioning_count; }
  std::int64_t count() const noexcept { return tau() + tau_count; }
};

}  // namespace finn::net
