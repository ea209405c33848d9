#include "finn/chains/network_link.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "finn/chains/linear_shift.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

const LinearShift kShiftOfLink{2, 4, {0.5, -0.25}};

// Rows (x, z) whose residuals lie within the box of the model.
std::vector<double> rows_of_link() {
  std::vector<double> rows;
  for (int r = 0; r < 12; ++r) {
    const double z[] = {0.3 * r, 2 - 0.2 * r};
    rows.insert(rows.end(), {kShiftOfLink.value(-0.9 + 0.1 * r, z), z[0], z[1]});
  }
  return rows;
}

// The rows as the model has them: (residual, z), or the residual alone.
std::vector<double> residuals_of_link(const std::vector<double>& rows, bool with_z) {
  std::vector<double> all;
  for (std::size_t at = 0; at < rows.size(); at += 3) {
    all.push_back((rows[at] - 2 - 0.5 * rows[at + 1] + 0.25 * rows[at + 2]) / 4);
    if (with_z) all.insert(all.end(), {rows[at + 1], rows[at + 2]});
  }
  return all;
}

TEST(NetworkLink, isTheDistributionOfTheResidual) {
  Workspace workspace(1);
  const ModelSettings alone = test::mixture_settings_of(1);
  for (const bool with_z : {false, true}) {
    const Model<double> model =
        test::moved_model(with_z ? test::conditioned_by_film(alone) : alone);
    const NetworkLink link(kShiftOfLink, model);
    const Distribution distribution = Distribution::of(model, 0);
    const std::vector<double> rows = rows_of_link(), residuals = residuals_of_link(rows, with_z);
    std::vector<double> logs(12), shares(12), of_residual(12);
    link.log_density(workspace, rows.data(), 12, logs.data());
    density(distribution, workspace, residuals.data(), 12, nullptr, of_residual.data());
    for (std::size_t r = 0; r < 12; ++r) {
      EXPECT_NEAR(logs[r], of_residual[r] - std::log(4), 1e-12);
    }
    link.cdf(workspace, rows.data(), 12, shares.data());
    orthant_probability(distribution, workspace, Side::below, residuals.data(), 12,
                        of_residual.data());
    for (std::size_t r = 0; r < 12; ++r) EXPECT_NEAR(shares[r], of_residual[r], 1e-12);
    std::vector<double> back = rows;
    for (std::size_t at = 0; at < back.size(); at += 3) back[at] = -77;
    link.quantile(workspace, shares.data(), 12, back.data());
    for (std::size_t at = 0; at < back.size(); ++at) EXPECT_NEAR(back[at], rows[at], 1e-9);
  }
}

TEST(NetworkLink, ofAFirstVariableStandsAlone) {
  Workspace workspace(1);
  const NetworkLink link({1, 2, {}}, test::moved_model(test::mixture_settings_of(1)));
  std::vector<double> x{0, 0.5, 1}, shares(3), back(3);
  link.cdf(workspace, x.data(), 3, shares.data());
  EXPECT_LT(shares[0], shares[1]);
  link.quantile(workspace, shares.data(), 3, back.data());
  for (std::size_t r = 0; r < 3; ++r) EXPECT_NEAR(back[r], x[r], 1e-9);
}

TEST(NetworkLink, isACopyThatAsksItsOwnModel) {
  Workspace workspace(1);
  std::vector<double> first(12), second(12);
  const std::vector<double> rows = rows_of_link();
  const auto copied = [&] {
    const NetworkLink link(kShiftOfLink, test::moved_model(test::mixture_settings_of(1)));
    link.cdf(workspace, rows.data(), 12, first.data());
    return NetworkLink(link);
  }();
  copied.cdf(workspace, rows.data(), 12, second.data());
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace finn::net
