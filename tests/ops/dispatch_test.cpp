// CTest runs these again with FINN_SIMD set to each instruction set.
#include "ops/kernels/dispatch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "ops/kernels/table.hpp"

namespace finn::ops {
namespace {

bool processor_has(const std::string& name) {
#if defined(__x86_64__)
  const bool fma = __builtin_cpu_supports("avx") && __builtin_cpu_supports("fma");
  if (name == "sse2") return true;
  if (name == "fma") return fma;
  if (name == "avx2") return fma && __builtin_cpu_supports("avx2");
  if (name == "avx512") {
    return fma && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  }
#elif defined(__aarch64__)
  if (name == "neon") return true;
#endif
  return name == "portable";
}

// The build may have left sets out (FINN_INSTRUCTION_SETS).
bool is_to_be_had(const std::string& name) {
  const auto sets = instruction_sets();
  const bool compiled = std::any_of(sets.begin(), sets.end(),
                                    [&](const InstructionSet& set) { return set.name == name; });
  return compiled && processor_has(name);
}

// The widest set of this processor, or the one that FINN_SIMD names if it is to be had.
std::string expected_name() {
  const char* wanted = std::getenv("FINN_SIMD");
  if (wanted != nullptr && *wanted != '\0') return is_to_be_had(wanted) ? wanted : "portable";
  for (const char* name : {"avx512", "avx2", "neon", "sse2", "fma"}) {
    if (is_to_be_had(name)) return name;
  }
  return "portable";
}

TEST(Dispatch, choosesTheWidestOrTheOneThatTheEnvironmentNames) {
  EXPECT_EQ(active_instruction_set().name, expected_name());
}

TEST(Dispatch, isChosenOnce) {
  EXPECT_EQ(&active_instruction_set(), &active_instruction_set());
  EXPECT_EQ(&kernels<float>(), active_instruction_set().single);
  EXPECT_EQ(&kernels<double>(), active_instruction_set().dual);
}

TEST(Dispatch, knowsWhatTheProcessorHas) {
  std::set<std::string> names;
  for (const InstructionSet& set : instruction_sets()) {
    EXPECT_EQ(set.is_available(), processor_has(set.name)) << set.name;
    names.insert(set.name);
  }
  EXPECT_EQ(names.size(), instruction_sets().size());
  EXPECT_TRUE(names.contains("portable"));
}

// Every pointer of a table is set: it consists of nothing else.
template <class T>
void expect_complete(const KernelTable<T>& table) {
  using Pointer = void (*)();
  static_assert(sizeof(KernelTable<T>) % sizeof(Pointer) == 0);
  const auto* pointers = reinterpret_cast<const Pointer*>(&table);
  for (std::size_t i = 0; i < sizeof(KernelTable<T>) / sizeof(Pointer); ++i) {
    EXPECT_NE(pointers[i], nullptr) << "entry " << i;
  }
}

TEST(Dispatch, everyTableIsComplete) {
  for (const InstructionSet& set : instruction_sets()) {
    SCOPED_TRACE(set.name);
    expect_complete(*set.single);
    expect_complete(*set.dual);
  }
}

}  // namespace
}  // namespace finn::ops
