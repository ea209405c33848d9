// Options structs of finn.h as JSON objects: a member for each field, by the name and type that the
// table of options has for it.
#pragma once

#include "capi/finn.h"
#include "capi/options.hpp"
#include "core/json_reader.hpp"
#include "core/json_writer.hpp"

namespace finn::capi {

// A struct of this version, every field within its limits.
void write_options(core::JsonWriter& json, finn_options_kind kind, const void* options);

// Reads the members that are there into a struct of this version, in which the others stay. Fails
// with ERROR_FORMAT for a member that is no option, and as the checks of the table do.
void read_options(core::JsonReader& json, finn_options_kind kind, void* options);

template <class Options>
void write_options(core::JsonWriter& json, const Options& options) {
  write_options(json, kOptionsKind<Options>, &options);
}

// The options that a document says, with the defaults of all that it does not.
template <class Options>
Options read_options(core::JsonReader& json) {
  auto options = defaults<Options>();
  read_options(json, kOptionsKind<Options>, &options);
  return options;
}

}  // namespace finn::capi
