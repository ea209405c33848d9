// A conditioning as JSON: its form, the range of its conditions and its options.
#pragma once

#include "capi/files/part_json.hpp"
#include "capi/finn.h"

namespace finn::capi {

// null for none.
void write_conditioning(JsonWriter& json, const finn_conditioning* conditioning);
// Fails with ERROR_FORMAT for what is no conditioning. Of an object: null is for the caller.
Owned<finn_conditioning> read_conditioning(JsonReader& json, const char* document);

}  // namespace finn::capi
