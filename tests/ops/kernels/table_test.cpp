// The tables: every set fills every entry.
#include "ops/kernels/table.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

// A table is nothing but pointers to functions.
template <class T>
std::size_t empty_entries(const KernelTable<T>& table) {
  std::vector<std::uintptr_t> entries(sizeof table / sizeof(std::uintptr_t));
  std::memcpy(entries.data(), &table, sizeof table);
  std::size_t empty = 0;
  for (const std::uintptr_t entry : entries) empty += entry == 0 ? 1 : 0;
  return empty;
}

TEST(KernelTables, haveNoEmptyEntry) {
  for (const InstructionSet& set : instruction_sets()) {
    EXPECT_EQ(empty_entries(set.kernels<float>()), 0) << set.name;
    EXPECT_EQ(empty_entries(set.kernels<double>()), 0) << set.name;
  }
}

TEST(KernelTables, inUseIsThatOfTheActiveSet) {
  EXPECT_EQ(&kernels<float>(), &active_instruction_set().kernels<float>());
  EXPECT_EQ(&kernels<double>(), &active_instruction_set().kernels<double>());
}

}  // namespace
}  // namespace finn::ops
