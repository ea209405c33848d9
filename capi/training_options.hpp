// The options of a trainer, checked and translated.
#pragma once

#include "capi/finn.h"
#include "finn/training/training_options.hpp"

namespace finn::capi {

// Accepts the struct of any version; fails with a message that names the field.
net::TrainingOptions checked_options(const finn_training_options& options);

}  // namespace finn::capi
