#include "finn/chains/linear_link.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/finn/queries/support.hpp"

namespace finn::net {
namespace {

LinearLink link_of(LinearChains chains, int variable) {
  return {std::make_shared<const LinearChains>(std::move(chains)), variable};
}

TEST(LinearLink, answersEachRowAsItsConditional) {
  const LinearLink link = link_of(test::linear_mixture(3, 3), 2);
  constexpr std::int64_t kRows = 150;
  const std::vector<double> rows = test::random_in(3 * kRows, -2, 2, 1);
  std::vector<double> logs(kRows), below(kRows), above(kRows);
  Workspace workspace(3);
  link.log_density(workspace, rows.data(), kRows, logs.data());
  link.share(workspace, Side::below, rows.data(), kRows, below.data());
  link.share(workspace, Side::above, rows.data(), kRows, above.data());
  std::vector<double> found = rows;
  link.quantile(workspace, below.data(), kRows, found.data());
  LinearConditional conditional(*link.chains);
  for (std::size_t r = 0; r < kRows; ++r) {
    const double* row = rows.data() + 3 * r;
    conditional.set(2, row + 1);
    EXPECT_EQ(logs[r], conditional.log_density(row[0]));
    EXPECT_EQ(below[r], conditional.cdf(row[0]));
    EXPECT_EQ(above[r], conditional.survival(row[0]));
    EXPECT_NEAR(found[3 * r], row[0], 1e-9);
    const MeanAndDeviation about = link.mean_and_deviation(row + 1);
    EXPECT_EQ(about.mean, conditional.mean());
    EXPECT_EQ(about.deviation, conditional.deviation());
  }
}

TEST(LinearLink, drawsNormalsAroundTheLineOfWhatStandsBefore) {
  const LinearLink link = link_of(test::two_normals(0.6), 1);
  constexpr std::int64_t kRows = 4000;
  std::vector<double> rows;
  for (int r = 0; r < kRows; ++r) rows.insert(rows.end(), {0, 2});
  Workspace workspace(2);
  link.sample(workspace, 5, 0, kRows, rows.data());
  std::vector<double> shares;
  for (std::size_t at = 0; at < rows.size(); at += 2) {
    shares.push_back(test::normal_cdf((rows[at] - 1.2) / 0.8));
  }
  EXPECT_LT(test::distance_from_uniform(shares), 1.95);
}

}  // namespace
}  // namespace finn::net
