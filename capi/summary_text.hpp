// A summary of a run as people read it.
#pragma once

#include <string>

#include "capi/finn.h"

namespace finn::capi {

// A few lines, each with its end; those that warn begin with "warning: ".
std::string text_of(const finn_training_summary& summary);

}  // namespace finn::capi
