#include "finn/chains/stacked_link.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/link_judge.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/finn/queries/support.hpp"

namespace finn::net {
namespace {

ChainLink linear_link(std::uint64_t seed) {
  const auto chains = std::make_shared<const LinearChains>(test::linear_mixture(2, 2, seed));
  return {LinearLink{chains, 1}, -test::kInfinity, test::kInfinity};
}

StackedLink two_links() { return {{0.2, 0.8}, {linear_link(3), linear_link(4)}}; }

TEST(StackedLink, isTheMixtureOfItsLinks) {
  const StackedLink stack = two_links();
  constexpr std::int64_t kRows = 100;
  const std::vector<double> rows = test::random_in(2 * kRows, -2, 2, 1);
  const auto of = [&](const auto& link) {
    Workspace workspace(2);
    std::vector<std::vector<double>> all(3, std::vector<double>(kRows));
    link.log_density(workspace, rows.data(), kRows, all[0].data());
    link.share(workspace, Side::below, rows.data(), kRows, all[1].data());
    link.share(workspace, Side::above, rows.data(), kRows, all[2].data());
    return all;
  };
  const auto whole = of(stack), first = of(stack.links()[0]), second = of(stack.links()[1]);
  for (std::size_t r = 0; r < kRows; ++r) {
    const double density = 0.2 * std::exp(first[0][r]) + 0.8 * std::exp(second[0][r]);
    EXPECT_NEAR(std::exp(whole[0][r]) / density, 1, 1e-13);
    EXPECT_NEAR(whole[1][r], 0.2 * first[1][r] + 0.8 * second[1][r], 1e-15);
    EXPECT_NEAR(whole[1][r] + whole[2][r], 1, 1e-14);
  }
}

TEST(StackedLink, invertsItsCdf) {
  const StackedLink stack = two_links();
  std::vector<double> shares, rows;
  for (const double share : {1e-12, 1e-3, 0.2, 0.5, 0.8, 0.999, 1 - 1e-12}) {
    shares.push_back(share);
    rows.insert(rows.end(), {0, 0.7});
  }
  Workspace workspace(1);
  const auto count = static_cast<std::int64_t>(shares.size());
  stack.quantile(workspace, shares.data(), count, rows.data());
  std::vector<double> back(shares.size());
  stack.share(workspace, Side::below, rows.data(), count, back.data());
  for (std::size_t r = 0; r < shares.size(); ++r) {
    EXPECT_NEAR(back[r] / shares[r], 1, 1e-10) << shares[r];
  }
}

TEST(StackedLink, drawsEachRowFromALinkByItsShare) {
  const StackedLink stack = two_links();
  constexpr std::int64_t kRows = 4000;
  std::vector<double> rows;
  for (int r = 0; r < kRows; ++r) rows.insert(rows.end(), {0, 0.7});
  Workspace workspace(2);
  stack.sample(workspace, 5, 0, kRows, rows.data());
  std::vector<double> shares(kRows);
  stack.share(workspace, Side::below, rows.data(), kRows, shares.data());
  EXPECT_LT(test::distance_from_uniform(shares), 1.95);

  std::vector<double> later(rows.end() - 20, rows.end());
  stack.sample(workspace, 5, kRows - 10, 10, later.data());
  EXPECT_TRUE(std::equal(later.begin(), later.end(), rows.end() - 20));
}

// Rows of which a quarter follows one density and the others another one.
TEST(StackingShares, areThoseUnderWhichRowsAreLikeliest) {
  core::Random random(7);
  std::vector<Judgement> judgements(3);
  std::vector<double> weights;
  for (int r = 0; r < 4000; ++r) {
    const double x = random.normal() + (r % 4 == 0 ? 4 : 0);
    judgements[0].logs.push_back(-0.5 * (x - 4) * (x - 4));
    judgements[1].logs.push_back(-0.5 * x * x);
    judgements[2].logs.push_back(-0.5 * (x - 100) * (x - 100));
    weights.push_back(1);
  }
  const std::vector<double> shares = stacking_shares(judgements, weights);
  EXPECT_NEAR(shares[0], 0.25, 0.02);
  EXPECT_NEAR(shares[1], 0.75, 0.02);
  EXPECT_EQ(shares[2], 0) << "nothing says that it is there";
}

TEST(StackingShares, countRowsByTheirWeights) {
  std::vector<Judgement> judgements(2);
  judgements[0].logs = {0, -50};
  judgements[1].logs = {-50, 0};
  const std::vector<double> shares = stacking_shares(judgements, {3, 1});
  EXPECT_NEAR(shares[0], 0.75, 1e-12);
}

}  // namespace
}  // namespace finn::net
