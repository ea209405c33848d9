#include "finn/chains/link_judge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "finn/chains/chain_link.hpp"
#include "finn/chains/fit_linear_chains.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/model/workspace.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

ChainLink normal_link(double offset, double lower = -test::kInfinity) {
  LinearChains chains(1, 1);
  chains.offset[0] = offset;
  return {LinearLink{std::make_shared<const LinearChains>(chains), 0}, lower, test::kInfinity};
}

WeightedRows rows_of_judge(int count) { return test::rows_of(LinearChains(1, 1), count, 3); }

TEST(LinkJudge, saysTheLogLikelihoodsOfTheRowsAndTheirWeightedMean) {
  Workspace workspace(1);
  WeightedRows rows;
  rows.variables = 2;
  const double a[] = {0.5, -1}, b[] = {2, 3};
  rows.add(a, 1);
  rows.add(b, 3);
  const LinearChains chains = test::linear_mixture(2, 2);
  const ChainLink link(LinearLink{std::make_shared<const LinearChains>(chains), 1},
                       -test::kInfinity, test::kInfinity);
  const Judgement found = LinkJudge(workspace, rows, 1).of(link);
  const auto logs = log_likelihoods(chains, rows, 1);
  ASSERT_EQ(found.logs.size(), 2u);
  EXPECT_NEAR(found.logs[0], logs[0], 1e-12);
  EXPECT_NEAR(found.logs[1], logs[1], 1e-12);
  EXPECT_NEAR(found.mean, 0.25 * logs[0] + 0.75 * logs[1], 1e-12);
}

TEST(LinkJudge, likesTheTrueLinkBetterThanOneThatIsOff) {
  Workspace workspace(1);
  const WeightedRows rows = rows_of_judge(200);
  const LinkJudge judge(workspace, rows, 0);
  const Judgement right = judge.of(normal_link(0)), wrong = judge.of(normal_link(2));
  EXPECT_TRUE(judge.is_better(right, wrong));
  EXPECT_FALSE(judge.is_better(wrong, right));
  EXPECT_FALSE(judge.is_better(right, right));
}

// The gain is 0.03 x - 0.00045, with a standard error of 0.03 / sqrt(rows).
TEST(LinkJudge, leavesDifferencesThatChanceMakes) {
  Workspace workspace(1);
  WeightedRows rows;
  rows.variables = 1;
  for (int r = 0; r < 100; ++r) {
    const double x = (r % 2 == 0 ? 1 : -1) + 0.05;
    rows.add(&x, 1);
  }
  const LinkJudge judge(workspace, rows, 0);
  const Judgement still = judge.of(normal_link(0)), moved = judge.of(normal_link(0.03));
  EXPECT_GT(moved.mean, still.mean);
  EXPECT_FALSE(judge.is_better(moved, still));
  for (double& x : rows.x) x += 0.2;
  const LinkJudge other(workspace, rows, 0);
  EXPECT_TRUE(other.is_better(other.of(normal_link(0.03)), other.of(normal_link(0))));
}

TEST(LinkJudge, likesAnythingBetterThanWhatARowIsImpossibleUnder) {
  Workspace workspace(1);
  const WeightedRows rows = rows_of_judge(50);
  const LinkJudge judge(workspace, rows, 0);
  const Judgement impossible = judge.of(normal_link(0, 0)), bad = judge.of(normal_link(30));
  EXPECT_EQ(impossible.mean, -test::kInfinity);
  EXPECT_TRUE(judge.is_better(bad, impossible));
  EXPECT_FALSE(judge.is_better(impossible, bad));
  EXPECT_FALSE(judge.is_better(impossible, impossible));
}

TEST(LinkJudge, ofNoLinkYetIsTheWorst) {
  EXPECT_EQ(Judgement{}.mean, -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace finn::net
