#include "finn/chains/chain_options.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/option.hpp"
#include "tests/finn/option_support.hpp"

namespace finn::net {
namespace {

#define FINN_CHAIN_ROW(path, name, row, applies_to, sentence) \
  (row).described(#name, applies_to, sentence),

const std::vector<core::OptionRow> kChainRows = {FINN_CHAIN_OPTIONS(FINN_CHAIN_ROW)};

#undef FINN_CHAIN_ROW

TEST(ChainOptions, haveDefaultsThatTheyAllow) { test::expect_sound(kChainRows); }

std::string default_of(const std::string& name) {
  for (const core::OptionRow& row : kChainRows) {
    if (row.name == name) return row.default_value;
  }
  return "";
}

TEST(ChainOptions, beginWithTheDefaultsOfTheirList) {
  const ChainOptions options;
  EXPECT_EQ(default_of("steps"), std::to_string(options.steps));
  EXPECT_EQ(default_of("batch"), std::to_string(options.batch));
  EXPECT_EQ(default_of("learning_rate"), core::number_text(options.learning_rate));
  EXPECT_EQ(default_of("validation_share"), core::number_text(options.validation_share));
  EXPECT_EQ(default_of("seed"), std::to_string(options.seed));
  EXPECT_EQ(default_of("components"), std::to_string(options.components));
  EXPECT_EQ(default_of("normals_per_axis"), std::to_string(options.normals_per_axis));
  EXPECT_EQ(default_of("linear_components"), std::to_string(options.linear_components));
  EXPECT_EQ(default_of("hidden_layers"), std::to_string(options.widths.size()));
  EXPECT_EQ(default_of("widths"), "64, 64");
  EXPECT_EQ(options.widths, (std::vector{64, 64}));
  EXPECT_EQ(default_of("precision"), "float64");
  EXPECT_EQ(options.precision, ChainPrecision::float64);
}

}  // namespace
}  // namespace finn::net
