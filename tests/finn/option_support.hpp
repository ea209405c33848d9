// What holds of every list of options.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/option.hpp"

namespace finn::test {

// A row without a default that it allows, or that counts by an option that is not in the list.
inline void expect_sound(const std::vector<core::OptionRow>& rows) {
  using core::OptionType;
  std::set<std::string> names;
  for (const core::OptionRow& row : rows) {
    SCOPED_TRACE(row.name);
    const std::string text = row.default_value;
    EXPECT_TRUE(names.insert(row.name).second) << "twice";
    EXPECT_FALSE(std::string_view(row.sentence).empty());
    if (row.type == OptionType::number) {
      EXPECT_EQ(core::number_text(core::read_number(row, "", text)), text);
    } else if (row.type == OptionType::integers) {
      EXPECT_TRUE(names.contains(row.counted_by));
      core::visit_parts(text, [&](std::string_view part) { core::read_integer(row, "", part); });
    } else {
      EXPECT_EQ(core::integer_text(row, core::read_integer(row, "", text)), text);
    }
  }
}

}  // namespace finn::test
