#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::expect_refused;
using test::kOrigin;
using test::u_of;

TEST(ShellDomain, knowsInsideFromOutside) {
  const auto shell = shell_domain(kOrigin, 1, 2);
  expect_near(u_of(shell, {0, 0, -2}), {1, -1, 0});
  expect_near(u_of(shell, {0, std::cbrt(4.5), 0}), {0.5, 0, test::kPi / 2});
  EXPECT_FALSE(contains(shell, {0, 0, 0.9}));
  EXPECT_FALSE(contains(shell, {0, 0, 2.1}));
  EXPECT_TRUE(contains(shell, {0, 0, 1}));
  expect_refused([] { ball_domain(kOrigin, -1); }, "radius");
  expect_refused([] { shell_domain(kOrigin, 1, 1); }, "inner");
}

}  // namespace
}  // namespace finn::net
