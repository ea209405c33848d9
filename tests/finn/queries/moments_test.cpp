#include "finn/queries/moments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"
#include "finn/model/initialise.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

struct FoundMoments {
  std::vector<double> mean, covariance, mean_error, covariance_error;
};

FoundMoments moments_of(const Distribution& distribution, const std::vector<double>& given = {}) {
  const auto n = static_cast<std::size_t>(distribution.variables());
  FoundMoments found{std::vector<double>(n), std::vector<double>(n * n), std::vector<double>(n),
                     std::vector<double>(n * n)};
  Workspace workspace(1);
  moments(distribution, workspace, given.empty() ? nullptr : given.data(), 1, found.mean.data(),
          found.covariance.data(), found.mean_error.data(), found.covariance_error.data());
  return found;
}

// By quadrature of the density over limits of u, in pieces.
FoundMoments quadrature_of(const Distribution& distribution, const Box& u_box, int nodes,
                           int pieces, const std::vector<double>& given = {}) {
  const auto n = static_cast<std::size_t>(distribution.variables());
  std::vector<double> lower, upper, rows, weights, u(n);
  for (std::size_t k = 0; k < n; ++k) {
    const auto i = static_cast<std::size_t>(distribution.model_variable(static_cast<int>(k)));
    lower.push_back(u_box.lower[i]);
    upper.push_back(u_box.upper[i]);
  }
  test::for_each_node(nodes, pieces, lower, upper, [&](const double* node, double weight) {
    std::copy_n(node, n, u.begin());
    distribution.to_points(1, u.data());
    rows.insert(rows.end(), u.begin(), u.end());
    rows.insert(rows.end(), given.begin(), given.end());
    std::array<double, kMaxBoxVariables> x{};
    VariableSet variables = 0;
    for (std::size_t k = 0; k < n; ++k) {
      const int i = distribution.model_variable(static_cast<int>(k));
      x[static_cast<std::size_t>(i)] = u[k];
      variables |= VariableSet{1} << i;
    }
    weights.push_back(weight / std::exp(distribution.maps().log_weight(variables, x.data())));
  });
  Workspace workspace(1);
  std::vector<double> p(weights.size());
  density(distribution, workspace, rows.data(), static_cast<std::int64_t>(p.size()), p.data(),
          nullptr);
  FoundMoments found{std::vector<double>(n), std::vector<double>(n * n), {}, {}};
  const std::size_t width = n + given.size();
  for (std::size_t r = 0; r < p.size(); ++r) {
    for (std::size_t k = 0; k < n; ++k) found.mean[k] += weights[r] * p[r] * rows[r * width + k];
  }
  for (std::size_t r = 0; r < p.size(); ++r) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t l = 0; l < n; ++l) {
        found.covariance[k * n + l] += weights[r] * p[r] * (rows[r * width + k] - found.mean[k]) *
                                       (rows[r * width + l] - found.mean[l]);
      }
    }
  }
  return found;
}

void expect_moments(const FoundMoments& found, const FoundMoments& expected, double tolerance) {
  const std::size_t n = found.mean.size();
  for (std::size_t k = 0; k < n; ++k) {
    const double spread = std::sqrt(expected.covariance[k * n + k]);
    EXPECT_NEAR(found.mean[k], expected.mean[k], tolerance * spread + found.mean_error[k]);
    for (std::size_t l = 0; l < n; ++l) {
      const double other = std::sqrt(expected.covariance[l * n + l]);
      EXPECT_NEAR(found.covariance[k * n + l], expected.covariance[k * n + l],
                  tolerance * spread * other + found.covariance_error[k * n + l]);
      EXPECT_EQ(found.covariance[k * n + l], found.covariance[l * n + k]);
      EXPECT_LE(found.covariance_error[k * n + l], 1e-6 * spread * other);
    }
    EXPECT_LE(found.mean_error[k], 1e-6 * spread);
  }
}

// v^T C v >= 0, by the pivots of its elimination.
void expect_positive(std::vector<double> c, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    EXPECT_GT(c[k * n + k], 0);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = c[i * n + k] / c[k * n + k];
      for (std::size_t j = k; j < n; ++j) c[i * n + j] -= factor * c[k * n + j];
    }
  }
}

TEST(DistributionMoments, agreeWithAQuadratureOfTheDensityInABox) {
  for (const int n : {1, 2}) {
    for (const test::QueryCase& one : test::query_networks(n)) {
      SCOPED_TRACE(one.name + ", n = " + std::to_string(n));
      const Model<double> model = test::moved_model(one.settings);
      const Distribution distribution = Distribution::of(model, one.output);
      expect_moments(moments_of(distribution), quadrature_of(distribution, model.box(), 20, 3),
                     1e-9);
    }
  }
}

TEST(DistributionMoments, agreeWithAQuadratureOnDomainsWithTailsThatHaveThem) {
  for (const int n : {1, 2}) {
    for (const auto& [name, domain] : test::mapped_domains(n)) {
      if (name.ends_with("tail 2")) continue;
      SCOPED_TRACE(name);
      const Model<double> model = test::moved_model(test::on_domain(test::settings_of(n), domain));
      const Distribution distribution = Distribution::of(model, 0);
      const FoundMoments found = moments_of(distribution);
      const FoundMoments expected = quadrature_of(distribution, model.box(), 20, n == 1 ? 64 : 5);
      for (std::size_t k = 0; k < found.mean.size(); ++k) {
        const double spread = std::sqrt(expected.covariance[k * found.mean.size() + k]);
        EXPECT_NEAR(found.mean[k], expected.mean[k], 1e-3 * spread);
        EXPECT_LT(found.mean_error[k], 1e-3 * spread);
      }
      for (std::size_t at = 0; at < found.covariance.size(); ++at) {
        EXPECT_NEAR(found.covariance[at], expected.covariance[at],
                    0.02 * std::fabs(expected.covariance[0]));
      }
    }
  }
}

TEST(DistributionMoments, agreeWithAQuadratureUnderValuesGivenAndLimits) {
  for (const ModelSettings& settings :
       {test::settings_of(3), test::shared_out(test::mixture_settings_of(3))}) {
    const Model<double> model = test::moved_model(settings);
    const double lower[] = {-0.6, -0.7, -0.5}, upper[] = {0.3, 0.4, 0.9};
    const Distribution cut =
        Distribution::of(model, 0).truncated(lower, upper).given(std::vector{1});
    expect_moments(moments_of(cut, {0.25}), quadrature_of(cut, cut.box(), 20, 2, {0.25}), 1e-9);
  }
}

TEST(DistributionMoments, takeTheConditionsOfEachRow) {
  for (const ModelSettings& settings : {test::settings_of(2), test::mixture_settings_of(2)}) {
    const Model<double> model = test::moved_model(test::conditioned_by_film(settings), 0.2);
    const Distribution distribution = Distribution::of(model, 0);
    const std::vector<double> rows{1, 2, 3, 0};
    std::vector<double> mean(4);
    Workspace workspace(2);
    moments(distribution, workspace, rows.data(), 2, mean.data(), nullptr, nullptr, nullptr);
    for (const std::size_t r : {std::size_t{0}, std::size_t{1}}) {
      const std::vector<double> given{rows[2 * r], rows[2 * r + 1]};
      const FoundMoments expected = quadrature_of(distribution, model.box(), 20, 2, given);
      EXPECT_NEAR(mean[2 * r], expected.mean[0], 1e-9);
      EXPECT_NEAR(mean[2 * r + 1], expected.mean[1], 1e-9);
      expect_moments(moments_of(distribution, given), expected, 1e-9);
    }
  }
}

TEST(DistributionMoments, haveACovarianceThatIsSymmetricAndPositive) {
  for (const test::QueryCase& one : test::query_networks(3)) {
    if (one.name == "mlp of orthants with axis units") continue;
    SCOPED_TRACE(one.name);
    const Distribution distribution = Distribution::of(test::moved_model(one.settings), one.output);
    const FoundMoments found = moments_of(distribution);
    for (const std::size_t k : {std::size_t{1}, std::size_t{2}}) {
      for (std::size_t l = 0; l < k; ++l) {
        EXPECT_EQ(found.covariance[3 * k + l], found.covariance[3 * l + k]);
      }
    }
    expect_positive(found.covariance, 3);
    const FoundMoments other = moments_of(distribution.marginal(std::vector{2}));
    EXPECT_NEAR(other.mean[0], found.mean[2], 1e-10);
    EXPECT_NEAR(other.covariance[0], found.covariance[8], 1e-10);
  }
}

// The mass of these limits is less than any number.
TEST(DistributionMoments, areThoseOfTheEdgeFarFromEveryComponent) {
  const Model<double> model = test::narrow_mixture(1, 60);
  const double lower[] = {0}, upper[] = {0.25};
  const FoundMoments found = moments_of(Distribution::of(model, 0).truncated(lower, upper));
  EXPECT_GT(found.mean[0], 0);
  EXPECT_LT(found.mean[0], 1e-3);
  EXPECT_NEAR(found.covariance[0] / (found.mean[0] * found.mean[0]), 1, 0.05);
}

TEST(DistributionMoments, ofADiskAreRefused) {
  const double centre[] = {0, 0};
  const Distribution disk = Distribution::of(
      test::moved_model(test::on_domain(test::settings_of(2), disk_domain(centre, 1))), 0);
  test::expect_refused([&] { moments_of(disk); }, "moments: the domain is a sector");
}

}  // namespace
}  // namespace finn::net
