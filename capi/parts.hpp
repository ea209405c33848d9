// The parts of a model, put together and taken apart.
#pragma once

#include "capi/finn.h"
#include "finn/model/model_settings.hpp"

namespace finn::capi {

// What a model of these parts is made of, checked; constraint and conditioning may be null. Fails
// with a message that names the part.
net::ModelSettings checked_settings(const finn_network* network, const finn_domain* domain,
                                    const finn_constraint* constraint,
                                    const finn_conditioning* conditioning);

// The parts of a model as handles, which the caller destroys; the conditioning is null without
// conditions.
finn_network* network_of(const net::ModelSettings& settings);
finn_constraint* constraint_of(const net::ModelSettings& settings);
finn_conditioning* conditioning_of(const net::ModelSettings& settings);

}  // namespace finn::capi
