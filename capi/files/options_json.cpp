#include "capi/files/options_json.hpp"

#include <string>
#include <vector>

#include "capi/files/part_json.hpp"
#include "capi/option_table.hpp"
#include "core/error.hpp"
#include "core/option.hpp"

namespace finn::capi {
namespace {

using core::OptionType;

// An integer of 32 or 64 bits, whatever its sign.
std::int64_t load_integer(const void* options, const OptionField& field) {
  return field.type == FieldType::int32 ? load_field<std::int32_t>(options, field)
                                        : load_field<std::int64_t>(options, field);
}

std::int32_t count_of(const OptionTable& table, const OptionField& field, const void* options) {
  return load_field<std::int32_t>(options, *find_option(table, field.row.counted_by));
}

void write_integers(core::JsonWriter& json, const OptionTable& table, const OptionField& field,
                    const void* options) {
  std::vector<std::int64_t> values;
  const auto count = static_cast<std::size_t>(count_of(table, field, options));
  for (std::size_t i = 0; i < count; ++i) {
    values.push_back(load_field<std::int32_t>(options, field, i));
  }
  json.integers(values);
}

void write_value(core::JsonWriter& json, const OptionTable& table, const OptionField& field,
                 const void* options) {
  switch (field.row.type) {
    case OptionType::flag:
      return json.boolean(load_integer(options, field) != 0);
    case OptionType::choice:
      return json.string(core::integer_text(field.row, load_integer(options, field)));
    case OptionType::number:
      return json.number(load_field<double>(options, field));
    case OptionType::integers:
      return write_integers(json, table, field, options);
    case OptionType::integer:
      if (field.type == FieldType::uint64) {
        return json.unsigned_integer(load_field<std::uint64_t>(options, field));
      }
      return json.integer(load_integer(options, field));
  }
}

void store_integer(void* options, const OptionField& field, std::int64_t value) {
  core::require_integer(field.row, "options.", value);
  if (field.type == FieldType::int32) {
    return store_field(options, field, static_cast<std::int32_t>(value));
  }
  store_field(options, field, value);
}

void read_integers(core::JsonReader& json, const OptionTable& table, const OptionField& field,
                   void* options) {
  const std::vector<std::int64_t> values = json.integers(field.size / sizeof(std::int32_t));
  for (std::size_t i = 0; i < values.size(); ++i) {
    core::require_integer(field.row, "options.", values[i]);
    store_field(options, field, static_cast<std::int32_t>(values[i]), i);
  }
  store_field(options, *find_option(table, field.row.counted_by),
              static_cast<std::int32_t>(values.size()));
}

void read_value(core::JsonReader& json, const OptionTable& table, const OptionField& field,
                void* options) {
  switch (field.row.type) {
    case OptionType::flag:
      return store_integer(options, field, json.boolean() ? 1 : 0);
    case OptionType::choice:
      return store_integer(options, field,
                           core::read_integer(field.row, "options.", json.string()));
    case OptionType::number: {
      const double value = json.number();
      core::require_number(field.row, "options.", value);
      return store_field(options, field, value);
    }
    case OptionType::integers:
      return read_integers(json, table, field, options);
    case OptionType::integer:
      if (field.type == FieldType::uint64) {
        return store_field(options, field, json.unsigned_integer());
      }
      return store_integer(options, field, json.integer());
  }
}

// The number of the integers of another option follows from these.
bool is_counter(const OptionTable& table, const OptionField& field) {
  for (const OptionField& other : table.fields) {
    if (std::string_view(other.row.counted_by) == field.row.name) return true;
  }
  return false;
}

}  // namespace

void write_options(core::JsonWriter& json, finn_options_kind kind, const void* options) {
  const OptionTable& table = option_table(kind);
  json.object([&] {
    for (const OptionField& field : table.fields) {
      if (is_counter(table, field)) continue;
      json.key(field.row.name);
      write_value(json, table, field, options);
    }
  });
}

void read_options(core::JsonReader& json, finn_options_kind kind, void* options) {
  const OptionTable& table = option_table(kind);
  json.object([&](std::string_view key) {
    const OptionField* field = find_option(table, key);
    if (field == nullptr || is_counter(table, *field)) {
      json.fail_unknown(key, "an option of docs/OPTIONS.md");
    }
    as_format(table.layout.name, [&] { read_value(json, table, *field, options); });
  });
}

}  // namespace finn::capi
