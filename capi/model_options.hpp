// The options of a model, checked and translated.
#pragma once

#include <cstddef>

#include "capi/finn.h"
#include "finn/model/model.hpp"

namespace finn::capi {

// The size of the options in the first header.
inline constexpr std::size_t kFirstModelOptions = offsetof(finn_model_options, head);

// Fails with a message that names the field. What is NULL by choice takes its default.
net::ModelSettings checked_settings(const finn_model_options& options);

}  // namespace finn::capi
