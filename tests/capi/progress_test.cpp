// What progress callbacks are told, by a trainer and by a chain.
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// Every report of a fit, which ends after `most` of them.
struct Reports {
  std::vector<finn_progress> all;
  std::size_t most;

  static std::int32_t take(const finn_progress* progress, void* data) {
    auto& self = *static_cast<Reports*>(data);
    self.all.push_back(*progress);
    return self.all.size() < self.most ? 0 : 1;
  }
};

TEST(Progress, ofAChainHasEveryFieldAndStopsTheFit) {
  const ChainHandle chain = make_chain();
  const WorkspaceHandle workspace = make_workspace(1);
  const std::vector<double> x = chain_rows(60);
  Reports reports{{}, 6};
  require_ok([&](finn_error* e) {
    return finn_chain_fit_data(chain.get(), workspace.get(), x.data(), nullptr, 60, &Reports::take,
                               &reports, e);
  });
  ASSERT_EQ(reports.all.size(), 6u);
  EXPECT_EQ(finn_chain_links(chain.get()), 1) << "four steps of a link, and two of the next one";
  double before = 0;
  for (std::size_t i = 0; i < reports.all.size(); ++i) {
    const finn_progress& report = reports.all[i];
    EXPECT_EQ(report.struct_size, sizeof(finn_progress));
    EXPECT_EQ(report.step, static_cast<std::int64_t>(i + 1));
    EXPECT_EQ(report.steps, 8);
    EXPECT_TRUE(std::isfinite(report.loss));
    EXPECT_GT(report.learning_rate, 0);
    EXPECT_GE(report.seconds, before);
    before = report.seconds;
  }
}

TEST(Progress, mayBeLeftOut) {
  const ChainHandle chain = make_chain();
  const WorkspaceHandle workspace = make_workspace(1);
  const std::vector<double> x = chain_rows(60);
  require_ok([&](finn_error* e) {
    return finn_chain_fit_data(chain.get(), workspace.get(), x.data(), nullptr, 60, nullptr,
                               nullptr, e);
  });
  EXPECT_EQ(finn_chain_links(chain.get()), 2);
}

}  // namespace
}  // namespace finn::test
