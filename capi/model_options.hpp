// The options of a model, checked and translated.
#pragma once

#include "capi/finn.h"
#include "finn/model.hpp"

namespace finn::capi {

// The options with the defaults of what an older header did not have yet.
finn_model_options complete_options(const finn_model_options& given);

// Fails with a message that names the field. What is NULL by choice takes its default.
net::ModelSettings checked_settings(const finn_model_options& options);

}  // namespace finn::capi
