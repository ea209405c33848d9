// The functions of one number on every instruction set: special values and the ends of the range.
// Errors are measured by tests/accuracy, derivatives checked by elementwise_test.cpp.
#include "ops/kernels/unary_functions.hpp"

#include <gtest/gtest.h>

#include <cfenv>
#include <cmath>
#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/instruction_sets.hpp"

namespace finn::ops {
namespace {

using test::for_each_instruction_set;
using Real = long double;

template <class T>
class UnaryFunctions : public ::testing::Test {
 protected:
  static constexpr T kInfinity = std::numeric_limits<T>::infinity();
  static constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();
  static constexpr T kTiny = std::numeric_limits<T>::denorm_min();
  static constexpr T kLargest = std::numeric_limits<T>::max();

  static T value(const InstructionSet& set, UnaryFunction f, T x) {
    set.kernels<T>().unary[f](&x, 1, &x);
    return x;
  }
  static T derivative(const InstructionSet& set, UnaryFunction f, T x) {
    const T y = value(set, f, x);
    const T adjoint = 1;
    T result = 0;
    set.kernels<T>().unary_transpose[f](&x, &y, &adjoint, 1, &result);
    return result;
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(UnaryFunctions, Elements);

TYPED_TEST(UnaryFunctions, haveTheirSpecialValues) {
  for_each_instruction_set([&](const InstructionSet& set) {
    const auto expect = [&](UnaryFunction f, TypeParam x, TypeParam expected) {
      EXPECT_EQ(this->value(set, f, x), expected) << "function " << f << " at " << x;
    };
    const TypeParam infinity = this->kInfinity;
    expect(unary_exp, 0, 1);
    expect(unary_exp, -infinity, 0);
    expect(unary_exp, infinity, infinity);
    expect(unary_exp, this->kLargest, infinity);
    expect(unary_exp, -this->kLargest, 0);
    expect(unary_log, 1, 0);
    expect(unary_log, 0, -infinity);
    expect(unary_log, infinity, infinity);
    expect(unary_tanh, 0, 0);
    expect(unary_tanh, this->kTiny, this->kTiny);
    expect(unary_tanh, infinity, 1);
    expect(unary_tanh, -this->kLargest, -1);
    expect(unary_softplus, infinity, infinity);
    expect(unary_softplus, this->kLargest, this->kLargest);
    expect(unary_softplus, 1000, 1000);
    expect(unary_softplus, -infinity, 0);
    expect(unary_softplus, -1000, 0);
    expect(unary_abs, -infinity, infinity);
    expect(unary_sqrt, infinity, infinity);
    EXPECT_TRUE(std::isnan(this->value(set, unary_log, -1)));
    EXPECT_TRUE(std::isnan(this->value(set, unary_log, -infinity)));
  });
}

TYPED_TEST(UnaryFunctions, ofNaNAreNaN) {
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int f = 0; f < unary_count; ++f) {
      EXPECT_TRUE(std::isnan(this->value(set, static_cast<UnaryFunction>(f), this->kNaN))) << f;
      EXPECT_TRUE(std::isnan(this->derivative(set, static_cast<UnaryFunction>(f), this->kNaN)))
          << f;
    }
  });
}

TYPED_TEST(UnaryFunctions, haveSlopesThatKeepTheirRelativeAccuracy) {
  const Real epsilon = std::numeric_limits<TypeParam>::epsilon();
  for_each_instruction_set([&](const InstructionSet& set) {
    for (const double at : {-80.0, -40.0, -3.0, -0.01, 0.01, 3.0, 40.0, 80.0}) {
      const auto x = static_cast<TypeParam>(at);
      const Real expected = 1 / (1 + std::exp(-Real(x)));
      EXPECT_TRUE(
          test::is_near(this->derivative(set, unary_softplus, x), expected, 2 * epsilon * expected))
          << x;
    }
    EXPECT_EQ(this->derivative(set, unary_abs, 0), 0);
    EXPECT_EQ(this->derivative(set, unary_abs, 2), 1);
    EXPECT_EQ(this->derivative(set, unary_abs, -2), -1);
  });
}

TYPED_TEST(UnaryFunctions, ofSubnormalNumbersAndResults) {
  for_each_instruction_set([&](const InstructionSet& set) {
    const auto near = [&](UnaryFunction f, TypeParam x, Real expected) {
      const Real allowed =
          std::max(Real(this->kTiny),
                   std::fabs(expected) * 2 * Real(std::numeric_limits<TypeParam>::epsilon()));
      EXPECT_TRUE(test::is_near(this->value(set, f, x), expected, allowed)) << f << " at " << x;
    };
    const TypeParam deep = sizeof(TypeParam) == 4 ? TypeParam(-95) : TypeParam(-730);
    near(unary_exp, deep, 0);
    near(unary_softplus, deep, 0);
    near(unary_log, this->kTiny, std::log(Real(this->kTiny)));
    near(unary_log, 3 * this->kTiny, std::log(Real(3 * this->kTiny)));
    near(unary_exp, this->kTiny, 1);
  });
}

TYPED_TEST(UnaryFunctions, raiseNoFlagsButInexactAndUnderflow) {
  for_each_instruction_set([&](const InstructionSet& set) {
    for (const UnaryFunction f : {unary_exp, unary_tanh, unary_softplus, unary_abs}) {
      for (const TypeParam x : {-this->kInfinity, TypeParam(-1e30), TypeParam(-3), TypeParam(0),
                                TypeParam(0.1), TypeParam(80), this->kNaN}) {
        std::feclearexcept(FE_ALL_EXCEPT);
        this->derivative(set, f, x);
        EXPECT_EQ(std::fetestexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW), 0)
            << f << " at " << x;
      }
    }
  });
  std::feclearexcept(FE_ALL_EXCEPT);
}

}  // namespace
}  // namespace finn::ops
