// Chains as files in the safetensors format: the links in the metadata, their numbers as tensors,
// and their networks as model files within. docs/FILES.md.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "finn/chains/chain_fit.hpp"

namespace finn::capi {

std::vector<unsigned char> chain_bytes(const net::ChainFit& fit);

// Fails with ERROR_FORMAT for what is no chain.
net::ChainFit read_chain(const std::string& name, std::span<const unsigned char> bytes);

}  // namespace finn::capi
