// The fields of a model's options that say how f depends on conditions, checked and translated.
#pragma once

#include "capi/finn.h"
#include "finn/model/model.hpp"

namespace finn::capi {

// Adds the conditioning to settings that are complete but for it. Fails with a message that names
// the field.
void set_conditioning(const finn_model_options& options, net::ModelSettings& settings);

}  // namespace finn::capi
