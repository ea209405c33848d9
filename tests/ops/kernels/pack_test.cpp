// Packs on the set of one number per register: lane by lane, and across lanes.
#include "ops/kernels/pack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/jet.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

template <class T>
class Packs : public ::testing::Test {
 protected:
  using P = Pack<T, Scalar<false>, 4>;

  template <class... Numbers>
  static P pack(Numbers... numbers) {
    const T lanes[] = {static_cast<T>(numbers)...};
    return P::load(lanes);
  }
  static void expect_lanes(const P& a, T first, T second, T third, T fourth) {
    T lanes[4];
    a.store(lanes);
    EXPECT_EQ(lanes[0], first);
    EXPECT_EQ(lanes[1], second);
    EXPECT_EQ(lanes[2], third);
    EXPECT_EQ(lanes[3], fourth);
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Packs, Elements);

TYPED_TEST(Packs, areWholeLinesWhateverTheSet) {
  using Whole = Pack<TypeParam, Scalar<false>>;
  EXPECT_EQ(Whole::kLanes * static_cast<int>(sizeof(TypeParam)), core::kPackBytes);
  EXPECT_EQ((NarrowPack<TypeParam, Scalar<false>>::kLanes), core::kNarrowLanes);
}

TYPED_TEST(Packs, calculateLaneByLane) {
  const auto a = this->pack(1, -2, 3, 0.5), b = this->pack(2, 2, -4, 8);
  this->expect_lanes(a + b, 3, 0, -1, 8.5);
  this->expect_lanes(a - b, -1, -4, 7, -7.5);
  this->expect_lanes(a * b, 2, -4, -12, 4);
  this->expect_lanes(a / b, 0.5, -1, -0.75, 0.0625);
  this->expect_lanes(multiply_add(a, b, a), 3, -6, -9, 4.5);
  this->expect_lanes(minimum(a, b), 1, -2, -4, 0.5);
  this->expect_lanes(maximum(a, b), 2, 2, 3, 8);
  this->expect_lanes(abs(a), 1, 2, 3, 0.5);
  this->expect_lanes(with_sign(abs(a), b), 1, 2, -3, 0.5);
}

TYPED_TEST(Packs, chooseLaneByLane) {
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  const auto a = this->pack(1, 2, nan, 3), b = this->pack(2, 1, 1, 3);
  const auto yes = this->pack(10, 11, 12, 13), no = this->pack(20, 21, 22, 23);
  this->expect_lanes(select_less(a, b, yes, no), 10, 21, 22, 23);
  this->expect_lanes(select_number(a, yes, no), 10, 11, 22, 13);
  EXPECT_TRUE(any_less(this->pack(5, 5, 0, 5), this->pack(1, 1, 1, 1)));
  EXPECT_FALSE(any_less(this->pack(5, 5, 1, 5), this->pack(1, 1, 1, 1)));
}

TYPED_TEST(Packs, takeExponentsAndFractionsApart) {
  const auto a = this->pack(1, 1.5, 0.375, 1024);
  this->expect_lanes(exponent(a), 0, 0, -2, 10);
  this->expect_lanes(fraction(a), 1, 1.5, 1.5, 1);
  this->expect_lanes(two_to_the(this->pack(0, -3, 10, 1)), 1, 0.125, 1024, 2);
}

// i and i + half of the lanes first: the order in which a rounding shows.
TYPED_TEST(Packs, addTheirLanesInATree) {
  const TypeParam large = 1 / std::numeric_limits<TypeParam>::epsilon();
  EXPECT_EQ(lane_sum(this->pack(large, 1, -large, 1)), 2);
  EXPECT_EQ(lane_sum(this->pack(2 * large, -2 * large, 1, 0)), 0);
}

}  // namespace
}  // namespace finn::ops
