// Sums and products that keep what rounding loses, with and without a fused multiply-add.
#include "ops/kernels/compensated.hpp"

#include <gtest/gtest.h>

#include "core/random.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

template <class Set>
class CompensatedNumbers : public ::testing::Test {
 protected:
  using Number = Pack<float, Set, 1>;  // what is exact in two floats is a double

  static double number(const Number& a) {
    float lane;
    a.store(&lane);
    return static_cast<double>(lane);
  }
  static double number(const Compensated<Number>& a) { return number(a.high) + number(a.low); }
  float draw() { return static_cast<float>(random_.uniform(-2, 2)); }

  core::Random random_{11};
};
using Sets = ::testing::Types<Scalar<false>, Scalar<true>>;
TYPED_TEST_SUITE(CompensatedNumbers, Sets);

TYPED_TEST(CompensatedNumbers, holdASumOrAProductExactly) {
  using P = typename TestFixture::Number;
  for (int i = 0; i < 1000; ++i) {
    const float a = this->draw(), b = this->draw();
    const double x = static_cast<double>(a), y = static_cast<double>(b);
    EXPECT_EQ(this->number(exact_sum(P(a), P(b))), x + y);
    const P product = P(a) * P(b);
    EXPECT_EQ(this->number(product) + this->number(product_low(P(a), P(b), product)), x * y);
  }
}

TYPED_TEST(CompensatedNumbers, multiplyAndDivideToTwiceThePrecision) {
  using P = typename TestFixture::Number;
  const Compensated<P> a{P(1.25F), P(0x1p-26F)}, b{P(0.75F), P(-0x1p-27F)};
  const double x = this->number(a), y = this->number(b);
  EXPECT_NEAR(this->number(multiply(a, b)), x * y, 0x1p-44);
  EXPECT_NEAR(this->number(divide(a, b)), x / y, 0x1p-44);
  EXPECT_NEAR(this->number(residual(P(1.1F), P(0.9F), P(1.0F))),
              1 - static_cast<double>(1.1F) * static_cast<double>(0.9F), 0x1p-30);
}

}  // namespace
}  // namespace finn::ops
