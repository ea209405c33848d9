#include "finn/chains/chain.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/chains/chain_link.hpp"
#include "finn/chains/linear_chains.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

TEST(Chain, countsVariablesAndWhatStandsBesideThem) {
  const Chain chain = test::chain_of(test::linear_mixture(6, 2), 2);
  EXPECT_EQ(chain.variables(), 4);
  EXPECT_EQ(chain.given_columns(), 2);
  EXPECT_EQ(chain.columns(), 6);
  const Chain first = chain.marginal(std::vector{0, 1, 2});
  EXPECT_EQ(first.variables(), 3);
  EXPECT_EQ(first.columns(), 5);
  const Chain last = first.given(std::vector{1, 0});
  EXPECT_EQ(last.variables(), 1);
  EXPECT_EQ(last.given_columns(), 4);
  EXPECT_EQ(last.columns(), 5);
  EXPECT_EQ(last.link(0).conditions(), 4);
  last.require_separate("cdf");
}

TEST(Chain, hasTheLimitsOfItsLinks) {
  const Chain chain =
      test::chain_of(test::linear_mixture(3, 1), 0, {-1, -test::kInfinity, 0}, {1, 2, 5});
  const Chain last = chain.given(std::vector{0});
  double lower = 7, upper = 7;
  chain.limits(0, &lower, &upper);
  EXPECT_EQ(lower, -1);
  EXPECT_EQ(upper, 1);
  last.limits(0, &lower, &upper);
  EXPECT_EQ(lower, -test::kInfinity);
  EXPECT_EQ(upper, 2);
}

TEST(Chain, hasMarginalsOfItsFirstVariablesInTheirOrderOnly) {
  const Chain chain = test::chain_of(test::linear_mixture(3, 1));
  const char* expected = "of a chain the first variables expected";
  for (const std::vector<int>& others :
       {std::vector{1}, {0, 2}, {1, 0}, {0, 0}, {-1}, {0, 1, 2, 3}}) {
    test::expect_refused([&] { (void)chain.marginal(others); }, expected);
  }
  test::expect_refused([&] { (void)chain.marginal(std::vector{0, 2}); }, "marginal: variable 2");
  EXPECT_EQ(chain.marginal(std::vector{0, 1, 2}).variables(), 3);
}

TEST(Chain, isGivenItsFirstVariablesInAnyOrder) {
  const Chain chain = test::chain_of(test::linear_mixture(4, 1));
  const char* expected = "of a chain the first variables expected";
  for (const std::vector<int>& others : {std::vector{1}, {0, 2}, {1, 1}, {-1, 0}, {0, 1, 2, 3}}) {
    test::expect_refused([&] { (void)chain.given(others); }, expected);
  }
  test::expect_refused([&] { (void)chain.given(std::vector{3, 0}); }, "given: variable 3");
  EXPECT_EQ(chain.given(std::vector{2, 0, 1}).variables(), 1);
}

// A row has what is given in the order of given, then the conditions; links take the conditions,
// then the variables in their own order.
TEST(Chain, putsWhatIsGivenWhereLinksTakeIt) {
  const Chain chain = test::chain_of(test::linear_mixture(6, 1), 2);
  const Chain given = chain.given(std::vector{1, 0}).given(std::vector{0});
  EXPECT_EQ(given.variables(), 1);
  const double rows[] = {11, 10, 12, 0.5, 0.6, 99, 21, 20, 22, 0.7, 0.8, 99};
  EXPECT_EQ(given.known(rows, 6, 2),
            (std::vector<double>{0.5, 0.6, 10, 11, 12, 0.7, 0.8, 20, 21, 22}));
}

TEST(Chain, withoutAnythingBesideKnowsNothing) {
  const Chain chain = test::chain_of(test::linear_mixture(2, 1));
  EXPECT_TRUE(chain.known(nullptr, 0, 3).empty());
}

}  // namespace
}  // namespace finn::net
