// CTest runs all of test_ops again with FINN_SIMD=portable and FINN_SIMD=avx2.
#include "ops/kernels/table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace finn::ops {
namespace {

bool processor_has(const std::string& name) {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (name == "avx2") return avx2;
  if (name == "avx512") {
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
  }
#endif
  return name == "portable";
}

// The widest set of this processor, or the one that FINN_SIMD names if the processor has it.
std::string expected_name() {
  const char* wanted = std::getenv("FINN_SIMD");
  if (wanted != nullptr) return processor_has(wanted) ? wanted : "portable";
  if (processor_has("avx512")) return "avx512";
  return processor_has("avx2") ? "avx2" : "portable";
}

TEST(Table, isTheWidestOrTheOneThatTheEnvironmentNames) {
  EXPECT_EQ(kernels<float>().name, expected_name());
  EXPECT_EQ(kernels<double>().name, expected_name());
}

TEST(Table, isChosenOnce) {
  EXPECT_EQ(&kernels<float>(), &kernels<float>());
  EXPECT_EQ(&kernels<double>(), &kernels<double>());
}

template <class T>
void expect_complete(const KernelTable<T>& table) {
  for (int n = 0; n <= core::kMaxVariables; ++n) {
    EXPECT_NE(table.compose[n], nullptr) << n;
    EXPECT_NE(table.add_product[n], nullptr) << n;
    EXPECT_NE(table.add_correlation[n], nullptr) << n;
  }
}

TEST(Table, hasAKernelForEveryNumberOfVariables) {
  expect_complete(kernels<float>());
  expect_complete(kernels<double>());
}

}  // namespace
}  // namespace finn::ops
