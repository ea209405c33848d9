// How a network depends on the conditions of a sample, and what else a sample brings with it.
#pragma once

#include <vector>

#include "core/option.hpp"

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

// The most units of a layer; of components, outputs and conditions there may be as many.
inline constexpr int kMaxWidth = 1 << 16;
inline constexpr int kMaxHiddenLayers = 64;

// X(path, name, row, applies_to, sentence) for each option, in the order of
// finn_conditioning_options: path is its field in ConditioningShape.
#define FINN_CONDITIONING_OPTIONS(X)                                                  \
  X(widths, hidden_layers, core::integer("2", 0, net::kMaxHiddenLayers), "",          \
    "hidden layers of the network of the conditions")                                 \
  X(widths, widths, core::integers("hidden_layers", "64, 64", 1, net::kMaxWidth), "", \
    "units of each hidden layer; to set them by name sets hidden_layers too")

}  // namespace finn::net
