// The fits of float and double are of the same functions.
#include "ops/kernels/coefficients.hpp"

#include <gtest/gtest.h>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/polynomial.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

template <template <class> class Fit, class T>
double value(double x) {
  T y;
  fitted<Fit<T>>(Pack<T, Scalar<false>, 1>(static_cast<T>(x))).store(&y);
  return static_cast<double>(y);
}

template <template <class> class Fit>
void expect_same_function(double low, double high, double tolerance) {
  for (double x = low; x <= high; x += (high - low) / 64) {
    const double in_float = value<Fit, float>(x), in_double = value<Fit, double>(x);
    EXPECT_NEAR(in_float / in_double, 1, tolerance) << "at " << x;
  }
}

TEST(Coefficients, ofFloatAndDoubleFitTheSameFunctions) {
  expect_same_function<RepeatedErfcRatio1>(-1, 1, 1e-6);
  expect_same_function<RepeatedErfcRatio3>(-1, 1, 1e-6);
  expect_same_function<RepeatedErfcRatio5>(-1, 1, 1e-6);
  expect_same_function<RepeatedErfcRatio7>(-1, 1, 1e-6);
  expect_same_function<ReducedExp>(-0.34, 0.34, 1e-5);
  expect_same_function<ReducedLog>(0, 0.0294, 1e-4);
}

}  // namespace
}  // namespace finn::ops
