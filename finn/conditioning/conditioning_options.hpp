// The options of conditionings: X(name, row, applies_to, sentence) for each, in the order of the
// struct finn_conditioning_options.
#pragma once

#include "core/option.hpp"
#include "finn/networks/network_options.hpp"

namespace finn::net {

#define FINN_CONDITIONING_OPTIONS(X)                                          \
  X(hidden_layers, core::integer("2", 0, net::kMaxHiddenLayers), "",          \
    "hidden layers of the network of the conditions")                         \
  X(widths, core::integers("hidden_layers", "32, 32", 1, net::kMaxWidth), "", \
    "units of each hidden layer; to set them by name sets hidden_layers too")

}  // namespace finn::net
