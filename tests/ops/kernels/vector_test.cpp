// The arithmetic of every instruction set is that of the processor, number by number.
#include "ops/kernels/vector.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

// Ordinary numbers, infinities, zeros of both signs and subnormal numbers.
template <class T>
std::vector<T> some_numbers() {
  const T infinity = std::numeric_limits<T>::infinity();
  const T tiny = std::numeric_limits<T>::denorm_min(), least = std::numeric_limits<T>::min();
  return {T(1), T(0.1), T(-3), infinity, -infinity, T(0), T(-0.0), tiny, -3 * tiny, least, T(1e30)};
}

template <class T>
void expect_same(T got, T expected) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(got));
  } else {
    EXPECT_EQ(std::memcmp(&got, &expected, sizeof got), 0) << got << " for " << expected;
  }
}

template <class T>
void expect_arithmetic(const InstructionSet& set) {
  const KernelTable<T>& table = set.kernels<T>();
  const std::vector<T> a = some_numbers<T>();
  const auto size = static_cast<std::ptrdiff_t>(a.size());
  for (const T b : a) {
    const std::vector<T> others(a.size(), b);
    std::vector<T> product(a.size()), quotient(a.size());
    table.multiply_add({1, size, size}, a.data(), others.data(), nullptr, product.data());
    table.divide(a.data(), others.data(), size, quotient.data());
    for (std::size_t i = 0; i < a.size(); ++i) {
      expect_same(product[i], a[i] * b);
      expect_same(quotient[i], a[i] / b);
    }
  }
}

template <class T>
void expect_roots(const InstructionSet& set) {
  for (const T x : some_numbers<T>()) {
    T root;
    set.kernels<T>().unary[unary_sqrt](&x, 1, &root);
    expect_same(root, std::sqrt(x));
  }
}

TEST(Registers, multiplyDivideAndTakeRootsAsNumbersDo) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    expect_arithmetic<float>(set);
    expect_arithmetic<double>(set);
    expect_roots<float>(set);
    expect_roots<double>(set);
  });
}

}  // namespace
}  // namespace finn::ops
