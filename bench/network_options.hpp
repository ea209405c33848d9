// The networks with their options that are compared, by the names under which docs/NETWORKS.md
// lists them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace finn::bench {

struct NetworkOption {
  std::string name;
  std::function<Network(std::int32_t variables)> network;
  bool from_data = false;  // densities begin with 1024 samples whatever the trainer does
  bool for_rows = false;   // problems of so many rows are fitted by it, too
};

std::vector<NetworkOption> network_options();

}  // namespace finn::bench
