// Samples of chains, and that their queries do not depend on how rows are cut and shared out.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "finn/chains/chain.hpp"
#include "finn/chains/chain_link.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/chains/stacked_link.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

LinearLink linear_link(int variable) {
  LinearChains chains(variable + 1, 3);
  for (int k = 0; k < 3; ++k) {
    for (int i = 0; i <= variable; ++i) {
      const std::size_t row = chains.at(k, i);
      chains.offset[row] = 0.7 * k - 0.4;
      chains.deviation[row] = 0.3 + 0.1 * k;
      for (int j = 0; j < i; ++j) {
        chains.slope[row * static_cast<std::size_t>(variable + 1) + static_cast<std::size_t>(j)] =
            0.4 - 0.3 * k;
      }
    }
  }
  return {std::make_shared<const LinearChains>(std::move(chains)), variable};
}

// Given this many variables, of which the network sees all or none.
NetworkLink network_link(int before, bool sees_them) {
  ModelSettings settings = test::mixture_settings_of(1);
  if (sees_them) {
    const auto count = static_cast<std::size_t>(before);
    settings.network.conditioning = {ConditioningKind::film, before, {5}, false};
    settings.conditions = {std::vector<double>(count, -2), std::vector<double>(count, 2)};
  }
  LinearShift shift{0.2, 1.5, std::vector<double>(static_cast<std::size_t>(before), 0.25)};
  return {std::move(shift), test::moved_model(settings)};
}

// Links of two kinds side by side.
std::shared_ptr<const StackedLink> stacked_link(int before) {
  std::vector<ChainLink> links;
  links.emplace_back(linear_link(before), -kInfinity, kInfinity);
  links.emplace_back(network_link(before, true), -kInfinity, kInfinity);
  return std::make_shared<const StackedLink>(std::vector{0.3, 0.7}, std::move(links));
}

// One link of each kind, and one of each that limits cut.
Chain mixed_chain() {
  constexpr double lower = -0.3, upper = 0.4;
  auto links = std::make_shared<ChainLinks>();
  links->links.emplace_back(linear_link(0), -kInfinity, kInfinity);
  links->links.emplace_back(network_link(1, false), -kInfinity, kInfinity);
  links->links.emplace_back(stacked_link(2), -kInfinity, kInfinity);
  links->links.emplace_back(linear_link(3), lower, kInfinity);
  links->links.emplace_back(network_link(4, true), -kInfinity, upper);
  return Chain(std::move(links));
}

std::vector<double> samples_of(const Chain& chain, std::uint64_t seed, std::int64_t first,
                               std::int64_t rows, int threads = 1, const double* given = nullptr) {
  Workspace workspace(threads);
  std::vector<double> x(static_cast<std::size_t>(rows * chain.variables()));
  sample(chain, workspace, seed, first, given, rows, x.data());
  return x;
}

// sqrt(N) times the largest distance of the cdf of a column from that of a uniform.
double distance_from_uniform(const std::vector<double>& u, std::size_t columns,
                             std::size_t column) {
  std::vector<double> sorted;
  for (std::size_t i = column; i < u.size(); i += columns) sorted.push_back(u[i]);
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  double most = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto below = static_cast<double>(i);
    most = std::max({most, sorted[i] - below / count, (below + 1) / count - sorted[i]});
  }
  return std::sqrt(count) * most;
}

// sqrt(N) times the correlation of two columns of uniforms.
double correlation(const std::vector<double>& u, std::size_t columns, std::size_t a,
                   std::size_t b) {
  double sum = 0;
  for (std::size_t r = 0; r < u.size(); r += columns) sum += (u[r + a] - 0.5) * (u[r + b] - 0.5);
  return 12 * sum / std::sqrt(static_cast<double>(u.size() / columns));
}

// Uniforms that do not depend on each other: 1.95 of the first is passed once in a thousand times,
// 3.9 of the second once in ten thousand.
void expect_uniforms(const std::vector<double>& u, std::size_t columns) {
  for (std::size_t k = 0; k < columns; ++k) {
    EXPECT_LT(distance_from_uniform(u, columns, k), 1.95) << "variable " << k;
    for (std::size_t other = 0; other < k; ++other) {
      EXPECT_LT(std::fabs(correlation(u, columns, k, other)), 3.9) << k << ", " << other;
    }
  }
}

TEST(ChainSamples, areUniformUnderTheRosenblattTransform) {
  const Chain chain = mixed_chain();
  constexpr std::int64_t kRows = 6000;
  const std::vector<double> x = samples_of(chain, 3, 0, kRows);
  for (std::size_t i = 0; i < x.size(); i += 5) {
    EXPECT_GE(x[i + 3], -0.3);
    EXPECT_LE(x[i + 4], 0.4);
  }
  Workspace workspace(2);
  std::vector<double> u(x.size());
  rosenblatt(chain, workspace, x.data(), kRows, u.data());
  expect_uniforms(u, 5);
}

TEST(ChainSamples, followWhatIsGiven) {
  const Chain chain = mixed_chain().given(std::vector{0, 1});
  constexpr std::int64_t kRows = 5000;
  const std::vector<double> given = test::random_in(2 * kRows, -1, 1, 9);
  const std::vector<double> x = samples_of(chain, 4, 0, kRows, 1, given.data());
  std::vector<double> rows;
  for (std::size_t r = 0; r < kRows; ++r) {
    rows.insert(rows.end(), {x[3 * r], x[3 * r + 1], x[3 * r + 2], given[2 * r], given[2 * r + 1]});
  }
  Workspace workspace(1);
  std::vector<double> u(x.size());
  rosenblatt(chain, workspace, rows.data(), kRows, u.data());
  expect_uniforms(u, 3);
}

// More rows than go from link to link together.
TEST(ChainSamples, areTheSameHoweverRowsAreCutAndSharedOut) {
  const Chain chain = mixed_chain();
  constexpr std::int64_t kRows = 4500;
  const std::vector<double> whole = samples_of(chain, 5, 7, kRows);
  EXPECT_EQ(samples_of(chain, 5, 7, kRows, 3), whole);
  for (const std::int64_t at : {std::int64_t{0}, std::int64_t{63}, std::int64_t{4096}, kRows - 1}) {
    const std::vector<double> row = samples_of(chain, 5, 7 + at, 1);
    EXPECT_TRUE(std::equal(row.begin(), row.end(), whole.begin() + 5 * at)) << at;
  }
  EXPECT_NE(samples_of(chain, 6, 7, kRows), whole);
}

TEST(ChainSamples, ofTheFirstVariablesAreTheFirstColumns) {
  const Chain chain = mixed_chain();
  const std::vector<double> whole = samples_of(chain, 5, 0, 100);
  const std::vector<double> first = samples_of(chain.marginal(std::vector{0, 1, 2}), 5, 0, 100);
  for (std::size_t r = 0; r < 100; ++r) {
    for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(first[3 * r + k], whole[5 * r + k]);
  }
}

TEST(ChainQueries, giveTheSameBitsHoweverRowsAreCutAndSharedOut) {
  const Chain chain = mixed_chain();
  constexpr std::int64_t kRows = 4200;
  const std::vector<double> x = samples_of(chain, 8, 0, kRows);
  const auto answers = [&](std::int64_t first, std::int64_t count, int threads) {
    Workspace workspace(threads);
    const auto size = static_cast<std::size_t>(5 * count);
    std::vector<double> logs(static_cast<std::size_t>(count)), u(size), back(size);
    density(chain, workspace, x.data() + 5 * first, count, nullptr, logs.data());
    rosenblatt(chain, workspace, x.data() + 5 * first, count, u.data());
    inverse_rosenblatt(chain, workspace, u.data(), nullptr, count, back.data());
    logs.insert(logs.end(), u.begin(), u.end());
    logs.insert(logs.end(), back.begin(), back.end());
    return logs;
  };
  const std::vector<double> whole = answers(0, kRows, 1);
  EXPECT_EQ(answers(0, kRows, 3), whole);
  for (const std::int64_t row : {0, 100, 4199}) {
    const std::vector<double> alone = answers(row, 1, 1);
    EXPECT_EQ(alone[0], whole[static_cast<std::size_t>(row)]);
    for (std::size_t k = 0; k < 5; ++k) {
      const auto at = static_cast<std::size_t>(5 * row) + k;
      EXPECT_EQ(alone[1 + k], whole[kRows + at]) << row;
      EXPECT_EQ(alone[6 + k], whole[6 * kRows + at]) << row;
      EXPECT_NEAR(alone[6 + k], x[at], 1e-8) << row;
    }
  }
}

}  // namespace
}  // namespace finn::net
