#include "finn/chains/lattice.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

constexpr int kVariables = 5;

// Of f at all points, [kPoints].
template <class Function>
std::vector<double> terms_of(const MovedLattice& lattice, Function&& f) {
  std::vector<double> terms;
  for (int point = 0; point < MovedLattice::kPoints; ++point) {
    terms.push_back(f([&](int i) { return lattice(point, i); }));
  }
  return terms;
}

TEST(MovedLattice, liesInTheOpenUnitCubeAndFillsEachAxisEvenly) {
  const MovedLattice lattice(kVariables);
  for (int i = 0; i < kVariables; ++i) {
    std::vector<double> on_axis;
    for (int point = 0; point < MovedLattice::kPoints; ++point) {
      ASSERT_TRUE(lattice(point, i) > 0 && lattice(point, i) < 1);
      on_axis.push_back(lattice(point, i));
    }
    EXPECT_LT(test::distance_from_uniform(on_axis), 1);
  }
}

TEST(MovedLattice, isTheSameInEveryCall) {
  const MovedLattice a(3), b(3);
  for (int point = 0; point < MovedLattice::kPoints; ++point) {
    for (int i = 0; i < 3; ++i) ASSERT_EQ(a(point, i), b(point, i));
  }
}

// Random points would be off by sqrt((13 / 12)^5 - 1) / sqrt(2048) = 0.0155.
TEST(MovedLattice, sumsSmoothFunctionsBetterThanRandomPoints) {
  const MovedLattice lattice(kVariables);
  const MovedMean product = moved_mean(terms_of(lattice, [](auto&& x) {
    double value = 1;
    for (int i = 0; i < kVariables; ++i) value *= 0.5 + x(i);
    return value;
  }));
  EXPECT_NEAR(product.value, 1, 4 * product.error);
  EXPECT_LT(product.error, 0.008);
  EXPECT_GT(product.error, 0);
}

TEST(MovedLattice, ofManyVariablesHasNoTwoAxesAlike) {
  const MovedLattice lattice(64);
  for (int i = 1; i < 64; ++i) {
    double covariance = 0;
    for (int point = 0; point < MovedLattice::kPoints; ++point) {
      covariance += (lattice(point, 0) - 0.5) * (lattice(point, i) - 0.5) / MovedLattice::kPoints;
    }
    EXPECT_LT(std::fabs(covariance), 0.02) << i;
  }
}

TEST(MovedMean, hasTheStandardErrorOfTheMeansOfTheMoves) {
  std::vector<double> terms;
  for (int move = 0; move < MovedLattice::kMoves; ++move) {
    for (int point = 0; point < MovedLattice::kPointsOfMove; ++point) {
      terms.push_back(move + (point % 2 == 0 ? 0.5 : -0.5));
    }
  }
  const MovedMean mean = moved_mean(terms);  // of 0 .. 7: 3.5, variance 6
  EXPECT_NEAR(mean.value, 3.5, 1e-12);
  EXPECT_NEAR(mean.error, std::sqrt(6.0 / 8), 1e-12);
}

}  // namespace
}  // namespace finn::net
