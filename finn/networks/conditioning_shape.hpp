// How a network depends on the conditions of a sample, and what else a sample brings with it.
#pragma once

#include <vector>

namespace finn::net {

// Which parameters the network of the conditions moves; docs/CONDITIONING.md.
enum class ConditioningKind { none, film, hypernetwork, inputs };

struct ConditioningShape {
  ConditioningKind kind = ConditioningKind::none;
  int conditions = 0;
  std::vector<int> widths;       // hidden layers of the network of the conditions
  bool target_from_row = false;  // each row has a target of its own

  // Whether the integral is normalised for each sample by itself.
  bool normalises_per_sample() const { return conditions > 0 || target_from_row; }

  bool operator==(const ConditioningShape&) const = default;
};

}  // namespace finn::net
