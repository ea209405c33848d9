// A network as JSON: its form, its sizes and its options.
#pragma once

#include "capi/files/part_json.hpp"
#include "capi/finn.h"

namespace finn::capi {

void write_network(JsonWriter& json, const finn_network& network);
// Fails with ERROR_FORMAT for what is no network.
Owned<finn_network> read_network(JsonReader& json, const char* document);

}  // namespace finn::capi
