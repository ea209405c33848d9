// Columns of a CSV file as a caller chooses them.
#pragma once

#include <cstdint>

#include "capi/check.hpp"
#include "finn/data/column_choice.hpp"

namespace finn::capi {

// chosen [count], which may be NULL for a count of 0.
inline net::ColumnChoice checked_columns(const char* const* chosen, std::int32_t count) {
  constexpr std::int32_t most = 1 << 20;
  require_range(count, 0, most, "chosen_count");
  if (count > 0) require(chosen, "chosen");
  net::ColumnChoice choice;
  for (std::int32_t i = 0; i < count; ++i) {
    require(chosen[i], "chosen");
    choice.emplace_back(chosen[i]);
  }
  return choice;
}

}  // namespace finn::capi
