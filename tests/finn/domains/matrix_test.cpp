#include "finn/domains/matrix.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random.hpp"
#include "core/subset.hpp"

namespace finn::net {
namespace {

Matrix random_matrix(int n, std::uint64_t seed) {
  core::Random random(seed);
  Matrix matrix{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(n); ++j) {
      matrix[i][j] = random.uniform(-1, 1) + (i == j ? 2 : 0);
    }
  }
  return matrix;
}

// The largest entry of A B - 1.
double distance_to_identity(const Matrix& a, const Matrix& b, int n) {
  const Matrix product = product_of(a, b, n);
  double largest = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(n); ++j) {
      largest = std::fmax(largest, std::fabs(product[i][j] - (i == j ? 1 : 0)));
    }
  }
  return largest;
}

TEST(InverseOf, givesTheIdentityWithItsMatrix) {
  for (int n = 1; n <= core::kMaxVariables; ++n) {
    const Matrix matrix = random_matrix(n, 5);
    const Inverse inverse = inverse_of(matrix, n);
    EXPECT_LT(distance_to_identity(matrix, inverse.matrix, n), 1e-14) << n;
    EXPECT_NEAR(inverse_of(inverse.matrix, n).log_determinant, -inverse.log_determinant, 1e-13);
  }
}

TEST(InverseOf, knowsTheSignAndSizeOfTheDeterminant) {
  const Inverse forth = inverse_of({{{2, 1}, {1, 3}}}, 2), back = inverse_of({{{1, 3}, {2, 1}}}, 2);
  EXPECT_NEAR(forth.log_determinant, std::log(5), 1e-15);
  EXPECT_NEAR(back.log_determinant, std::log(5), 1e-15);
  EXPECT_EQ(forth.sign, 1);
  EXPECT_EQ(back.sign, -1);
}

TEST(InverseOf, measuresHowNearToSingularItsMatrixIsInAnyUnits) {
  EXPECT_NEAR(inverse_of({{{1, 1}, {1, 1 + 1e-5}}}, 2).condition_number, 4e5, 4e4);
  const Inverse turned = inverse_of({{{0.6, -0.8}, {0.8, 0.6}}}, 2);
  EXPECT_LT(turned.condition_number, 2);
  EXPECT_GE(turned.condition_number, 1);
  // Rows and columns in other units.
  EXPECT_LT(inverse_of({{{0.6e40, -0.8e-10}, {0.8, 0.6e-50}}}, 2).condition_number, 4);
}

TEST(InverseOf, saysThatASingularMatrixHasNone) {
  for (const Matrix& matrix :
       {Matrix{}, Matrix{{{1, 2}, {2, 4}}}, Matrix{{{0, 1}, {0, 1}}}, Matrix{{{0, 0}, {1, 1}}}}) {
    const Inverse inverse = inverse_of(matrix, 2);
    EXPECT_EQ(inverse.smallest_pivot, 0);
    EXPECT_EQ(inverse.log_determinant, -std::numeric_limits<double>::infinity());
    EXPECT_EQ(inverse.condition_number, std::numeric_limits<double>::infinity());
  }
}

TEST(Apply, isTheMatrixTimesAVectorPlusAnother) {
  const double x[] = {1, -1}, b[] = {10, 20};
  double result[2];
  apply({{{2, 3}, {4, 5}}}, x, b, 2, result);
  EXPECT_EQ(result[0], 9);
  EXPECT_EQ(result[1], 19);
}

}  // namespace
}  // namespace finn::net
