#include "finn/queries/expectation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/mixture_mass.hpp"
#include "finn/queries/moments.hpp"
#include "finn/queries/sampler.hpp"
#include "finn/queries/truncated_normal.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

constexpr std::int64_t kSamples = 10000;

TEST(Expectation, ofCoordinatesIsTheMeanWithinItsStandardError) {
  const std::vector<double> given{0.25, 1, 2};
  for (const ModelSettings& settings : {test::settings_of(3), test::mixture_settings_of(3)}) {
    const Model<double> model = test::moved_model(test::conditioned_by_film(settings), 0.2);
    const Distribution distribution = Distribution::of(model, 0).given(std::vector{1});
    Workspace workspace(2);
    double mean[2], covariance[4], value[3], error[3];
    moments(distribution, workspace, given.data(), 1, mean, covariance, nullptr, nullptr);
    const std::int64_t samples = 1500;
    expectation(
        sampled(distribution, workspace), {given.data(), samples, 7}, 3,
        [](const double* x, std::int64_t count, double* values) {
          for (std::int64_t r = 0; r < count; ++r) {
            values[3 * r] = x[2 * r];
            values[3 * r + 1] = x[2 * r + 1];
            values[3 * r + 2] = 4;
          }
        },
        value, error);
    for (int k = 0; k < 2; ++k) {
      EXPECT_NEAR(value[k], mean[k], 4 * error[k]);
      EXPECT_NEAR(error[k] / std::sqrt(covariance[3 * k] / static_cast<double>(samples)), 1, 0.1);
    }
    EXPECT_EQ(value[2], 4);
    EXPECT_EQ(error[2], 0);
  }
}

TEST(Expectation, asksAboutEachSampleOnceInTheirOrder) {
  const Distribution distribution =
      Distribution::of(test::moved_model(test::mixture_settings_of(2)), 0);
  Workspace workspace(3);
  std::vector<double> seen, expected(2 * 10000);
  double value = 0;
  expectation(
      sampled(distribution, workspace), {nullptr, 10000, 3}, 1,
      [&](const double* x, std::int64_t count, double* values) {
        seen.insert(seen.end(), x, x + 2 * count);
        std::fill_n(values, count, 0.0);
      },
      &value, nullptr);
  sample(distribution, workspace, 3, 0, nullptr, 10000, expected.data());
  EXPECT_EQ(seen, expected);
}

TEST(Expectation, endsWithTheErrorOfItsFunction) {
  const Distribution distribution =
      Distribution::of(test::moved_model(test::mixture_settings_of(2)), 0);
  Workspace workspace(1);
  double value = 0;
  EXPECT_THROW(expectation(
                   sampled(distribution, workspace), {nullptr, 10, 3}, 1,
                   [](const double*, std::int64_t, double*) { throw std::runtime_error("no"); },
                   &value, nullptr),
               std::runtime_error);
}

// -log p of a normal that is cut: log of its mass and norm, plus the mean of z^2.
TEST(Entropy, ofOneComponentIsThatOfATruncatedNormal) {
  ModelSettings settings = test::mixture_settings_of(2);
  settings.network.components = 1;
  settings.network.normals_per_axis = 1;
  const Model<double> model = test::moved_model(settings);
  MixtureMass mixture;
  mixture.set({*model.network().get<Mixture>(), model.coordinates(), model.double_weights()}, 0);
  double expected = 0;
  for (const int i : {0, 1}) {
    const auto [slope, bias] = mixture.normal(i, 0, 0);
    const auto at = static_cast<std::size_t>(i);
    const double a = slope * model.box().lower[at] + bias, b = slope * model.box().upper[at] + bias;
    const NormalMoments z = truncated_normal_moments(a, b);
    const double mass = 0.5 * (std::erf(b) - std::erf(a));
    expected += std::log(mass * std::sqrt(std::numbers::pi) / slope) + z.variance + z.mean * z.mean;
  }
  Workspace workspace(1);
  double value = 0, error = 0;
  const Distribution distribution = Distribution::of(model, 0);
  entropy(sampled(distribution, workspace), {nullptr, kSamples, 1}, &value, &error);
  EXPECT_NEAR(value, expected, 4 * error);
  EXPECT_LT(error, 0.01);
  EXPECT_GT(error, 0);
}

TEST(Entropy, ofTheUniformDistributionIsTheLogarithmOfItsVolume) {
  ModelSettings settings = test::mixture_settings_of(2);
  settings.constraint.uniform_share = 1 - 0x1p-50;
  Workspace workspace(1);
  double value = 0, error = 0;
  const Distribution distribution = Distribution::of(test::model_of<double>(settings), 0);
  entropy(sampled(distribution, workspace), {nullptr, 100, 1}, &value, &error);
  EXPECT_NEAR(value, std::log(settings.box.volume()), 1e-12);
  EXPECT_LT(error, 1e-12);
}

TEST(DensityLevel, hasItsShareOfFreshSamplesAboveIt) {
  for (const ModelSettings& settings :
       {test::settings_of(2), test::shared_out(test::mixture_settings_of(2))}) {
    const Distribution distribution = Distribution::of(test::moved_model(settings), 0);
    Workspace workspace(2);
    const std::int64_t fresh = 4000;
    std::vector<double> x(2 * fresh), p(fresh);
    sample(distribution, workspace, 99, 0, nullptr, fresh, x.data());
    density(distribution, workspace, x.data(), fresh, p.data(), nullptr);
    for (const double share : {0.05, 0.5, 0.9}) {
      double level = 0, error = 0;
      density_level(sampled(distribution, workspace), {nullptr, fresh, 1}, share, &level, &error);
      double above = 0, between = 0;
      for (const double value : p) {
        above += value >= level ? 1 : 0;
        between += std::fabs(value - level) < error ? 1 : 0;
      }
      const double spread = std::sqrt(share * (1 - share) / static_cast<double>(fresh));
      // Both the level and the fresh samples are drawn.
      EXPECT_NEAR(above / fresh, share, 4 * std::sqrt(2.0) * spread) << share;
      EXPECT_NEAR(between / fresh / (2 * spread), 1, 0.6) << share;
    }
  }
}

}  // namespace
}  // namespace finn::net
