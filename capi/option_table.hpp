// The table of options: for each options struct of finn.h its fields in order, each with its row -
// type, default, limits, sentence - and its place in the struct. Defaults, checks, options by name
// and docs/OPTIONS.md are made of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "capi/finn.h"
#include "core/option.hpp"
#include "core/sized_struct.hpp"

namespace finn::capi {

// How a field lies in memory. Enumerations are int32.
enum class FieldType { int32, int64, uint64, number, int32s };

struct OptionField {
  core::OptionRow row;
  std::size_t offset;
  FieldType type;
  std::size_t size;  // in bytes, of the whole array where it is one
};

struct OptionTable {
  finn_options_kind kind;
  core::SizedStruct layout;
  std::size_t reserved;  // the offset of an int32 that has to be 0; 0 where there is none
  std::span<const OptionField> fields;
};

// Fails with ERROR_ARGUMENT when there is no such kind.
const OptionTable& option_table(finn_options_kind kind);

// The option of this name; null if there is none.
const OptionField* find_option(const OptionTable& table, std::string_view name);

// The number at a field of a struct, element `index` where it is an array. Copied as bytes, so that
// an enumeration can be read as the int32 that it is.
template <class T>
T load_field(const void* options, const OptionField& field, std::size_t index = 0) {
  T value;
  std::memcpy(&value, static_cast<const char*>(options) + field.offset + index * sizeof value,
              sizeof value);
  return value;
}
template <class T>
void store_field(void* options, const OptionField& field, T value, std::size_t index = 0) {
  std::memcpy(static_cast<char*>(options) + field.offset + index * sizeof value, &value,
              sizeof value);
}

}  // namespace finn::capi
