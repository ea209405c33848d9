#include "capi/option_table.hpp"

#include <algorithm>
#include <string_view>
#include <type_traits>

#include "core/error.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/training/training_options.hpp"

namespace finn::capi {
namespace {

template <class Field>
constexpr FieldType type_of_field() {
  if constexpr (std::is_array_v<Field>) {
    static_assert(std::is_same_v<std::remove_extent_t<Field>, std::int32_t>);
    return FieldType::int32s;
  } else if constexpr (std::is_same_v<Field, double>) {
    return FieldType::number;
  } else if constexpr (std::is_same_v<Field, std::uint64_t>) {
    return FieldType::uint64;
  } else if constexpr (std::is_same_v<Field, std::int64_t>) {
    return FieldType::int64;
  } else {
    static_assert(std::is_enum_v<Field> || std::is_same_v<Field, std::int32_t>);
    static_assert(sizeof(Field) == sizeof(std::int32_t));
    return FieldType::int32;
  }
}

// An entry of the lists of finn/, with the field of the same name in a struct of finn.h.
#define FINN_FIELD(Options, name, row, applies_to, sentence)                         \
  OptionField{(row).described(#name, applies_to, sentence), offsetof(Options, name), \
              type_of_field<decltype(Options::name)>(), sizeof(Options::name)},

#define FINN_MIXTURE_OWN_FIELD(...) FINN_FIELD(finn_mixture_options, __VA_ARGS__)
#define FINN_MIXTURE_FIELD(path, ...) FINN_MIXTURE_OWN_FIELD(__VA_ARGS__)
constexpr OptionField kMixture[] = {
    FINN_MIXTURE_OPTIONS(FINN_MIXTURE_FIELD, FINN_MIXTURE_OWN_FIELD)};
#undef FINN_MIXTURE_FIELD
#undef FINN_MIXTURE_OWN_FIELD

#define FINN_MLP_OWN_FIELD(...) FINN_FIELD(finn_mlp_options, __VA_ARGS__)
#define FINN_MLP_FIELD(path, ...) FINN_MLP_OWN_FIELD(__VA_ARGS__)
constexpr OptionField kMlp[] = {FINN_MLP_OPTIONS(FINN_MLP_FIELD, FINN_MLP_OWN_FIELD)};
#undef FINN_MLP_FIELD
#undef FINN_MLP_OWN_FIELD

#define FINN_CONSTRAINT_FIELD(path, ...) FINN_FIELD(finn_constraint_options, __VA_ARGS__)
constexpr OptionField kConstraint[] = {FINN_CONSTRAINT_OPTIONS(FINN_CONSTRAINT_FIELD)};
#undef FINN_CONSTRAINT_FIELD

#define FINN_CONDITIONING_FIELD(path, ...) FINN_FIELD(finn_conditioning_options, __VA_ARGS__)
constexpr OptionField kConditioning[] = {FINN_CONDITIONING_OPTIONS(FINN_CONDITIONING_FIELD)};
#undef FINN_CONDITIONING_FIELD

#define FINN_TRAINING_FIELD(path, ...) FINN_FIELD(finn_training_options, __VA_ARGS__)
constexpr OptionField kTraining[] = {FINN_TRAINING_OPTIONS(FINN_TRAINING_FIELD)};
#undef FINN_TRAINING_FIELD

#define FINN_CHAIN_FIELD(path, ...) FINN_FIELD(finn_chain_options, __VA_ARGS__)
constexpr OptionField kChain[] = {FINN_CHAIN_OPTIONS(FINN_CHAIN_FIELD)};
#undef FINN_CHAIN_FIELD

#undef FINN_FIELD

// As no version has been released, the first size of a struct is the one that it has now. From then
// on it is a number that stays while the struct grows.
#define FINN_LAYOUT(Options) \
  { #Options, sizeof(Options), sizeof(Options) }
constexpr OptionTable kTables[] = {
    {FINN_OPTIONS_MIXTURE, FINN_LAYOUT(finn_mixture_options),
     offsetof(finn_mixture_options, reserved), kMixture},
    {FINN_OPTIONS_MLP, FINN_LAYOUT(finn_mlp_options), offsetof(finn_mlp_options, reserved), kMlp},
    {FINN_OPTIONS_CONSTRAINT, FINN_LAYOUT(finn_constraint_options), 0, kConstraint},
    {FINN_OPTIONS_CONDITIONING, FINN_LAYOUT(finn_conditioning_options),
     offsetof(finn_conditioning_options, reserved), kConditioning},
    {FINN_OPTIONS_TRAINING, FINN_LAYOUT(finn_training_options), 0, kTraining},
    {FINN_OPTIONS_CHAIN, FINN_LAYOUT(finn_chain_options), offsetof(finn_chain_options, reserved),
     kChain}};
#undef FINN_LAYOUT

// Whether the fields, one after the other, fill the struct behind struct_size: each has its row, in
// the order of the header, and there is no room that compilers could fill in different ways.
constexpr bool covers_struct(const OptionTable& table) {
  std::size_t at = sizeof(std::uint64_t);
  for (const OptionField& field : table.fields) {
    if (field.offset != at) return false;
    at += field.size;
  }
  if (table.reserved == at) at += sizeof(std::int32_t);
  return table.layout.size == at && at % alignof(double) == 0;
}
static_assert(std::all_of(std::begin(kTables), std::end(kTables), covers_struct));

// Kinds are indices.
static_assert([] {
  for (std::size_t k = 0; k < std::size(kTables); ++k) {
    if (static_cast<std::size_t>(kTables[k].kind) != k) return false;
  }
  return true;
}());

}  // namespace

const OptionTable& option_table(finn_options_kind kind) {
  const auto index = static_cast<std::int64_t>(kind);
  if (index < 0 || index >= std::ssize(kTables)) {
    core::fail(core::Status::ERROR_ARGUMENT, "kind: %lld given, 0 .. %td expected",
               static_cast<long long>(index), std::ssize(kTables) - 1);
  }
  return kTables[index];
}

const OptionField* find_option(const OptionTable& table, std::string_view name) {
  const auto found = std::find_if(table.fields.begin(), table.fields.end(),
                                  [&](const OptionField& field) { return name == field.row.name; });
  return found == table.fields.end() ? nullptr : &*found;
}

}  // namespace finn::capi
