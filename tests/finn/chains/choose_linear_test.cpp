#include "finn/chains/choose_linear.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_chains.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

TEST(ChooseLinear, takesOneComponentForOneNormal) {
  const WeightedRows rows = test::rows_of(test::linear_mixture(3, 1), 600, 21);
  EXPECT_EQ(choose_linear(rows, 0, 8, 1).components, 1);
}

TEST(ChooseLinear, takesTwoComponentsForTwoClustersWhereItMay) {
  const WeightedRows rows = test::rows_of(test::two_clusters(), 600, 23);
  EXPECT_EQ(choose_linear(rows, 0, 8, 1).components, 2);
  EXPECT_EQ(choose_linear(rows, 0, 1, 1).components, 1);
}

// The clusters differ in the first variable alone, which is given.
TEST(ChooseLinear, looksAtNoVariableThatIsGiven) {
  LinearChains chains = test::two_clusters();
  chains.offset = {-3, 0, 3, 0};
  chains.deviation = {1, 1, 1, 1};
  chains.slope.assign(8, 0);
  const WeightedRows rows = test::rows_of(chains, 600, 25);
  EXPECT_EQ(choose_linear(rows, 1, 4, 1).components, 1);
  EXPECT_GT(choose_linear(rows, 0, 4, 1).components, 1);
}

TEST(ChooseLinear, takesMoreRidgeForFewRowsOfManyVariables) {
  const LinearChains chains = test::linear_mixture(12, 1);
  EXPECT_GT(choose_linear(test::rows_of(chains, 20, 27), 0, 1, 1).ridge, 1e-3);
  EXPECT_LE(choose_linear(test::rows_of(chains, 1500, 27), 0, 1, 1).ridge, 1e-3);
}

// Of many rows one fold is enough, and of two each component has few.
TEST(ChooseLinear, goesWithAnyNumberOfRows) {
  const LinearChains chains = test::two_clusters();
  EXPECT_EQ(choose_linear(test::rows_of(chains, 2, 29), 0, 4, 1).components, 1);
  EXPECT_EQ(choose_linear(test::rows_of(chains, 2500, 29), 0, 2, 1).components, 2);
}

}  // namespace
}  // namespace finn::net
