// finn_chain_options as what net::ChainFit takes, and back.
#pragma once

#include "capi/finn.h"
#include "finn/chains/chain_options.hpp"

namespace finn::capi {

// Every field within its limits; NULL gives the defaults.
net::ChainOptions checked_chain_options(const finn_chain_options* given);
finn_chain_options chain_options_of(const net::ChainOptions& options);

}  // namespace finn::capi
