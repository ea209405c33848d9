#include "ops/softmax.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/random.hpp"

namespace finn::ops {
namespace {

template <class T>
class Softmax : public ::testing::Test {
 protected:
  static constexpr double kTolerance = 8 * std::numeric_limits<T>::epsilon();

  std::vector<T> values(std::size_t count) {
    std::vector<T> result;
    for (std::size_t i = 0; i < count; ++i) {
      result.push_back(static_cast<T>(random_.uniform(-3, 3)));
    }
    return result;
  }
  static std::vector<double> naive(const std::vector<T>& x, std::size_t size) {
    std::vector<double> shares;
    for (std::size_t first = 0; first < x.size(); first += size) {
      double sum = 0;
      for (std::size_t k = first; k < first + size; ++k) sum += std::exp(double(x[k]));
      for (std::size_t k = first; k < first + size; ++k) {
        shares.push_back(std::exp(double(x[k])) / sum);
      }
    }
    return shares;
  }

  core::Random random_{3};
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Softmax, Elements);

TYPED_TEST(Softmax, isThatOfItsDefinitionInEveryGroup) {
  for (const int size : {1, 2, 5, 64}) {
    std::vector<TypeParam> x = this->values(static_cast<std::size_t>(150 * size));
    const std::vector<double> expected = this->naive(x, static_cast<std::size_t>(size));
    softmax(x.data(), 150, size, x.data());
    for (std::size_t k = 0; k < x.size(); ++k) {
      EXPECT_NEAR(x[k], expected[k], this->kTolerance) << size;
    }
  }
}

TYPED_TEST(Softmax, doesNotOverflow) {
  const TypeParam x[] = {1000, 1000, -1000};
  TypeParam shares[3];
  softmax(x, 1, 3, shares);
  EXPECT_EQ(shares[0], TypeParam(0.5));
  EXPECT_EQ(shares[1], TypeParam(0.5));
  EXPECT_EQ(shares[2], 0);
}

TYPED_TEST(Softmax, pullsBackWithItsJacobian) {
  for (const int size : {1, 3, 64}) {
    const std::size_t count = static_cast<std::size_t>(20 * size);
    const std::vector<TypeParam> x = this->values(count);
    const std::vector<TypeParam> above = this->values(count);
    const std::vector<double> shares = this->naive(x, static_cast<std::size_t>(size));
    std::vector<TypeParam> adjoints = above;
    pull_back_softmax(x.data(), 20, size, adjoints.data());
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t first = k / static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
      double expected = 0;
      for (std::size_t l = first; l < first + static_cast<std::size_t>(size); ++l) {
        expected += shares[l] * ((k == l ? 1 : 0) - shares[k]) * double(above[l]);
      }
      EXPECT_NEAR(adjoints[k], expected, 4 * this->kTolerance);
    }
  }
}

}  // namespace
}  // namespace finn::ops
