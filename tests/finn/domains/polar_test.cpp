#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/domains/domain_support.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::kOrigin;
using test::Point;

TEST(PolarDomain, hasTheMapAndTheDeterminantOfThePaper) {
  const auto disk = polar_domain(kOrigin, 2);
  Point u(2);
  const double x[] = {0, 1.5};
  EXPECT_NEAR(disk->locate(x, u.data()), -std::log(1.5), 1e-15);
  expect_near(u, {1.5, test::kPi / 2});
  EXPECT_NEAR(disk->locate(kOrigin, u.data()), std::log(0.5e8), 1e-12);
  EXPECT_FALSE(contains(disk, {2, 0.1}));
}

}  // namespace
}  // namespace finn::net
