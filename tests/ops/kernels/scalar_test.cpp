// The set of one number per register does what its names say.
#include "ops/kernels/scalar.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace finn::ops {
namespace {

TEST(ScalarSet, fusesProductsAndSumsWhereItSaysSo) {
  const double small = 0x1p-30, c = -1;
  EXPECT_EQ(Scalar<true>::multiply_add(1 + small, 1 - small, c), -0x1p-60);
  EXPECT_EQ(Scalar<false>::multiply_add(1 + small, 1 - small, c), 0);
  EXPECT_EQ(Scalar<true>::multiply_subtract(3.0, 5.0, 7.0), 8);
  EXPECT_EQ(Scalar<false>::subtract_product(3.0F, 5.0F, 7.0F), -8);
}

template <class T>
void expect_format() {
  using F = Format<T>;
  EXPECT_EQ(F::fraction_bits, std::numeric_limits<T>::digits - 1);
  EXPECT_EQ(F::bias, std::numeric_limits<T>::max_exponent - 1);
  EXPECT_EQ(F::smallest, std::numeric_limits<T>::min());
  EXPECT_EQ(F::largest, std::numeric_limits<T>::max());
}

TEST(ScalarSet, knowsTheFormats) {
  expect_format<float>();
  expect_format<double>();
}

TEST(ScalarSet, takesNumbersApartByTheirBits) {
  using Set = Scalar<false>;
  EXPECT_EQ(Set::bit_and(-1.5F, 1.5F), 1.5F);
  EXPECT_EQ(Set::bit_or(1.5, -0.0), -1.5);
  EXPECT_EQ(Set::shift_right(1.0), Set::shift_right(1.75));
}

}  // namespace
}  // namespace finn::ops
