#include "capi/options.hpp"

#include <cstring>
#include <string>
#include <string_view>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/option_table.hpp"
#include "core/option.hpp"
#include "core/sized_struct.hpp"

namespace {

using finn::capi::FieldType;
using finn::capi::load_field;
using finn::capi::OptionField;
using finn::capi::OptionTable;
using finn::capi::store_field;

void write_default_integers(const OptionField& field, void* options) {
  std::size_t at = 0;
  std::int32_t value = 0;
  finn::core::visit_parts(field.row.default_value, [&](std::string_view part) {
    value = static_cast<std::int32_t>(finn::core::read_integer(field.row, "", part));
    store_field(options, field, value, at++);
  });
  // Elements beyond the default number have the last default: who raises the number finds them.
  for (; at < field.size / sizeof value; ++at) store_field(options, field, value, at);
}

void write_default(const OptionField& field, void* options) {
  const char* text = field.row.default_value;
  switch (field.type) {
    case FieldType::int32:
      return store_field(options, field,
                         static_cast<std::int32_t>(finn::core::read_integer(field.row, "", text)));
    case FieldType::int64:
      return store_field(options, field, finn::core::read_integer(field.row, "", text));
    case FieldType::uint64:
      return store_field(options, field, finn::core::read_unsigned(field.row, "", text));
    case FieldType::number:
      return store_field(options, field, finn::core::read_number(field.row, "", text));
    case FieldType::int32s:
      return write_default_integers(field, options);
  }
}

// Checks as many elements as the option says that is their number, which stands before them.
void require_integers(const OptionTable& table, const OptionField& field, const std::string& prefix,
                      const void* options) {
  const OptionField* count = finn::capi::find_option(table, field.row.counted_by);
  const auto used = static_cast<std::size_t>(load_field<std::int32_t>(options, *count));
  for (std::size_t i = 0; i < used; ++i) {
    finn::core::require_integer(field.row, prefix, load_field<std::int32_t>(options, field, i));
  }
}

void require_field(const OptionTable& table, const OptionField& field, const std::string& prefix,
                   const void* options) {
  switch (field.type) {
    case FieldType::int32:
      return finn::core::require_integer(field.row, prefix,
                                         load_field<std::int32_t>(options, field));
    case FieldType::int64:
      return finn::core::require_integer(field.row, prefix,
                                         load_field<std::int64_t>(options, field));
    case FieldType::number:
      return finn::core::require_number(field.row, prefix, load_field<double>(options, field));
    case FieldType::int32s:
      return require_integers(table, field, prefix, options);
    case FieldType::uint64:
      return;  // every value is valid
  }
}

void require_reserved(const OptionTable& table, const std::string& prefix, const void* options) {
  if (table.reserved == 0) return;
  std::int32_t reserved = 0;
  std::memcpy(&reserved, static_cast<const char*>(options) + table.reserved, sizeof reserved);
  finn::capi::require_range(reserved, 0, 0, (prefix + "reserved").c_str());
}

template <class Options>
finn_status init(Options* options, std::uint64_t struct_size) noexcept {
  return finn::capi::call(nullptr, [&] {
    finn::capi::require(options, "options");
    const OptionTable& table = finn::capi::option_table(finn::capi::kOptionsKind<Options>);
    finn::core::require_size(table.layout, "", struct_size);
    options->struct_size = struct_size;
    finn::capi::copy_out(finn::capi::defaults<Options>(), options, "options");
  });
}

}  // namespace

namespace finn::capi {

void write_defaults(finn_options_kind kind, void* options) {
  const OptionTable& table = option_table(kind);
  const std::uint64_t size = table.layout.size;
  std::memset(options, 0, table.layout.size);
  std::memcpy(options, &size, sizeof size);
  for (const OptionField& field : table.fields) write_default(field, options);
}

void write_checked(finn_options_kind kind, const void* given, const char* name, void* options) {
  const OptionTable& table = option_table(kind);
  const std::string prefix = std::string(name) + ".";
  write_defaults(kind, options);
  core::read_sized(table.layout, prefix, given, options);
  for (const OptionField& field : table.fields) require_field(table, field, prefix, options);
  require_reserved(table, prefix, options);
}

void write_out(finn_options_kind kind, const void* from, void* to, const char* name) {
  require(to, name);
  core::write_sized(option_table(kind).layout, std::string(name) + ".", from, to);
}

}  // namespace finn::capi

extern "C" {

finn_status finn_mixture_options_init(finn_mixture_options* options, uint64_t struct_size) {
  return init(options, struct_size);
}

finn_status finn_mlp_options_init(finn_mlp_options* options, uint64_t struct_size) {
  return init(options, struct_size);
}

finn_status finn_constraint_options_init(finn_constraint_options* options, uint64_t struct_size) {
  return init(options, struct_size);
}

finn_status finn_conditioning_options_init(finn_conditioning_options* options,
                                           uint64_t struct_size) {
  return init(options, struct_size);
}

finn_status finn_training_options_init(finn_training_options* options, uint64_t struct_size) {
  return init(options, struct_size);
}

finn_status finn_chain_options_init(finn_chain_options* options, uint64_t struct_size) {
  return init(options, struct_size);
}

}  // extern "C"
