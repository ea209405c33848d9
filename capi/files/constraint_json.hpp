// A constraint as JSON: its form, and what its constructor takes.
#pragma once

#include "capi/files/part_json.hpp"
#include "capi/finn.h"

namespace finn::capi {

void write_constraint(JsonWriter& json, const finn_constraint& constraint);
// Fails with ERROR_FORMAT for what is no constraint.
Owned<finn_constraint> read_constraint(JsonReader& json, const char* document);

}  // namespace finn::capi
