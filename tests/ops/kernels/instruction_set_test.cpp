// What every instruction set says of itself.
#include "ops/kernels/instruction_set.hpp"

#include <gtest/gtest.h>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

template <class T>
T product_less_one(const InstructionSet& set, T small) {
  const T a = 1 - small;
  T y = -1;
  set.kernels<T>().add_scaled(1 + small, &a, 1, &y);
  return y;
}

TEST(InstructionSets, roundOnceWhereTheySayThatTheyFuse) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    EXPECT_EQ(product_less_one(set, 0x1p-13F), set.fused ? -0x1p-26F : 0);
    EXPECT_EQ(product_less_one(set, 0x1p-30), set.fused ? -0x1p-60 : 0);
  });
}

}  // namespace
}  // namespace finn::ops
