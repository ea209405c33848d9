// finn_chain: made, fitted, asked, and what it refuses.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/chain_support.hpp"
#include "tests/capi/distribution_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

constexpr double kChainNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

TEST(Chain, countsWhatItHas) {
  const ChainHandle chain = make_chain();
  EXPECT_EQ(finn_chain_variables(chain.get()), 2);
  EXPECT_EQ(finn_chain_conditions(chain.get()), 1);
  EXPECT_EQ(finn_chain_links(chain.get()), 0);
  EXPECT_EQ(finn_chain_variables(nullptr), 0);
  EXPECT_EQ(finn_chain_conditions(nullptr), 0);
  EXPECT_EQ(finn_chain_links(nullptr), 0);
  finn_chain_destroy(nullptr);
  const ChainHandle fitted = fitted_chain();
  EXPECT_EQ(finn_chain_links(fitted.get()), 2);
}

TEST(Chain, isNotMadeOfWhatIsNone) {
  const double one = 1, lower[] = {0, 1}, upper[] = {1, 1}, nan[] = {1, kChainNaN};
  const auto create = [](std::int32_t variables, std::int32_t conditions, const double* from,
                         const double* to) {
    return [=](finn_chain** chain, finn_error* e) {
      return finn_chain_create(variables, conditions, from, to, nullptr, chain, e);
    };
  };
  using C = finn_chain;
  const auto argument = FINN_ERROR_ARGUMENT;
  expect_not_made<C>("0 variables", argument, "variables", create(0, 0, nullptr, nullptr));
  expect_not_made<C>("many variables", argument, "variables",
                     create(FINN_MAX_MIXTURE_VARIABLES + 1, 0, nullptr, nullptr));
  expect_not_made<C>("-1 conditions", argument, "conditions", create(1, -1, nullptr, nullptr));
  expect_not_made<C>("many conditions", argument, "conditions", create(1, 1025, nullptr, nullptr));
  expect_not_made<C>("no upper", FINN_ERROR_NULL, "upper", create(1, 0, &one, nullptr));
  expect_not_made<C>("no lower", FINN_ERROR_NULL, "lower", create(1, 0, nullptr, &one));
  expect_not_made<C>("equal limits", argument, "variable 1", create(2, 0, lower, upper));
  expect_not_made<C>("reversed limits", argument, "variable 0", create(1, 0, upper, lower));
  expect_not_made<C>("NaN", argument, "variable 1", create(2, 0, lower, nan));
  expect_refused({"chain NULL", FINN_ERROR_NULL, "chain", [&](finn_error* e) {
                    return finn_chain_create(1, 0, nullptr, nullptr, nullptr, nullptr, e);
                  }});
  for (const std::int32_t variables : {1, FINN_MAX_MIXTURE_VARIABLES}) {
    EXPECT_NE(make_chain({variables, 1024, {}, {}, short_chain_options()}), nullptr);
  }
}

TEST(Chain, refusesRowsThatItCannotFit) {
  const ChainHandle chain = make_chain({2, 1, {-10, -2}, {10, 2}, short_chain_options()});
  const WorkspaceHandle workspace = make_workspace(1);
  const std::vector<double> good = chain_rows(8), ones(8, 1.0), zeros(8, 0.0);
  const auto call = [&](finn_chain* of, finn_workspace* with, const std::vector<double>* x,
                        const double* weights, std::int64_t rows) {
    return [=](finn_error* e) {
      return finn_chain_fit_data(of, with, x == nullptr ? nullptr : x->data(), weights, rows,
                                 nullptr, nullptr, e);
    };
  };
  finn_chain* c = chain.get();
  finn_workspace* w = workspace.get();
  expect_refused({"chain", FINN_ERROR_NULL, "chain", call(nullptr, w, &good, nullptr, 8)});
  expect_refused({"workspace", FINN_ERROR_NULL, "workspace", call(c, nullptr, &good, nullptr, 8)});
  expect_refused({"x", FINN_ERROR_NULL, "x", call(c, w, nullptr, nullptr, 8)});
  for (const std::int64_t rows : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{1}}) {
    expect_refused({"rows", FINN_ERROR_ARGUMENT, "rows", call(c, w, &good, nullptr, rows)});
  }
  expect_refused({"rows", FINN_ERROR_SIZE, "rows", call(c, w, &good, nullptr, INT64_MAX)});
  const auto spoiled = [&](std::size_t at, double value) {
    std::vector<double> x = good;
    x[at] = value;
    return x;
  };
  for (const double bad : {kChainNaN, kNoLimit}) {
    const auto variable = spoiled(3, bad), condition = spoiled(5, bad);
    expect_refused({"x", FINN_ERROR_NOT_FINITE, "row 1", call(c, w, &variable, nullptr, 8)});
    expect_refused({"x", FINN_ERROR_NOT_FINITE, "column 2", call(c, w, &condition, nullptr, 8)});
  }
  const auto low = spoiled(6, -11), high = spoiled(7, 2.001), condition = spoiled(8, 1e6);
  expect_refused({"below", FINN_ERROR_ARGUMENT, "row 2", call(c, w, &low, nullptr, 8)});
  expect_refused({"above", FINN_ERROR_ARGUMENT, "column 1", call(c, w, &high, nullptr, 8)});
  for (const double bad : {-1.0, kChainNaN, kNoLimit}) {
    std::vector<double> weights = ones;
    weights[3] = bad;
    const finn_status status = bad == -1 ? FINN_ERROR_ARGUMENT : FINN_ERROR_NOT_FINITE;
    expect_refused({"weights", status, "weights", call(c, w, &good, weights.data(), 8)});
  }
  expect_refused({"all 0", FINN_ERROR_ARGUMENT, "weights", call(c, w, &good, zeros.data(), 8)});
  std::vector<double> one = zeros;
  one[2] = 1;
  expect_refused({"one row", FINN_ERROR_ARGUMENT, "rows", call(c, w, &good, one.data(), 8)});
  EXPECT_EQ(finn_chain_links(c), 0);
  require_ok(call(c, w, &condition, ones.data(), 8));
  EXPECT_EQ(finn_chain_links(c), 2);
}

// Numbers whose squares are none: a chain that is finite, or an error.
TEST(Chain, ofHugeNumbersIsOneOrAnError) {
  for (const double scale : {1e-150, 1e100, 1e200, 1e308}) {
    std::vector<double> x = chain_rows(30);
    for (double& value : x) value *= scale / 4;
    const ChainHandle chain = make_chain();
    finn_error error = FINN_ERROR_INIT;
    if (fit_chain(chain.get(), x, {}, &error) != FINN_OK) {
      EXPECT_NE(std::string(error.message), "") << scale;
      EXPECT_NE(error.status, FINN_ERROR_INTERNAL) << error.message;
      continue;
    }
    for (const double log : log_densities(chain.get(), x)) EXPECT_TRUE(std::isfinite(log)) << scale;
  }
}

TEST(Chain, reportsTheStepsOfAllLinksAndStops) {
  const ChainHandle chain = make_chain();
  std::vector<std::int64_t> steps;
  Callbacks callbacks;
  callbacks.progress = [&](const finn_progress& told) {
    EXPECT_EQ(told.struct_size, sizeof told);
    EXPECT_EQ(told.steps, 8);
    steps.push_back(told.step);
    return told.step == 6 ? 1 : 0;
  };
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), chain_rows(60), callbacks, e); });
  EXPECT_EQ(steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(finn_chain_links(chain.get()), 1);
  finn_distribution* distribution = nullptr;
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(finn_chain_distribution(chain.get(), &distribution, &error), FINN_ERROR_ARGUMENT);
  EXPECT_TRUE(mentions(error.message, "1 of 2 links")) << error.message;
  require_ok([&](finn_error* e) { return fit_chain(chain.get(), chain_rows(60), {}, e); });
  EXPECT_EQ(log_densities(chain.get(), chain_rows(9)),
            log_densities(fitted_chain().get(), chain_rows(9)));
}

TEST(Chain, givesItsOptionsBack) {
  finn_chain_options options = short_chain_options(17);
  options.seed = 5;
  options.precision = FINN_FLOAT32;
  const ChainHandle chain = make_chain({2, 0, {}, {}, options});
  finn_chain_options got;
  finn_chain_options_init(&got, sizeof got);
  require_ok([&](finn_error* e) { return finn_chain_get_options(chain.get(), &got, e); });
  EXPECT_EQ(got.steps, 17);
  EXPECT_EQ(got.seed, 5u);
  EXPECT_EQ(got.hidden_layers, 1);
  EXPECT_EQ(got.widths[0], 3);
  EXPECT_EQ(got.precision, FINN_FLOAT32);
  const auto get = [&](const finn_chain* of, finn_chain_options* to) {
    return [=](finn_error* e) { return finn_chain_get_options(of, to, e); };
  };
  expect_refused({"chain", FINN_ERROR_NULL, "chain", get(nullptr, &got)});
  expect_refused({"options", FINN_ERROR_NULL, "options", get(chain.get(), nullptr)});
  got.struct_size = 8;
  expect_refused({"size", FINN_ERROR_SIZE, "struct_size", get(chain.get(), &got)});
}

TEST(Chain, saysTheFormsOfItsLinks) {
  const ChainHandle chain = fitted_chain();
  const auto [form, log_likelihoods] = link_of(chain.get(), 1);
  EXPECT_TRUE(std::all_of(log_likelihoods.begin(), log_likelihoods.end(),
                          [](double log) { return std::isfinite(log); }));
  EXPECT_TRUE(form >= FINN_LINK_LINEAR && form <= FINN_LINK_NETWORK);
  finn_link_form other = FINN_LINK_LINEAR;
  require_ok([&](finn_error* e) { return finn_chain_link(chain.get(), 1, &other, nullptr, e); });
  EXPECT_EQ(other, form);
  const auto ask = [](const finn_chain* of, std::int32_t link, finn_link_form* to) {
    return [=](finn_error* e) { return finn_chain_link(of, link, to, nullptr, e); };
  };
  expect_refused({"chain", FINN_ERROR_NULL, "chain", ask(nullptr, 0, &other)});
  expect_refused({"form", FINN_ERROR_NULL, "form", ask(chain.get(), 0, nullptr)});
  expect_refused({"link 2", FINN_ERROR_ARGUMENT, "link", ask(chain.get(), 2, &other)});
  expect_refused({"link -1", FINN_ERROR_ARGUMENT, "link", ask(chain.get(), -1, &other)});
  const ChainHandle fresh = make_chain(), half = chain_of_links(1);
  expect_refused({"unfitted", FINN_ERROR_ARGUMENT, "chain", ask(fresh.get(), 0, &other)});
  expect_refused({"half", FINN_ERROR_ARGUMENT, "link", ask(half.get(), 1, &other)});
}

TEST(Chain, withoutLinearComponentsSaysThatNoneWereTried) {
  finn_chain_options options = short_chain_options();
  options.linear_components = 0;
  const ChainHandle chain = fitted_chain({2, 1, {}, {}, options});
  EXPECT_TRUE(std::isnan(link_of(chain.get(), 0).second[FINN_LINK_LINEAR]));
  EXPECT_NE(link_of(chain.get(), 0).first, FINN_LINK_LINEAR);
}

}  // namespace
}  // namespace finn::test
