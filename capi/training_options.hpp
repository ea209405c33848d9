// The options of a trainer, checked and translated.
#pragma once

#include "capi/finn.h"
#include "finn/training/training_options.hpp"

namespace finn::capi {

// The options that a caller gives, each and all of them together within their limits; NULL gives
// the defaults. Fails with a message that names the field, as one of "options".
net::TrainingOptions checked_training_options(const finn_training_options* given);

// The struct of finn.h that becomes these.
finn_training_options training_options_of(const net::TrainingOptions& options);

}  // namespace finn::capi
