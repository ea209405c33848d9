// exp on packs: against the C library, and its ends. Errors are measured by tests/accuracy.
#include "ops/kernels/exp.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

template <class T>
T exp_of(T x) {
  T y;
  exp(Pack<T, Scalar<false>, 1>(x)).store(&y);
  return y;
}

template <class T>
void expect_near_the_library(double low, double high, double roundoffs) {
  for (double x = low; x <= high; x += (high - low) / 997) {
    const T argument = static_cast<T>(x);
    const double expected = std::exp(static_cast<double>(argument));
    EXPECT_NEAR(static_cast<double>(exp_of(argument)) / expected, 1,
                roundoffs * static_cast<double>(std::numeric_limits<T>::epsilon()))
        << "at " << x;
  }
}

TEST(Exponential, agreesWithTheLibrary) {
  expect_near_the_library<float>(-87, 88, 1);
  expect_near_the_library<double>(-708, 709, 1.5);
}

template <class T>
void expect_ends() {
  const T infinity = std::numeric_limits<T>::infinity();
  EXPECT_EQ(exp_of(T(0)), 1);
  EXPECT_EQ(exp_of(infinity), infinity);
  EXPECT_EQ(exp_of(-infinity), 0);
  EXPECT_TRUE(std::isnan(exp_of(std::numeric_limits<T>::quiet_NaN())));
}

TEST(Exponential, hasItsEnds) {
  expect_ends<float>();
  expect_ends<double>();
}

TEST(Exponential, knowsPowersOfTwo) {
  EXPECT_EQ(exact_power_of_two<float>(-126), 0x1p-126F);
  EXPECT_EQ(exact_power_of_two<double>(10), 1024);
}

}  // namespace
}  // namespace finn::ops
