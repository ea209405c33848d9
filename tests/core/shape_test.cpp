#include "core/shape.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"

namespace finn::core {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

// The status with which body() fails; OK when it does not.
template <class Body>
Status status_of(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.status();
  }
  return Status::OK;
}

Status status_of_product(std::int64_t a, std::int64_t b) {
  return status_of([=] { checked_product(a, b); });
}

TEST(CheckedProduct, multipliesUpToTheLargestSize) {
  EXPECT_EQ(checked_product(6, 7), 42);
  EXPECT_EQ(checked_product(0, kLargest), 0);
  EXPECT_EQ(checked_product(kLargest, 1), kLargest);
  EXPECT_EQ(checked_product(kLargest / 8, 8), kLargest - 7);
}

TEST(CheckedProduct, refusesOverflow) {
  EXPECT_EQ(status_of_product(kLargest / 8 + 1, 8), Status::ERROR_SIZE);
  EXPECT_EQ(status_of_product(kLargest, kLargest), Status::ERROR_SIZE);
  EXPECT_EQ(status_of_product(std::int64_t{1} << 32, std::int64_t{1} << 32), Status::ERROR_SIZE);
}

TEST(CheckedProduct, refusesNegativeFactors) {
  EXPECT_EQ(status_of_product(-1, 3), Status::ERROR_SIZE);
  EXPECT_EQ(status_of_product(3, -1), Status::ERROR_SIZE);
  EXPECT_EQ(status_of_product(-2, -2), Status::ERROR_SIZE);
  EXPECT_EQ(status_of_product(0, -1), Status::ERROR_SIZE);
}

TEST(Shape, ofRankZeroIsAScalar) {
  EXPECT_EQ(Shape().rank(), 0);
  EXPECT_EQ(Shape().count(), 1);
}

TEST(Shape, countsItsElements) {
  const Shape shape{2, 3, 5, 7};
  EXPECT_EQ(shape.rank(), 4);
  EXPECT_EQ(shape.count(), 210);
  EXPECT_EQ(shape[0], 2);
  EXPECT_EQ(shape[3], 7);
  EXPECT_EQ((Shape{4, 0, 3}).count(), 0);
}

TEST(Shape, equalsAShapeOfTheSameExtentsAndRank) {
  EXPECT_EQ((Shape{2, 3}), (Shape{2, 3}));
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
  EXPECT_NE((Shape{6}), (Shape{6, 1}));
}

TEST(Shape, hasAtMostFourExtents) {
  EXPECT_EQ(status_of([] { Shape{1, 1, 1, 1, 1}; }), Status::ERROR_SIZE);
}

TEST(Shape, refusesNegativeExtents) {
  EXPECT_EQ(status_of([] { Shape{-1}; }), Status::ERROR_SIZE);
  EXPECT_EQ(status_of([] { Shape{2, -3}; }), Status::ERROR_SIZE);
  EXPECT_EQ(status_of([] { Shape{0, -3}; }), Status::ERROR_SIZE);
}

// In wrapping arithmetic the product of these extents is a small positive number.
TEST(Shape, refusesExtentsWhoseProductWrapsToAPlausibleCount) {
  const std::uint64_t wrapped = std::uint64_t{4194305} * 4194305 * 211106198978564;
  ASSERT_LT(wrapped, 1000u);
  EXPECT_EQ(status_of([] { Shape{4194305, 4194305, 211106198978564}; }), Status::ERROR_SIZE);
}

}  // namespace
}  // namespace finn::core
