#include "finn/chains/link_network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "finn/chains/chain_options.hpp"
#include "finn/data/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/training/callbacks.hpp"
#include "tests/finn/chains/support.hpp"

namespace finn::net {
namespace {

// r around 2 z or -2 z: a mixture that no line explains. Rows (r, z), or r alone.
RowBlock two_branches(std::int64_t count, std::uint64_t seed, bool with_z = true) {
  core::Random random(seed);
  RowBlock block;
  block.resize(count, with_z ? 2 : 1, 1, false, true);
  double* to = block.x.data();
  for (std::int64_t r = 0; r < count; ++r) {
    const double z = random.uniform(-1, 1), side = random.below(2) == 0 ? 2 : -2;
    *to++ = side * z + 0.2 * random.normal();
    if (with_z) *to++ = z;
    block.weights[static_cast<std::size_t>(r)] = 1;
  }
  return block;
}

template <class T>
double mean_log_of(const LinkNetwork<T>& network, const RowBlock& rows) {
  Workspace workspace(1);
  std::vector<double> logs(static_cast<std::size_t>(rows.count));
  density(Distribution::of(network.model(), 0), workspace, rows.x.data(), rows.count, nullptr,
          logs.data());
  return test::mean_of(logs);
}

struct StopAtStep {
  std::int64_t step;

  static bool report(const Progress& progress, void* context) {
    return progress.step != static_cast<const StopAtStep*>(context)->step;
  }
};

TEST(LinkNetwork, learnsADensityUnderWhatStandsBefore) {
  Workspace workspace(1);
  const RowBlock rows = two_branches(1000, 1), held_out = two_branches(200, 2);
  LinkNetwork<double> network(test::short_options(300), 1, rows, held_out, 3);
  const double before = mean_log_of(network, held_out);
  EXPECT_TRUE(network.train(workspace, rows, {}));
  EXPECT_GT(mean_log_of(network, held_out), before + 0.3);
  const RowBlock alone = two_branches(1000, 1, false), alone_out = two_branches(200, 2, false);
  LinkNetwork<double> without(test::short_options(300), 0, alone, alone_out, 3);
  EXPECT_TRUE(without.train(workspace, alone, {}));
  EXPECT_EQ(without.model().columns(), 1);
  EXPECT_GT(mean_log_of(network, held_out), mean_log_of(without, alone_out) + 0.2);
}

TEST(LinkNetwork, hasItsProbabilityEightDeviationsBeyondAllRows) {
  RowBlock rows = two_branches(10, 1, false), held_out = two_branches(10, 2, false);
  rows.x[3] = -11;
  held_out.x[5] = 7;
  const LinkNetwork<double> network(test::short_options(), 0, rows, held_out, 0);
  EXPECT_EQ(network.model().box().lower[0], -19);
  EXPECT_EQ(network.model().box().upper[0], 15);
}

TEST(LinkNetwork, goesOnToTheSameBitsWhereItWasStopped) {
  Workspace workspace(1);
  const RowBlock rows = two_branches(200, 1), held_out = two_branches(40, 2);
  LinkNetwork<double> whole(test::short_options(60), 1, rows, held_out, 3);
  EXPECT_TRUE(whole.train(workspace, rows, {}));
  LinkNetwork<double> parts(test::short_options(60), 1, rows, held_out, 3);
  StopAtStep stop{25};
  Callbacks callbacks;
  callbacks.progress = &StopAtStep::report;
  callbacks.context = &stop;
  EXPECT_FALSE(parts.train(workspace, rows, callbacks));
  EXPECT_TRUE(parts.train(workspace, rows, callbacks));
  for (std::int64_t k = 0; k < whole.model().layout().count(); ++k) {
    ASSERT_EQ(parts.model().parameters()[k], whole.model().parameters()[k]) << k;
  }
}

TEST(LinkNetwork, ofFloatLearnsToo) {
  Workspace workspace(1);
  const RowBlock rows = two_branches(300, 1), held_out = two_branches(60, 2);
  LinkNetwork<float> network(test::short_options(100), 1, rows, held_out, 3);
  const double before = mean_log_of(network, held_out);
  EXPECT_TRUE(network.train(workspace, rows, {}));
  EXPECT_GT(mean_log_of(network, held_out), before);
}

// A batch of more rows than there are is one of all of them.
TEST(LinkNetwork, goesWithFewerRowsThanABatch) {
  Workspace workspace(1);
  const RowBlock rows = two_branches(5, 1), held_out = two_branches(1, 2);
  LinkNetwork<double> network(test::short_options(3), 1, rows, held_out, 3);
  EXPECT_TRUE(network.train(workspace, rows, {}));
  EXPECT_TRUE(std::isfinite(mean_log_of(network, rows)));
}

}  // namespace
}  // namespace finn::net
