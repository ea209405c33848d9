#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::expect_refused;
using test::kNaN;
using test::Point;
using test::u_of;
using test::x_of;

TEST(LineDomain, hasTheDistributionFunctionOfItsTailAsU) {
  expect_near(u_of(line_domain(1, 2, Tail::gaussian), {5}), {0.97724986805182079});
  expect_near(u_of(line_domain(1, 2, Tail::exponential), {5}), {1 / (1 + std::exp(-2))});
  expect_near(u_of(line_domain(1, 2, Tail::rational), {3}), {0.75});
  expect_near(u_of(half_line_domain(1, false, 2, Tail::gaussian), {3}), {0.68268949213708590});
  expect_near(u_of(half_line_domain(1, false, 2, Tail::exponential), {3}), {1 - std::exp(-1)});
  expect_near(u_of(half_line_domain(1, true, 2, Tail::rational), {-1}), {0.5});
}

TEST(LineDomain, goesToFarPointsAndBack) {
  for (const Tail tail : {Tail::gaussian, Tail::exponential, Tail::rational}) {
    const auto line = line_domain(0, 1, tail);
    for (const double u : {1e-15, 1e-9, 0.3, 1 - 1e-9}) {
      EXPECT_NEAR(u_of(line, x_of(line, {u}))[0] / u, 1, 1e-13);
    }
    EXPECT_TRUE(std::isfinite(x_of(line, {0})[0]));
    EXPECT_TRUE(std::isfinite(x_of(line, {1})[0]));
  }
}

TEST(LineDomain, hasItsLogarithmicWeightWhereTheWeightUnderflows) {
  Point u(1);
  const double x = 200;
  const double log_weight = line_domain(0, 2, Tail::gaussian)->locate(&x, u.data());
  EXPECT_NEAR(log_weight, -5000 - 0.91893853320467274 - std::log(2), 1e-9);
  EXPECT_NEAR(line_domain(0, 1, Tail::exponential)->locate(&x, u.data()), -200, 1e-12);
}

TEST(HalfLineDomain, growsWithXWhicheverWayItGoes) {
  const auto up = half_line_domain(2, false, 1, Tail::exponential);
  const auto down = half_line_domain(2, true, 1, Tail::exponential);
  EXPECT_LT(u_of(up, {3})[0], u_of(up, {4})[0]);
  EXPECT_LT(u_of(down, {-4})[0], u_of(down, {-3})[0]);
  EXPECT_FALSE(contains(up, {1.9}));
  EXPECT_EQ(u_of(up, {1.9})[0], 0);
  EXPECT_FALSE(contains(down, {2.1}));
  EXPECT_EQ(u_of(down, {2.1})[0], 1);
  EXPECT_TRUE(contains(up, {2}));
  EXPECT_TRUE(contains(down, {2}));
}

TEST(AxisDomains, refuseAScaleThatIsNone) {
  for (const double scale : {0.0, -1.0, 1e-200, 1e200}) {
    expect_refused([=] { line_domain(0, scale, Tail::gaussian); }, "scale");
    expect_refused([=] { half_line_domain(0, false, scale, Tail::gaussian); }, "scale");
  }
  expect_refused([] { line_domain(kNaN, 1, Tail::gaussian); }, "centre",
                 core::Status::ERROR_NOT_FINITE);
  expect_refused([] { half_line_domain(kNaN, true, 1, Tail::gaussian); }, "end",
                 core::Status::ERROR_NOT_FINITE);
}

}  // namespace
}  // namespace finn::net
