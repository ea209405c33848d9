// sigma_0 alone, on every instruction set: the bits of the sigma family.
#include "ops/kernels/gaussian.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/underflow.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

template <class T>
void expect_bits_of_the_family(T smallest) {
  std::vector<T> x;
  for (int i = -150; i <= 150; ++i) x.push_back(static_cast<T>(i) * T(0.2));
  const auto size = static_cast<std::ptrdiff_t>(x.size());
  test::for_each_instruction_set([&](const InstructionSet& set) {
    std::vector<T> family(3 * x.size()), value(x), slope(x);
    set.kernels<T>().sigma_family(1, 3, x.data(), size, family.data(), size, smallest);
    set.kernels<T>().gaussian(x.data(), size, value.data(), slope.data(), smallest);
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_EQ(value[i], family[x.size() + i]) << "at " << x[i];
      EXPECT_EQ(slope[i], family[2 * x.size() + i]) << "at " << x[i];
    }
  });
}

TEST(GaussianKernel, hasTheBitsOfTheSigmaFamily) {
  expect_bits_of_the_family<float>(std::numeric_limits<float>::min());
  expect_bits_of_the_family<float>(Underflow<float>::factor);
  expect_bits_of_the_family<double>(std::numeric_limits<double>::min());
  expect_bits_of_the_family<double>(Underflow<double>::factor);
}

}  // namespace
}  // namespace finn::ops
