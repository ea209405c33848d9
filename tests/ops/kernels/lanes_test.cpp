// Walking along arrays: every element once, nothing beyond the end.
#include "ops/kernels/lanes.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/jet.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {
namespace {

using Set = Scalar<false>;

template <class T>
class Walk : public ::testing::Test {};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Walk, Elements);

// Adds 1 to the first `length` of some more elements by walk(length, body), and looks.
template <class T, class WalkAlong>
void expect_each_once(std::ptrdiff_t length, WalkAlong&& walk) {
  std::vector<T> array(static_cast<std::size_t>(length) + 70, T(0));
  walk(length, [&](const auto& at) {
    auto values = at.load(array.data());
    at.store(values + decltype(values)(T(1)), array.data());
  });
  for (std::ptrdiff_t i = 0; i < std::ssize(array); ++i) {
    ASSERT_EQ(array[static_cast<std::size_t>(i)], i < length ? 1 : 0) << i << " of " << length;
  }
}

TYPED_TEST(Walk, inStripsOrPiecesTakesEveryElementOnce) {
  for (std::ptrdiff_t length = 0; length < 40; ++length) {
    expect_each_once<TypeParam>(
        length, [](std::ptrdiff_t n, auto&& body) { for_each_strip<TypeParam, Set>(n, body); });
    expect_each_once<TypeParam>(
        length, [](std::ptrdiff_t n, auto&& body) { for_each_piece<TypeParam, Set>(n, body); });
  }
}

TYPED_TEST(Walk, inPacksTakesTheLanesOfATile) {
  for (const int lanes :
       {core::kNarrowLanes, core::kPackLanes<TypeParam>, core::kTileLanes<TypeParam>}) {
    expect_each_once<TypeParam>(lanes, [](std::ptrdiff_t n, auto&& body) {
      for_each_pack<TypeParam, Set>(static_cast<int>(n), body);
    });
  }
}

// What repeats cannot trap or be NaN where the elements are not.
TYPED_TEST(Walk, repeatsAnElementInLanesPastTheEnd) {
  using P = Pack<TypeParam, Set, 4>;
  const TypeParam array[] = {1, 2, 3, 4, 5};
  TypeParam lanes[4];
  Lanes<P>{3, 2}.load(array).store(lanes);
  EXPECT_EQ(lanes[0], 4);
  EXPECT_EQ(lanes[1], 5);
  EXPECT_EQ(lanes[2], 4);
  EXPECT_EQ(lanes[3], 4);
}

}  // namespace
}  // namespace finn::ops
