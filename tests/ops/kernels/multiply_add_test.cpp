// Rows that share one, on every instruction set: integers, of which products and sums are exact.
#include "ops/kernels/multiply_add.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

template <class T>
class MultiplyAdd : public ::testing::Test {
 protected:
  static std::vector<T> integers(std::ptrdiff_t size, int factor) {
    std::vector<T> values;
    for (std::ptrdiff_t i = 0; i < size; ++i) values.push_back(static_cast<T>(i * factor % 13 - 6));
    return values;
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(MultiplyAdd, Elements);

constexpr std::ptrdiff_t kSummedRows = 3;

TYPED_TEST(MultiplyAdd, leavesWhatLiesBetweenRowsAlone) {
  test::for_each_instruction_set([&](const InstructionSet& set) {
    for (const std::ptrdiff_t length : {1, 4, 5, 16, 37}) {
      const RowShape shape{kSummedRows, length + 2, length};
      const auto a = this->integers(kSummedRows * shape.stride, 5), b = this->integers(length, 7),
                 c = this->integers(kSummedRows * shape.stride, 3);
      std::vector<TypeParam> with(a.size(), -99), without(a.size(), -99);
      const KernelTable<TypeParam>& table = set.kernels<TypeParam>();
      table.multiply_add(shape, a.data(), b.data(), c.data(), with.data());
      table.multiply_add(shape, a.data(), b.data(), nullptr, without.data());
      for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t column = i % static_cast<std::size_t>(shape.stride);
        const bool inside = column < b.size();
        EXPECT_EQ(without[i], inside ? a[i] * b[column] : -99);
        EXPECT_EQ(with[i], inside ? a[i] * b[column] + c[i] : -99);
      }
    }
  });
}

TYPED_TEST(MultiplyAdd, addsEveryRowToTheAdjointOfTheSharedOne) {
  test::for_each_instruction_set([&](const InstructionSet& set) {
    const std::ptrdiff_t length = 21, size = kSummedRows * length;
    const auto a = this->integers(size, 5), b = this->integers(length, 7),
               above = this->integers(size, 3);
    std::vector<TypeParam> of_a(a.size(), 1), of_b(b.size(), 1), of_c(a.size(), 1);
    set.kernels<TypeParam>().multiply_add_transpose({kSummedRows, length, length}, a.data(),
                                                    b.data(), above.data(), of_a.data(),
                                                    of_b.data(), of_c.data());
    for (std::size_t column = 0; column < b.size(); ++column) {
      TypeParam sum(1);
      for (std::size_t i = column; i < a.size(); i += b.size()) {
        sum += above[i] * a[i];
        EXPECT_EQ(of_a[i], 1 + above[i] * b[column]);
        EXPECT_EQ(of_c[i], 1 + above[i]);
      }
      EXPECT_EQ(of_b[column], sum);
    }
  });
}

}  // namespace
}  // namespace finn::ops
