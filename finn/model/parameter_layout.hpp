// Where the sections of a model's flat parameter vector lie: those of the network, those of the
// network of the conditions, tau of each output whose integral is learned, and the standards, which
// no optimiser moves. Nothing else adds offsets of sections.
#pragma once

#include <cstdint>

#include "finn/model/standards.hpp"

namespace finn::net {

struct ParameterLayout {
  std::int64_t network_count = 0;
  std::int64_t conditioning_count = 0;
  std::int64_t tau_count = 0;
  StandardsLayout of_standards;

  std::int64_t conditioning() const noexcept { return network_count; }
  std::int64_t tau() const noexcept { return network_count + conditioning_count; }
  // What optimisers move: all that lies before the standards.
  std::int64_t trained_count() const noexcept { return tau() + tau_count; }
  std::int64_t standards() const noexcept { return trained_count(); }
  std::int64_t count() const noexcept { return standards() + of_standards.count(); }
};

}  // namespace finn::net
