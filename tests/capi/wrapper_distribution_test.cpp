// finn::Distribution of capi/finn.hpp: the answers of finn.h as vectors, shapes that are checked,
// and exceptions of a statistic that come out whole.
#include <cmath>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "finn.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

static_assert(std::is_copy_constructible_v<Distribution> &&
              std::is_nothrow_move_constructible_v<Distribution>);

template <class Function>
finn_status status_asked(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.status();
  }
  return FINN_OK;
}

class DistributionWrapper : public ::testing::Test {
 protected:
  // The row [x_0, x_1, condition] of a distribution of both variables.
  static constexpr double kCondition = 0.5;

  Model plain_{Network::mixture(2), Domain::open_box({0, 1}, {2, 4}), {.seed = 3}};
  Model conditioned_{Network::mixture(2),
                     Domain::open_box({0, 1}, {2, 4}),
                     {.conditioning = Conditioning::film({0}, {1}), .seed = 4}};
  const Distribution both_{plain_};
  Workspace workspace_{1};
};

TEST_F(DistributionWrapper, saysItsShapes) {
  const Distribution whole(conditioned_);
  EXPECT_EQ(whole.variables(), 2u);
  EXPECT_EQ(whole.columns(), 3u);
  EXPECT_EQ(whole.given_columns(), 1u);
  EXPECT_EQ(whole.given({1}).variables(), 1u);
  EXPECT_EQ(whole.given({1}).given_columns(), 2u);
  EXPECT_EQ(whole.marginal({1}).columns(), 2u);
  const auto [lower, upper] = both_.truncated({0.5, -kInfinity}, {kInfinity, 3}).support();
  EXPECT_EQ(lower, (std::vector<double>{0.5, 1}));
  EXPECT_EQ(upper, (std::vector<double>{2, 3}));
}

TEST_F(DistributionWrapper, hasTheDensityOfTheModelWhoseIntegralIs1) {
  const std::vector<double> x = {0.5, 2, 1.5, 3};
  const auto f = plain_.integrand(workspace_, x);
  const auto density = both_.density(workspace_, x);
  const auto logarithms = both_.log_density(workspace_, x);
  ASSERT_EQ(density.size(), 2u);
  for (std::size_t i = 0; i < density.size(); ++i) {
    EXPECT_NEAR(density[i], f[i], 1e-12 * f[i]);
    EXPECT_NEAR(logarithms[i], std::log(f[i]), 1e-12);
  }
}

TEST_F(DistributionWrapper, knowsItsMarginalsByTheirOrder) {
  const Distribution turned = both_.marginal({1, 0});
  EXPECT_EQ(turned.density(workspace_, {2, 0.5}), both_.density(workspace_, {0.5, 2}));
  const double joint = both_.density(workspace_, {0.5, 2})[0];
  const double conditional = both_.given({1}).density(workspace_, {0.5, 2})[0];
  EXPECT_NEAR(conditional * both_.marginal({1}).density(workspace_, {2})[0], joint, 1e-12 * joint);
}

TEST_F(DistributionWrapper, hasProbabilitiesThatAddUp) {
  const double below = both_.cdf(workspace_, {1, kInfinity})[0];
  const double above = both_.survival(workspace_, {1, -kInfinity})[0];
  EXPECT_NEAR(below + above, 1, 1e-12);
  std::vector<double> error;
  const auto halves = both_.probability(workspace_, {0, 1, 1, 1}, {1, 4, 2, 4}, {}, &error);
  ASSERT_EQ(halves.size(), 2u);
  ASSERT_EQ(error.size(), 2u);
  EXPECT_NEAR(halves[0], below, 1e-12);
  EXPECT_NEAR(halves[1], above, 1e-12);
  EXPECT_GT(error[0], 0);
  EXPECT_LT(error[0], 1e-10);
  EXPECT_EQ(both_.probability(workspace_, {0, 1}, {1, 4})[0], halves[0]);
  EXPECT_NEAR(both_.probability_of_width(workspace_, {0, 1}, {1, 3}, {}, &error)[0], below, 1e-12);
  EXPECT_EQ(error.size(), 1u);
}

TEST_F(DistributionWrapper, leadsToUniformNumbersAndBack) {
  const std::vector<double> u = {0.25, 0.75, 0.5, 0.125};
  const auto x = both_.inverse_rosenblatt(workspace_, u);
  const auto again = both_.rosenblatt(workspace_, x);
  ASSERT_EQ(again.size(), u.size());
  for (std::size_t i = 0; i < u.size(); ++i) EXPECT_NEAR(again[i], u[i], 1e-10);
  const auto quantiles = both_.marginal({0}).quantile(workspace_, {0.25, 0.5});
  EXPECT_NEAR(quantiles[0], x[0], 1e-12);
  EXPECT_NEAR(quantiles[1], x[2], 1e-12);
}

TEST_F(DistributionWrapper, drawsTheSamplesOfASeedFromAnyOfThemOn) {
  const auto samples = both_.sample(workspace_, 50, 9);
  ASSERT_EQ(samples.size(), 100u);
  const auto tail = both_.sample(workspace_, 10, 9, {}, 40);
  EXPECT_EQ(tail, std::vector<double>(samples.begin() + 80, samples.end()));
  EXPECT_NE(both_.sample(workspace_, 50, 10), samples);
}

TEST_F(DistributionWrapper, takesWhatIsGivenInEachRow) {
  const Distribution given = Distribution(conditioned_).given({1});
  const std::vector<double> rows = {2, kCondition, 3, 0.25};
  EXPECT_EQ(given.sample(workspace_, 2, 1, rows).size(), 2u);
  const auto medians = given.quantile(workspace_, {0.5, 0.5}, rows);
  const auto halves = given.probability(workspace_, {0, 0}, medians, rows);
  EXPECT_NEAR(halves[0], 0.5, 1e-10);
  EXPECT_NEAR(halves[1], 0.5, 1e-10);
  const Moments moments = given.moments(workspace_, rows);
  EXPECT_EQ(moments.mean.size(), 2u);
  EXPECT_EQ(moments.covariance.size(), 2u);
  EXPECT_GT(given.mode(workspace_, 100, 1, {2, kCondition}).x[0], 0);
}

TEST_F(DistributionWrapper, hasTheMomentsOfItsSamples) {
  const Moments moments = both_.moments(workspace_);
  ASSERT_EQ(moments.mean.size(), 2u);
  ASSERT_EQ(moments.covariance.size(), 4u);
  EXPECT_EQ(moments.mean_error.size(), 2u);
  EXPECT_EQ(moments.covariance_error.size(), 4u);
  const Statistic both = [](const double* x, std::int64_t count, double* values) {
    for (std::int64_t i = 0; i < 2 * count; ++i) values[i] = x[i];
  };
  const auto means = both_.expectation(workspace_, both, 2, 4000, 1);
  ASSERT_EQ(means.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_GT(means[i].standard_error, 0);
    EXPECT_NEAR(means[i].value, moments.mean[i], 5 * means[i].standard_error);
  }
}

TEST_F(DistributionWrapper, isSummedUpBySamples) {
  const Estimate entropy = both_.entropy(workspace_, 2000, 1);
  EXPECT_NEAR(entropy.value, std::log(6.0), 1) << "of a density that is nearly even";
  EXPECT_GT(entropy.standard_error, 0);
  const Mode mode = both_.mode(workspace_, 200, 1);
  ASSERT_EQ(mode.x.size(), 2u);
  EXPECT_NEAR(mode.log_density, both_.log_density(workspace_, mode.x)[0], 1e-12);
  const Estimate level = both_.density_level(workspace_, 0.5, 2000, 1);
  EXPECT_GT(level.value, 0);
  EXPECT_LT(level.value, std::exp(mode.log_density));
}

TEST_F(DistributionWrapper, letsTheExceptionOfAStatisticThrough) {
  const Statistic broken = [](const double*, std::int64_t, double*) {
    throw std::out_of_range("no such number");
  };
  EXPECT_THROW(both_.expectation(workspace_, broken, 1, 10, 1), std::out_of_range);
  EXPECT_EQ(status_asked([&] { both_.expectation(workspace_, {}, 1, 10, 1); }), FINN_ERROR_NULL);
}

TEST_F(DistributionWrapper, outlivesItsModelAndWhatItWasMadeOf) {
  auto model = std::make_unique<Model>(plain_.clone());
  auto whole = std::make_unique<Distribution>(*model);
  const Distribution copy = *whole;
  const Distribution marginal = whole->marginal({0});
  EXPECT_EQ(copy.get(), whole->get());
  model.reset();
  whole.reset();
  EXPECT_EQ(marginal.density(workspace_, {1}), both_.marginal({0}).density(workspace_, {1}));
  EXPECT_EQ(copy.density(workspace_, {1, 2}), both_.density(workspace_, {1, 2}));
}

TEST_F(DistributionWrapper, hasGradientsThatAgreeWithEachOther) {
  const Distribution given = both_.given({1});
  const std::vector<double> row = {0.5, 2};
  const double density = given.density(workspace_, row)[0];
  EXPECT_EQ(given.log_density_gradient(workspace_, row).size(), 2u);
  const auto cdf = given.cdf_gradient(workspace_, row);
  EXPECT_NEAR(cdf[0], density, 1e-12 * density);
  const auto box = given.probability_gradient(workspace_, {0}, {0.5}, {2});
  EXPECT_EQ(box.upper[0], cdf[0]);
  EXPECT_EQ(box.given[0], cdf[1]);
  EXPECT_LT(box.lower[0], 0);
  const auto transform = given.rosenblatt_jacobian(workspace_, row);
  EXPECT_NEAR(transform.jacobian[1], cdf[1], 1e-12);
  EXPECT_NEAR(transform.inverse[0] * density, 1, 1e-12);
}

TEST_F(DistributionWrapper, throwsWhenALengthDoesNotFit) {
  const std::vector<double> two(2, 1.5), three(3, 1.5);
  const Distribution given = both_.given({1});
  const auto expect_size = [](auto&& ask) { EXPECT_EQ(status_asked(ask), FINN_ERROR_SIZE); };
  expect_size([&] { both_.density(workspace_, three); });
  expect_size([&] { both_.rosenblatt(workspace_, three); });
  expect_size([&] { both_.inverse_rosenblatt(workspace_, three); });
  expect_size([&] { both_.log_density_gradient(workspace_, three); });
  expect_size([&] { both_.cdf_gradient(workspace_, three); });
  expect_size([&] { both_.probability_gradient(workspace_, two, three); });
  expect_size([&] { given.probability_gradient(workspace_, {0}, {1}, two); });
  expect_size([&] { both_.rosenblatt_jacobian(workspace_, three); });
  expect_size([&] { both_.truncated(three, two); });
  expect_size([&] { both_.truncated(two, three); });
  expect_size([&] { both_.probability(workspace_, two, three); });
  expect_size([&] { both_.probability(workspace_, two, two, two); });
  expect_size([&] { both_.probability_of_width(workspace_, two, three); });
  expect_size([&] { given.quantile(workspace_, {0.5, 0.5}, three); });
  expect_size([&] { given.sample(workspace_, 2, 1, three); });
  expect_size([&] { both_.moments(workspace_, two); });
  expect_size([&] { given.expectation(workspace_, {}, 1, 10, 1, two); });
  expect_size([&] { given.entropy(workspace_, 10, 1, two); });
  expect_size([&] { given.density_level(workspace_, 0.5, 10, 1, two); });
  expect_size([&] { given.mode(workspace_, 10, 1, two); });
}

TEST_F(DistributionWrapper, throwsTheStatusOfWhatIsRefused) {
  EXPECT_EQ(status_asked([&] { Distribution(plain_, 1); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_asked([&] { both_.marginal({2}); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_asked([&] { both_.given({0, 1}); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_asked([&] { both_.quantile(workspace_, {0.5}); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_asked([&] { both_.sample(workspace_, -1, 1); }), FINN_ERROR_ARGUMENT);
  Distribution gone = both_;
  const Distribution taken = std::move(gone);
  EXPECT_EQ(status_asked([&] { gone.density(workspace_, {1, 2}); }), FINN_ERROR_NULL);
  const Model disk(Network::mixture(2), Domain::disk({0, 0}, 1));
  EXPECT_EQ(status_asked([&] { Distribution(disk).cdf(workspace_, {0, 0}); }), FINN_ERROR_ARGUMENT);
}

}  // namespace
}  // namespace finn::test
