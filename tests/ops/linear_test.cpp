// Linear combinations and sums, on every instruction set.
#include "ops/kernels/linear.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

using test::for_each_instruction_set;

template <class T>
class Linear : public ::testing::Test {
 protected:
  // Of these, products and sums are exact.
  static std::vector<T> integers(std::size_t size, int factor) {
    std::vector<T> values;
    for (std::size_t i = 0; i < size; ++i) {
      values.push_back(static_cast<T>(static_cast<int>(i * 7 % 23) - 11) * static_cast<T>(factor));
    }
    return values;
  }
  static constexpr std::array<std::size_t, 7> kSizes{0, 1, 5, 16, 31, 64, 100};
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Linear, Elements);

TYPED_TEST(Linear, combinationsServeEveryElementAndNoOther) {
  for_each_instruction_set([&](const InstructionSet& set) {
    const auto& table = set.kernels<TypeParam>();
    for (const std::size_t size : this->kSizes) {
      const auto a = this->integers(size, 1), b = this->integers(size, 3);
      std::vector<TypeParam> y(size + 1, 77);
      const auto n = static_cast<std::ptrdiff_t>(size);
      const auto expect = [&](auto reference) {
        for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(y[i], reference(a[i], b[i])) << i;
        EXPECT_EQ(y[size], 77);
      };
      table.combine(2, a.data(), -3, b.data(), n, y.data());
      expect([](TypeParam p, TypeParam q) { return 2 * p - 3 * q; });
      table.add_scaled(5, a.data(), n, y.data());
      expect([](TypeParam p, TypeParam q) { return 7 * p - 3 * q; });
      table.add_constant(-4, n, y.data());
      expect([](TypeParam p, TypeParam q) { return 7 * p - 3 * q - 4; });
      table.scale(6, b.data(), 1, n, y.data());
      expect([](TypeParam, TypeParam q) { return 6 * q + 1; });
    }
  });
}

TYPED_TEST(Linear, sumsAreMadeInDouble) {
  for_each_instruction_set([&](const InstructionSet& set) {
    const auto& table = set.kernels<TypeParam>();
    for (const std::size_t size : this->kSizes) {
      const auto a = this->integers(size, 1), b = this->integers(size, 3);
      double sum = 0, dot = 0;
      for (std::size_t i = 0; i < size; ++i) {
        sum += static_cast<double>(a[i]);
        dot += static_cast<double>(a[i]) * static_cast<double>(b[i]);
      }
      EXPECT_EQ(table.sum(a.data(), static_cast<std::ptrdiff_t>(size)), sum);
      EXPECT_EQ(table.dot(a.data(), b.data(), static_cast<std::ptrdiff_t>(size)), dot);
    }
    const std::vector<TypeParam> large{TypeParam(1e8), 1, TypeParam(-1e8), TypeParam(0.5)};
    EXPECT_EQ(table.sum(large.data(), 4), 1.5);
  });
}

}  // namespace
}  // namespace finn::ops
