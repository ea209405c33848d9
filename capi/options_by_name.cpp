// The functions of finn.h that list the options of a struct and set and read them by name.
#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/option_table.hpp"
#include "core/error.hpp"
#include "core/option.hpp"
#include "core/sized_struct.hpp"

namespace {

using finn::capi::FieldType;
using finn::capi::load_field;
using finn::capi::OptionField;
using finn::capi::OptionTable;
using finn::capi::store_field;
using finn::core::fail;
using finn::core::OptionRow;
using finn::core::OptionType;
using finn::core::Status;

// As no version has been released, the first size is the one that the struct has now.
constexpr finn::core::SizedStruct kOption = {"finn_option", sizeof(finn_option),
                                             sizeof(finn_option)};

// How many letters have to be put in, left out or replaced to make one word of the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

const char* nearest_name(const OptionTable& table, std::string_view name) {
  // What is much longer than any option is near to none, and not worth the time of a long text.
  const std::string_view beginning = name.substr(0, 64);
  const auto nearer = [&](const OptionField& a, const OptionField& b) {
    return edit_distance(beginning, a.row.name) < edit_distance(beginning, b.row.name);
  };
  return std::min_element(table.fields.begin(), table.fields.end(), nearer)->row.name;
}

// The option of this name in a struct that has it.
const OptionField& require_option(const OptionTable& table, const void* options, const char* name) {
  finn::capi::require(name, "name");
  finn::capi::require(options, "options");
  const std::size_t size = finn::core::require_size(table.layout, "options.", options);
  const OptionField* field = finn::capi::find_option(table, name);
  if (field == nullptr) {
    fail(Status::ERROR_ARGUMENT, "name: %s given, an option of %s expected; the nearest is \"%s\"",
         finn::core::in_quotes(name).c_str(), table.layout.name, nearest_name(table, name));
  }
  if (field->offset + field->size > size) {
    fail(Status::ERROR_SIZE, "options.struct_size: %zu given, that of a struct with %s expected",
         size, name);
  }
  return *field;
}

// The field that holds how many of the integers of an array are used.
const OptionField& count_of(const OptionTable& table, const OptionField& field) {
  return *finn::capi::find_option(table, field.row.counted_by);
}

void set_integers(const OptionTable& table, const OptionField& field, void* options,
                  std::string_view text) {
  std::vector<std::int32_t> values;
  finn::core::visit_parts(text, [&](std::string_view part) {
    values.push_back(static_cast<std::int32_t>(finn::core::read_integer(field.row, "", part)));
  });
  const std::size_t most = field.size / sizeof(std::int32_t);
  if (values.size() > most) {
    fail(Status::ERROR_SIZE, "%s: %zu integers given, at most %zu expected", field.row.name,
         values.size(), most);
  }
  for (std::size_t i = 0; i < values.size(); ++i) store_field(options, field, values[i], i);
  store_field(options, count_of(table, field), static_cast<std::int32_t>(values.size()));
}

void set_field(const OptionTable& table, const OptionField& field, void* options,
               std::string_view text) {
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
      return set_integers(table, field, options, text);
  }
}

std::string integers_text(const OptionTable& table, const OptionField& field, const void* options) {
  const OptionField& counter = count_of(table, field);
  const auto count = load_field<std::int32_t>(options, counter);
  finn::core::require_integer(counter.row, "options.", count);
  std::string text;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(load_field<std::int32_t>(options, field, i));
  }
  return text;
}

std::string field_text(const OptionTable& table, const OptionField& field, const void* options) {
  switch (field.type) {
    case FieldType::int32:
      return finn::core::integer_text(field.row, load_field<std::int32_t>(options, field));
    case FieldType::int64:
      return std::to_string(load_field<std::int64_t>(options, field));
    case FieldType::uint64:
      return std::to_string(load_field<std::uint64_t>(options, field));
    case FieldType::number:
      return finn::core::number_text(load_field<double>(options, field));
    case FieldType::int32s:
      return integers_text(table, field, options);
  }
  return "";
}

// The row as finn.h gives it, whole.
finn_option option_of(const OptionRow& row) {
  finn_option option{};
  option.struct_size = sizeof option;
  option.name = row.name;
  option.default_value = row.default_value;
  option.choices = row.choices;
  option.applies_to = row.applies_to;
  option.sentence = row.sentence;
  if (row.type != OptionType::flag && row.type != OptionType::choice) {
    option.least = row.least;
    option.most = row.most;
  }
  option.type = static_cast<finn_option_type>(row.type);
  option.least_is_excluded = row.least_is_excluded ? 1 : 0;
  option.most_is_excluded = row.most_is_excluded ? 1 : 0;
  return option;
}

}  // namespace

extern "C" {

int32_t finn_option_count(finn_options_kind kind) {
  std::size_t count = 0;
  const finn_status status =
      finn::capi::call(nullptr, [&] { count = finn::capi::option_table(kind).fields.size(); });
  return status == FINN_OK ? static_cast<int32_t>(count) : 0;
}

finn_status finn_option_row(finn_options_kind kind, int32_t index, finn_option* option,
                            finn_error* error) {
  return finn::capi::call(error, [&] {
    const OptionTable& table = finn::capi::option_table(kind);
    finn::capi::require(option, "option");
    finn::capi::require_range(index, 0, std::ssize(table.fields) - 1, "index");
    const finn_option whole = option_of(table.fields[static_cast<std::size_t>(index)].row);
    finn::core::write_sized(kOption, "option.", &whole, option);
  });
}

finn_status finn_option_set(finn_options_kind kind, void* options, const char* name,
                            const char* value, finn_error* error) {
  return finn::capi::call(error, [&] {
    const OptionTable& table = finn::capi::option_table(kind);
    const OptionField& field = require_option(table, options, name);
    finn::capi::require(value, "value");
    set_field(table, field, options, value);
  });
}

finn_status finn_option_get(finn_options_kind kind, const void* options, const char* name,
                            char* value, int64_t capacity, int64_t* size, finn_error* error) {
  return finn::capi::call(error, [&] {
    const OptionTable& table = finn::capi::option_table(kind);
    const std::string text = field_text(table, require_option(table, options, name), options);
    const auto needed = static_cast<std::int64_t>(text.size()) + 1;
    if (value != nullptr && capacity < needed) {
      fail(Status::ERROR_SIZE, "capacity: %lld given, at least %lld expected",
           static_cast<long long>(capacity), static_cast<long long>(needed));
    }
    if (value != nullptr) std::memcpy(value, text.c_str(), static_cast<std::size_t>(needed));
    if (size != nullptr) *size = needed;
  });
}

}  // extern "C"
