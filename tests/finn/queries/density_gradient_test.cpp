#include "finn/queries/density_gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/domains.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/gradient_support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class DensityGradient : public ::testing::Test {
 protected:
  std::vector<double> log_densities(const Distribution& of, const std::vector<double>& rows) {
    const auto count = static_cast<std::int64_t>(rows.size()) / of.columns();
    std::vector<double> logs(static_cast<std::size_t>(count));
    density(of, workspace_, rows.data(), count, nullptr, logs.data());
    return logs;
  }
  std::vector<double> gradient(const Distribution& of, const std::vector<double>& rows) {
    const auto count = static_cast<std::int64_t>(rows.size()) / of.columns();
    std::vector<double> values(rows.size());
    log_density_gradient(of, workspace_, rows.data(), count, values.data());
    return values;
  }
  void expect_differences(const Distribution& of, const std::vector<double>& rows) {
    const std::vector<double> exact = gradient(of, rows);
    for (int column = 0; column < of.columns(); ++column) {
      const auto reference = test::by_column(
          rows, of.columns(), column,
          [&](const std::vector<double>& moved) { return log_densities(of, moved); });
      for (std::size_t r = 0; r < reference.size(); ++r) {
        const auto at =
            r * static_cast<std::size_t>(of.columns()) + static_cast<std::size_t>(column);
        EXPECT_NEAR(exact[at], reference[r], 1e-7 * (1 + std::abs(reference[r])))
            << "row " << r << ", column " << column;
      }
    }
  }

  Workspace workspace_{2};
};

TEST_F(DensityGradient, isTheDifferenceOfLogDensities) {
  for (const test::GradientCase& tried : test::gradient_cases()) {
    SCOPED_TRACE(tried.name);
    const Distribution& of = tried.distribution;
    expect_differences(of, test::rows_of(of, 4));
  }
}

// A domain whose map takes both variables at once.
TEST_F(DensityGradient, onADiskIsTheDifferenceOfLogDensities) {
  const double centre[] = {0.5, -1};
  for (const auto& settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    const auto of =
        Distribution::of(test::moved_model(test::on_domain(settings, polar_domain(centre, 2))), 0);
    expect_differences(of, {0.75, -0.5, -0.5, -1.5});
  }
}

// Where the density is no number: the normals are of one width, so that the nearest one alone
// counts.
TEST_F(DensityGradient, ofAMixtureIsRightWhereTheDensityUnderflows) {
  const auto of = Distribution::of(test::narrow_mixture(2, 80), 0);
  const std::vector<double> rows{0.45, 0.4, 0.2, -0.5};
  double p[2];
  density(of, workspace_, rows.data(), 2, p, nullptr);
  EXPECT_EQ(p[0], 0);
  expect_differences(of, rows);
  const int first[] = {0};
  expect_differences(of.given(first), rows);
}

// By conditions there is no number for it, where there is one by the variable.
TEST_F(DensityGradient, byConditionsIsNoNumberWhereTheDensityUnderflows) {
  Model<double> model =
      test::model_of<double>(test::conditioned_by_film(test::mixture_settings_of(1)));
  const Mixture& network = *model.network().get<Mixture>();
  for (std::int64_t r = 0; r < network.normals_of_all(); ++r) {
    model.mutable_parameters()[network.groups()[0].slopes + r] = std::log(200.0);
    model.mutable_parameters()[network.groups()[0].locations + r] = -0.3;
  }
  CornerScratch scratch;
  model.update(scratch);
  const std::vector<double> values = gradient(Distribution::of(model, 0), {0.4, 1, 0.5});
  EXPECT_LT(values[0], -1e4);
  EXPECT_TRUE(std::isfinite(values[0]));
  EXPECT_FALSE(std::isfinite(values[1]));
}

// Jets have no room for a ninth direction, and the sweep needs none.
TEST_F(DensityGradient, ofAnMlpOfEightVariablesIsTheDifferenceOfLogDensities) {
  const auto of = Distribution::of(test::model_of<double>(test::settings_of(8)), 0);
  expect_differences(of, test::rows_of(of, 1));
}

TEST_F(DensityGradient, isZeroOutside) {
  const auto of = Distribution::of(test::moved_model(test::settings_of(2)), 0);
  EXPECT_EQ(gradient(of, {9, 0, 0, 9}), std::vector<double>(4));
}

}  // namespace
}  // namespace finn::net
