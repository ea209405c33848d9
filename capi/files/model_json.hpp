// The description of a model as JSON: all that it is made of but its parameters. docs/FILES.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "capi/finn.h"
#include "finn/model/model_settings.hpp"

namespace finn::capi {

struct Description {
  net::ModelSettings settings;
  finn_precision precision;
};

// may_lack_name: a star or a map without a name is described, though no file can hold it.
std::string description_of(const finn_model& model, bool may_lack_name);

// The model that a description says, checked as finn_model_create checks its parts. known are
// domains with callbacks, which are found by their names. Fails with ERROR_FORMAT for what is no
// description, and otherwise as the functions that make the parts do.
Description read_description(const char* document, std::string_view text,
                             std::span<const finn_domain* const> known);

}  // namespace finn::capi
