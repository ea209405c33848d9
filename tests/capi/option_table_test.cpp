// The table of options as a program that lists it sees it.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/option_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

bool is_name(const std::string& text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

TEST(OptionTable, hasEveryStructAndNoOther) {
  for (const finn_options_kind kind : kKinds) EXPECT_GT(finn_option_count(kind), 0);
  EXPECT_EQ(finn_option_count(static_cast<finn_options_kind>(6)), 0);
  EXPECT_EQ(finn_option_count(static_cast<finn_options_kind>(-1)), 0);
}

TEST(OptionTable, saysAllThatThereIsToSay) {
  for (const finn_options_kind kind : kKinds) {
    std::set<std::string> names;
    for (const finn_option& row : rows_of(kind)) {
      SCOPED_TRACE(row.name);
      EXPECT_TRUE(is_name(row.name));
      EXPECT_TRUE(names.insert(row.name).second);
      EXPECT_GT(std::strlen(row.sentence), 10u);
      EXPECT_EQ(row.choices[0] != '\0', row.type == FINN_OPTION_CHOICE);
      for (const std::string& choice : choices_of(row)) EXPECT_TRUE(is_name(choice)) << choice;
      const bool has_limits = row.type != FINN_OPTION_CHOICE && row.type != FINN_OPTION_FLAG;
      EXPECT_EQ(row.least < row.most, has_limits);
      EXPECT_GE(row.least, row.name == std::string("validation_share") ? -1 : 0);
    }
  }
}

TEST(OptionTable, hasTheLimitsOfFinnH) {
  const auto expect_row = [](finn_options_kind kind, const char* name, const char* default_value,
                             double least, bool least_is_excluded, double most,
                             bool most_is_excluded) {
    SCOPED_TRACE(name);
    const finn_option row = row_of(kind, name);
    EXPECT_STREQ(row.default_value, default_value);
    EXPECT_EQ(row.least, least);
    EXPECT_EQ(row.most, most);
    EXPECT_EQ(row.least_is_excluded, least_is_excluded ? 1 : 0);
    EXPECT_EQ(row.most_is_excluded, most_is_excluded ? 1 : 0);
  };
  const double infinity = std::numeric_limits<double>::infinity();
  expect_row(FINN_OPTIONS_MIXTURE, "components", "64", 1, false, 65536, false);
  expect_row(FINN_OPTIONS_MLP, "hidden_layers", "2", 0, false, FINN_MAX_HIDDEN_LAYERS, false);
  expect_row(FINN_OPTIONS_MLP, "widths", "32, 32", 1, false, 65536, false);
  expect_row(FINN_OPTIONS_MLP, "orthants", "1", 1, false, 1 << FINN_MAX_VARIABLES, false);
  expect_row(FINN_OPTIONS_CONSTRAINT, "uniform_share", "0", 0, false, 1, true);
  expect_row(FINN_OPTIONS_CONSTRAINT, "transition_width", "1", 0, true, infinity, false);
  expect_row(FINN_OPTIONS_TRAINING, "decay_factor", "0.5", 0, true, 1, false);
  expect_row(FINN_OPTIONS_CHAIN, "validation_share", "0.1", 0, true, 1, true);
  expect_row(FINN_OPTIONS_CHAIN, "linear_components", "16", 0, false, 1024, false);
  expect_row(FINN_OPTIONS_TRAINING, "seed", "0", 0, false, 0x1p64, false);
}

TEST(OptionTable, givesEachRowItsType) {
  const auto type_of = [](finn_options_kind kind, const char* name) {
    return row_of(kind, name).type;
  };
  EXPECT_EQ(type_of(FINN_OPTIONS_MLP, "widths"), FINN_OPTION_INTEGERS);
  EXPECT_EQ(type_of(FINN_OPTIONS_MLP, "hidden_layers"), FINN_OPTION_INTEGER);
  EXPECT_EQ(type_of(FINN_OPTIONS_MLP, "skip"), FINN_OPTION_FLAG);
  EXPECT_EQ(type_of(FINN_OPTIONS_MLP, "positivity"), FINN_OPTION_CHOICE);
  EXPECT_EQ(type_of(FINN_OPTIONS_TRAINING, "beta1"), FINN_OPTION_NUMBER);
}

TEST(OptionTable, refusesWhatIsNoRow) {
  finn_option row{};
  row.struct_size = sizeof row;
  const finn_options_kind kind = FINN_OPTIONS_MLP;
  const auto unknown = static_cast<finn_options_kind>(6);
  expect_refused({"an unknown kind", FINN_ERROR_ARGUMENT, "kind",
                  [&](finn_error* error) { return finn_option_row(unknown, 0, &row, error); }});
  for (const std::int32_t index : {-1, finn_option_count(kind)}) {
    expect_refused({"no index", FINN_ERROR_ARGUMENT, "index",
                    [&](finn_error* error) { return finn_option_row(kind, index, &row, error); }});
  }
  expect_refused({"NULL", FINN_ERROR_NULL, "option",
                  [&](finn_error* error) { return finn_option_row(kind, 0, nullptr, error); }});
  for (const std::uint64_t size : {std::uint64_t{0}, sizeof row - 8, sizeof row + 8}) {
    row.struct_size = size;
    expect_refused({"a size", FINN_ERROR_SIZE, "struct_size",
                    [&](finn_error* error) { return finn_option_row(kind, 0, &row, error); }});
    EXPECT_EQ(row.name, nullptr);
  }
}

}  // namespace
}  // namespace finn::test
