// Polynomials against their terms.
#include "ops/kernels/polynomial.hpp"

#include <gtest/gtest.h>

#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using OneLane = Pack<double, Scalar<false>, 1>;
constexpr double kCoefficients[] = {1, 2, 3, 4, 5, 6};

double only_lane(const OneLane& a) {
  double lane;
  a.store(&lane);
  return lane;
}

TEST(Polynomials, startAtTheirFirstCoefficient) {
  const double* c = kCoefficients;
  EXPECT_EQ(only_lane(polynomial<0, 5>(c, OneLane(2.0))), 1 + 4 + 12 + 32 + 80 + 192);
  EXPECT_EQ(only_lane(polynomial<2, 5>(c, OneLane(2.0))), 3 + 8 + 20 + 48);
  EXPECT_EQ(only_lane(polynomial<0, 1>(c, OneLane(-3.0))), -5);
}

TEST(Polynomials, takeEverySecondCoefficient) {
  const double* c = kCoefficients;
  EXPECT_EQ(only_lane(horner<0, 4, 2>(c, OneLane(2.0))), 1 + 6 + 20);
  EXPECT_EQ(only_lane(horner<1, 5, 2>(c, OneLane(2.0))), 2 + 8 + 24);
  EXPECT_EQ(only_lane(horner<1, 4, 2>(c, OneLane(2.0))), 2 + 8) << "the last is left out";
}

}  // namespace
}  // namespace finn::ops
