// The options structs of finn.h as the library takes and gives them: defaults, structs of every
// size that a header ever had, and the limits of each field. All of it follows from the table
// (capi/option_table.hpp); messages name the field.
#pragma once

#include <cstdint>

#include "capi/finn.h"

namespace finn::capi {

template <class Options>
inline constexpr finn_options_kind kOptionsKind = Options::is_no_options_struct_of_finn_h;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_mixture_options> = FINN_OPTIONS_MIXTURE;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_mlp_options> = FINN_OPTIONS_MLP;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_constraint_options> = FINN_OPTIONS_CONSTRAINT;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_conditioning_options> =
    FINN_OPTIONS_CONDITIONING;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_training_options> = FINN_OPTIONS_TRAINING;
template <>
inline constexpr finn_options_kind kOptionsKind<finn_chain_options> = FINN_OPTIONS_CHAIN;

// Writes the defaults, and the size of this version's struct, into a struct of this version.
void write_defaults(finn_options_kind kind, void* options);
// Writes into *options, a struct of this version, what is given, with the default of each field
// that a shorter struct lacks. Fails with ERROR_SIZE for a size that is none of a header's and with
// ERROR_ARGUMENT or ERROR_NOT_FINITE for a field outside its limits.
void write_checked(finn_options_kind kind, const void* given, const char* name, void* options);
// Writes a struct of this version into *to, of which only struct_size is read.
void write_out(finn_options_kind kind, const void* from, void* to, const char* name);
template <class Options>
Options defaults() {
  Options options;
  write_defaults(kOptionsKind<Options>, &options);
  return options;
}

// What an argument `name` gives, complete and with every field within its limits; NULL gives the
// defaults.
template <class Options>
Options checked(const Options* given, const char* name) {
  Options options;
  if (given == nullptr) {
    write_defaults(kOptionsKind<Options>, &options);
  } else {
    write_checked(kOptionsKind<Options>, given, name, &options);
  }
  return options;
}

// Copies options into the struct of a caller, whose struct_size says how much of it there is.
template <class Options>
void copy_out(const Options& from, Options* to, const char* name) {
  write_out(kOptionsKind<Options>, &from, to, name);
}

}  // namespace finn::capi
