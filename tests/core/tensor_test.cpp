#include "core/tensor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/error.hpp"
#include "core/shape.hpp"
#include "tests/support/allocations.hpp"

namespace finn::core {
namespace {

template <class T>
bool is_aligned(const T* data) {
  return reinterpret_cast<std::uintptr_t>(data) % kAlignment == 0;
}

Tensor<double> counting(std::int64_t size) {
  Tensor<double> tensor(Shape{size});
  for (std::int64_t i = 0; i < size; ++i) tensor[i] = static_cast<double>(i + 1);
  return tensor;
}

TEST(Tensor, startsWithZeros) {
  // allocations.hpp makes memory dirty, so that the zeros cannot be luck.
  const Tensor<double> tensor(Shape{10, 100});
  EXPECT_EQ(tensor.size(), 1000);
  EXPECT_EQ(std::count(tensor.begin(), tensor.end(), 0.0), 1000);
}

TEST(Tensor, isAlignedToACacheLine) {
  for (std::int64_t size = 0; size < 40; ++size) {
    EXPECT_TRUE(is_aligned(Tensor<float>(Shape{size}).data()));
    EXPECT_TRUE(is_aligned(Tensor<double>(Shape{size, 3}).data()));
  }
}

TEST(Tensor, isEmptyByDefault) {
  const Tensor<float> tensor;
  EXPECT_EQ(tensor.size(), 0);
  EXPECT_EQ(tensor.begin(), tensor.end());
}

TEST(Tensor, fillsEveryElement) {
  Tensor<float> tensor(Shape{3, 5});
  tensor.fill(2.5f);
  EXPECT_EQ(std::count(tensor.begin(), tensor.end(), 2.5f), 15);
}

TEST(Tensor, allocatesOnce) {
  EXPECT_EQ(test::allocations_of([] { Tensor<double>(Shape{100}); }), 1);
}

TEST(Tensor, copiesItsElements) {
  const Tensor<double> original = counting(5);
  Tensor<double> copy(original);
  copy[2] = -1;
  EXPECT_EQ(copy[1], 2);
  EXPECT_EQ(original[2], 3);
  EXPECT_EQ(copy.shape(), original.shape());
}

TEST(Tensor, takesOverTheShapeWhenAssigned) {
  const Tensor<double> original = counting(7);
  Tensor<double> target = counting(2);
  target = original;
  target[6] = -1;
  EXPECT_EQ(target.shape(), Shape{7});
  EXPECT_EQ(target[0], 1);
  EXPECT_EQ(original[6], 7);
}

TEST(Tensor, survivesAssignmentToItself) {
  Tensor<double> tensor = counting(3);
  const Tensor<double>& same = tensor;
  tensor = same;
  EXPECT_EQ(tensor[2], 3);
}

TEST(Tensor, movesWithoutCopying) {
  Tensor<double> original = counting(6);
  const double* elements = original.data();
  Tensor<double> target = std::move(original);
  EXPECT_EQ(target.data(), elements);
  Tensor<double> assigned;
  assigned = std::move(target);
  EXPECT_EQ(assigned.data(), elements);
  EXPECT_EQ(assigned.shape(), Shape{6});
}

TEST(Tensor, refusesMoreBytesThanCanBeCounted) {
  EXPECT_THROW(Tensor<double>(Shape{std::int64_t{1} << 61}), Error);
}

}  // namespace
}  // namespace finn::core
