#include "finn/chains/chain_link.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "finn/chains/linear_chains.hpp"
#include "finn/chains/linear_link.hpp"
#include "finn/chains/linear_shift.hpp"
#include "finn/chains/network_link.hpp"
#include "finn/chains/stacked_link.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "tests/finn/chains/support.hpp"
#include "tests/finn/queries/support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

// A link of two conditions z, a point z, and an interval that holds all of its probability there.
struct LinkCase {
  std::string name;
  ChainLink::Form form;
  double lower, upper;
  std::vector<double> z;
};

std::vector<LinkCase> link_cases() {
  const auto chains = std::make_shared<const LinearChains>(test::linear_mixture(3, 3));
  const ModelSettings alone = test::mixture_settings_of(1);
  const LinearShift shift{2, 0.5, {0.3, -1}};
  const std::vector<double> z{1.2, 0.4};
  const double low = shift.value(-1, z.data()), high = shift.value(0.5, z.data());
  const NetworkLink network(shift, test::moved_model(test::conditioned_by_film(alone)));
  const auto stack = std::make_shared<const StackedLink>(
      std::vector{0.25, 0.75}, std::vector{ChainLink(NetworkLink(shift, test::moved_model(alone)),
                                                     -test::kInfinity, test::kInfinity),
                                           ChainLink(network, -test::kInfinity, test::kInfinity)});
  return {{"stacked", stack, low, high, z},
          {"linear", LinearLink{chains, 2}, -15, 15, z},
          {"residual", NetworkLink(shift, test::moved_model(alone)), low, high, z},
          {"network", network, low, high, z},
          {"network of float",
           NetworkLink(shift, test::moved_model<float>(test::conditioned_by_film(alone))), low,
           high, z}};
}

// The whole, and cut on one side and on both.
std::vector<std::pair<double, double>> limits_of_links(const LinkCase& of) {
  const double side = of.upper - of.lower, low = of.lower + 0.45 * side, high = low + 0.2 * side;
  return {{-test::kInfinity, test::kInfinity},
          {low, test::kInfinity},
          {-test::kInfinity, high},
          {low, high}};
}

// Calls body(link, z, lower, upper) for every link with all of its limits.
template <class Body>
void for_each_link(Body&& body) {
  for (const LinkCase& of : link_cases()) {
    for (const auto& [lower, upper] : limits_of_links(of)) {
      SCOPED_TRACE(of.name + " in " + std::to_string(lower) + " .. " + std::to_string(upper));
      body(ChainLink(of.form, lower, upper), of.z, std::max(lower, of.lower),
           std::min(upper, of.upper));
    }
  }
}

// x beside z, row by row.
std::vector<double> beside(const std::vector<double>& x, const std::vector<double>& z) {
  std::vector<double> rows;
  for (const double value : x) {
    rows.push_back(value);
    rows.insert(rows.end(), z.begin(), z.end());
  }
  return rows;
}

template <class Query>
std::vector<double> asked(const ChainLink& link, Query&& query, const std::vector<double>& x,
                          const std::vector<double>& z) {
  Workspace workspace(2);
  const std::vector<double> rows = beside(x, z);
  std::vector<double> values(x.size());
  (link.*query)(workspace, rows.data(), static_cast<std::int64_t>(x.size()), values.data());
  return values;
}

std::vector<double> quantiles(const ChainLink& link, const std::vector<double>& shares,
                              const std::vector<double>& z) {
  Workspace workspace(2);
  std::vector<double> rows = beside(std::vector<double>(shares.size()), z), x;
  link.quantile(workspace, shares.data(), static_cast<std::int64_t>(shares.size()), rows.data());
  for (std::size_t at = 0; at < rows.size(); at += 1 + z.size()) x.push_back(rows[at]);
  EXPECT_EQ(rows, beside(x, z)) << "z has to stay";
  return x;
}

std::vector<double> survivals(const ChainLink& link, const std::vector<double>& x,
                              const std::vector<double>& z) {
  Workspace workspace(2);
  const std::vector<double> rows = beside(x, z);
  std::vector<double> values(x.size());
  link.share(workspace, Side::above, rows.data(), static_cast<std::int64_t>(x.size()),
             values.data());
  return values;
}

double integral_of(const ChainLink& link, const std::vector<double>& z, double from, double to) {
  std::vector<double> x, weights;
  test::for_each_node(30, 20, {from}, {to}, [&](const double* point, double weight) {
    x.push_back(*point);
    weights.push_back(weight);
  });
  const auto logs = asked(link, &ChainLink::log_density, x, z);
  double sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) sum += weights[k] * std::exp(logs[k]);
  return sum;
}

TEST(ChainLink, hasADensityWhoseIntegralIs1) {
  for_each_link([](const ChainLink& link, const auto& z, double lower, double upper) {
    EXPECT_EQ(link.conditions(), 2);
    EXPECT_NEAR(integral_of(link, z, lower, upper), 1, 1e-9);
  });
}

TEST(ChainLink, hasAsCdfTheIntegralOfItsDensity) {
  for_each_link([](const ChainLink& link, const auto& z, double lower, double upper) {
    std::vector<double> x;
    for (const double share : {0.1, 0.5, 0.8}) x.push_back(lower + share * (upper - lower));
    const auto cdf = asked(link, &ChainLink::cdf, x, z);
    for (std::size_t k = 0; k < x.size(); ++k) {
      EXPECT_NEAR(cdf[k], integral_of(link, z, lower, x[k]), 1e-9) << x[k];
      EXPECT_NEAR(survivals(link, x, z)[k], 1 - cdf[k], 1e-12) << x[k];
    }
  });
}

TEST(ChainLink, hasQuantilesThatInvertTheCdf) {
  for_each_link([](const ChainLink& link, const auto& z, double lower, double upper) {
    const std::vector<double> shares{1e-9, 0.003, 0.3, 0.5, 0.77, 0.999};
    const auto x = quantiles(link, shares, z);
    const auto cdf = asked(link, &ChainLink::cdf, x, z);
    for (std::size_t k = 0; k < x.size(); ++k) {
      EXPECT_NEAR(cdf[k], shares[k], 1e-11);
      EXPECT_TRUE(x[k] >= lower && x[k] <= upper) << x[k];
    }
  });
}

TEST(ChainLink, holdsItsLimitsExactly) {
  for (const LinkCase& of : link_cases()) {
    SCOPED_TRACE(of.name);
    const auto [lower, upper] = limits_of_links(of).back();
    const ChainLink link(of.form, lower, upper);
    EXPECT_EQ(link.lower(), lower);
    EXPECT_EQ(link.upper(), upper);
    const std::vector<double> outside{std::nextafter(lower, -1e9), std::nextafter(upper, 1e9),
                                      lower - 1e3, upper + 1e3};
    for (const double log : asked(link, &ChainLink::log_density, outside, of.z)) {
      EXPECT_EQ(log, -test::kInfinity);
    }
    for (const double log : asked(link, &ChainLink::log_density, {lower, upper}, of.z)) {
      EXPECT_TRUE(std::isfinite(log));
    }
    const std::vector<double> below{-test::kInfinity, lower - 1, lower};
    const std::vector<double> above{upper, upper + 1, test::kInfinity};
    EXPECT_EQ(asked(link, &ChainLink::cdf, below, of.z), std::vector<double>(3, 0.0));
    EXPECT_EQ(asked(link, &ChainLink::cdf, above, of.z), std::vector<double>(3, 1.0));
    EXPECT_EQ(survivals(link, below, of.z), std::vector<double>(3, 1.0));
    EXPECT_EQ(survivals(link, above, of.z), std::vector<double>(3, 0.0));
    EXPECT_EQ(quantiles(link, {0, 1}, of.z), (std::vector<double>{lower, upper}));
  }
}

TEST(ChainLink, isTheWholeDividedByWhatTheLimitsHold) {
  for (const LinkCase& of : link_cases()) {
    const auto [lower, upper] = limits_of_links(of).back();
    const ChainLink cut(of.form, lower, upper), whole(of.form, -test::kInfinity, test::kInfinity);
    const auto shares = asked(whole, &ChainLink::cdf, {lower, upper}, of.z);
    const std::vector<double> x{0.5 * lower + 0.5 * upper};
    EXPECT_NEAR(asked(cut, &ChainLink::log_density, x, of.z)[0],
                asked(whole, &ChainLink::log_density, x, of.z)[0] - std::log(shares[1] - shares[0]),
                1e-12)
        << of.name;
  }
}

TEST(ChainLink, outOfInfinityHas0And1AsCdfAndFiniteQuantiles) {
  for (const LinkCase& of : link_cases()) {
    const ChainLink link(of.form, -test::kInfinity, test::kInfinity);
    EXPECT_EQ(asked(link, &ChainLink::cdf, {-test::kInfinity, test::kInfinity}, of.z),
              (std::vector<double>{0, 1}))
        << of.name;
    const auto ends = quantiles(link, {0, 1}, of.z);
    EXPECT_TRUE(std::isfinite(ends[0]) && std::isfinite(ends[1])) << of.name;
    const std::vector<double> far{-1e30, 1e30};
    for (const double log : asked(link, &ChainLink::log_density, far, of.z)) {
      EXPECT_LT(log, -1e3) << of.name;
    }
  }
}

// Each row has a z of its own, and is answered as if it stood alone.
TEST(ChainLink, answersEachRowByItsOwnZ) {
  Workspace workspace(2);
  for (const LinkCase& of : link_cases()) {
    const ChainLink link(of.form, -test::kInfinity, test::kInfinity);
    const double x = 0.5 * (of.lower + of.upper);
    std::vector<double> rows, together(40);
    for (int r = 0; r < 40; ++r) rows.insert(rows.end(), {x, 1.2 + 0.01 * r, 0.4 - 0.005 * r});
    link.log_density(workspace, rows.data(), 40, together.data());
    for (std::size_t r = 0; r < 40; ++r) {
      double alone = 0;
      link.log_density(workspace, &rows[3 * r], 1, &alone);
      ASSERT_NEAR(together[r], alone, 1e-12) << of.name;
    }
    EXPECT_NE(together.front(), together.back()) << of.name;
  }
}

// What stands before moves every form far out of the limits: in two rows to either side.
TEST(ChainLink, isADensityWhereItsFormLeavesNothingWithinTheLimits) {
  for (const LinkCase& of : link_cases()) {
    SCOPED_TRACE(of.name);
    const ChainLink link(of.form, -2, 1);
    for (const double far : {100.0, -100.0}) {
      const std::vector<double> z{0, far};
      EXPECT_NEAR(integral_of(link, z, -2, 1), 1, 1e-9);
      const std::vector<double> shares{0.001, 0.4, 0.999};
      const auto x = quantiles(link, shares, z);
      const auto cdf = asked(link, &ChainLink::cdf, x, z);
      const auto above = survivals(link, x, z);
      for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_TRUE(x[k] >= -2 && x[k] <= 1) << x[k];
        EXPECT_NEAR(cdf[k], shares[k], 1e-6);
        EXPECT_NEAR(above[k], 1 - cdf[k], 1e-12);
      }
      EXPECT_EQ(quantiles(link, {0, 1}, z), (std::vector<double>{-2, 1}));
      EXPECT_EQ(asked(link, &ChainLink::log_density, {-2.1, 1.1}, z),
                std::vector<double>(2, -test::kInfinity));
    }
  }
}

}  // namespace
}  // namespace finn::net
