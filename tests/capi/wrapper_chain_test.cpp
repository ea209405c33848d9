// finn::Chain of capi/finn.hpp: fits, links, files, and what comes out of progress.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "finn.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

static_assert(!std::is_copy_constructible_v<Chain> && std::is_nothrow_move_constructible_v<Chain>);

template <class Function>
finn_status status_met(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.status();
  }
  return FINN_OK;
}

finn_chain_options short_fit() {
  finn_chain_options options = chain_options({4});
  options.steps = 10;
  options.batch = 32;
  options.components = 4;
  options.linear_components = 2;
  options.seed = 5;
  return options;
}

// Rows [count][2] of which the second number follows the first.
std::vector<double> rows_that_hang_together(std::size_t count) {
  std::vector<double> x;
  for (std::size_t i = 0; i < count; ++i) {
    const double at = static_cast<double>(i);
    const double first = std::fmod(0.5 + 0.618 * at, 1), noise = std::fmod(0.5 + 0.414 * at, 1);
    x.insert(x.end(), {first, 2 * first + 0.3 * noise});
  }
  return x;
}

class ChainWrapper : public ::testing::Test {
 protected:
  // Of both columns.
  Chain fitted() {
    Chain chain(2, 0, {}, {}, short_fit());
    EXPECT_TRUE(chain.fit(workspace_, x_));
    return chain;
  }

  Workspace workspace_{1};
  const std::vector<double> x_ = rows_that_hang_together(200);
};

TEST_F(ChainWrapper, fitsALinkForEachVariable) {
  Chain chain(2, 0, {}, {}, short_fit());
  EXPECT_EQ(chain.links(), 0u);
  EXPECT_FALSE(chain.is_complete());
  EXPECT_TRUE(chain.fit(workspace_, x_));
  EXPECT_EQ(chain.links(), 2u);
  EXPECT_EQ(chain.variables(), 2u);
  EXPECT_EQ(chain.conditions(), 0u);
  EXPECT_EQ(chain.columns(), 2u);
}

TEST_F(ChainWrapper, saysWhatBecameOfALink) {
  const Chain chain = fitted();
  for (const std::int32_t i : {0, 1}) {
    finn_link_form form;
    double expected[3];
    ASSERT_EQ(finn_chain_link(chain.get(), i, &form, expected, nullptr), FINN_OK);
    const Link link = chain.link(i);
    EXPECT_EQ(link.form, form);
    const std::vector<double> found{link.linear, link.residual, link.network};
    EXPECT_TRUE(same_bits(found, std::vector<double>(expected, expected + 3)));
  }
  EXPECT_EQ(status_met([&] { chain.link(2); }), FINN_ERROR_ARGUMENT);
}

TEST_F(ChainWrapper, keepsItsOptions) {
  const finn_chain_options options = Chain(2, 0, {}, {}, short_fit()).options();
  EXPECT_EQ(options.steps, 10);
  EXPECT_EQ(options.hidden_layers, 1);
  EXPECT_EQ(options.widths[0], 4);
  EXPECT_EQ(Chain(2).options().steps, chain_options().steps);
  finn_chain_options named = chain_options();
  set_option(named, "linear_components", "0");
  EXPECT_EQ(named.linear_components, 0);
  EXPECT_EQ(get_option(named, "widths"), "64, 64");
  EXPECT_EQ(option_rows<finn_chain_options>().front().name, std::string("steps"));
}

TEST_F(ChainWrapper, isADistributionOfItsVariables) {
  const Chain chain = fitted();
  const Distribution joint = chain.distribution();
  EXPECT_EQ(joint.variables(), 2u);
  const std::vector<double> point{0.5, 1.1};
  const double density = joint.density(workspace_, point)[0];
  EXPECT_GT(density, 0);
  const double first = joint.marginal({0}).density(workspace_, {0.5})[0];
  const double second = joint.given({0}).density(workspace_, {1.1, 0.5})[0];
  EXPECT_NEAR(first * second, density, 1e-12 * density);
  EXPECT_EQ(joint.sample(workspace_, 20, 3).size(), 40u);
}

TEST_F(ChainWrapper, standsUnderConditionsAndWithinLimits) {
  Chain chain(1, 1, {0}, {1}, short_fit());
  EXPECT_TRUE(chain.fit(workspace_, x_, std::vector<double>(200, 1.5)));
  const Distribution distribution = chain.distribution();
  EXPECT_EQ(distribution.given_columns(), 1u);
  const auto [lower, upper] = distribution.support();
  EXPECT_EQ(lower, std::vector<double>{0});
  EXPECT_EQ(upper, std::vector<double>{1});
  EXPECT_EQ(distribution.density(workspace_, {1.5, 0.5})[0], 0);
}

TEST_F(ChainWrapper, goesOnToTheSameBitsWhereProgressStoppedIt) {
  Chain stopped(2, 0, {}, {}, short_fit());
  const Progress until_the_second = [](const finn_progress& told) { return told.step <= 10; };
  EXPECT_FALSE(stopped.fit(workspace_, x_, {}, until_the_second));
  EXPECT_EQ(stopped.links(), 1u);
  EXPECT_EQ(status_met([&] { stopped.distribution(); }), FINN_ERROR_ARGUMENT);
  Chain resumed = Chain::from_bytes(stopped.to_bytes());
  EXPECT_TRUE(resumed.fit(workspace_, x_));
  EXPECT_EQ(resumed.to_bytes(), fitted().to_bytes());
}

TEST_F(ChainWrapper, letsTheExceptionOfProgressThroughAndCanGoOn) {
  Chain chain(2, 0, {}, {}, short_fit());
  const Progress broken = [](const finn_progress&) -> bool { throw std::out_of_range("enough"); };
  EXPECT_THROW(chain.fit(workspace_, x_, {}, broken), std::out_of_range);
  EXPECT_FALSE(chain.is_complete());
  EXPECT_TRUE(chain.fit(workspace_, x_));
}

TEST_F(ChainWrapper, comesBackFromItsFileWithTheSameBits) {
  const Chain chain = fitted();
  const std::string path = testing::TempDir() + "/finn_wrapper_chain";
  chain.save(path);
  const Chain loaded = Chain::load(path);
  std::remove(path.c_str());
  EXPECT_EQ(loaded.to_bytes(), chain.to_bytes());
  const auto densities = chain.distribution().density(workspace_, x_);
  EXPECT_TRUE(same_bits(loaded.distribution().density(workspace_, x_), densities));
  EXPECT_EQ(status_met([&] { Chain::load(path); }), FINN_ERROR_FILE);
  EXPECT_EQ(status_met([&] { Chain::from_bytes({1, 2, 3}); }), FINN_ERROR_FORMAT);
}

TEST_F(ChainWrapper, throwsWhenALengthDoesNotFit) {
  Chain chain(2, 0, {}, {}, short_fit());
  const std::vector<double> three(3, 0.5);
  const auto expect_size = [](auto&& ask) { EXPECT_EQ(status_met(ask), FINN_ERROR_SIZE); };
  expect_size([&] { chain.fit(workspace_, three); });
  expect_size([&] { chain.fit(workspace_, x_, three); });
  expect_size([&] { Chain(2, 0, three, three); });
  expect_size([&] { Chain(2, 0, {0, 0}); });
  expect_size([&] { Chain(-1, 0, {0}, {1}); });
}

TEST_F(ChainWrapper, throwsTheStatusOfWhatIsRefused) {
  EXPECT_EQ(status_met([] { Chain(0); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_met([] { Chain(2, -1); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_met([] { Chain(1, 0, {1}, {0}); }), FINN_ERROR_ARGUMENT);
  Chain chain(2, 0, {}, {}, short_fit());
  EXPECT_EQ(status_met([&] { chain.link(0); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(status_met([&] { chain.fit(workspace_, {0, kNaN}); }), FINN_ERROR_NOT_FINITE);
  const Chain taken = std::move(chain);
  EXPECT_EQ(status_met([&] { chain.fit(workspace_, x_); }), FINN_ERROR_NULL);
  EXPECT_EQ(taken.variables(), 2u);
}

}  // namespace
}  // namespace finn::test
