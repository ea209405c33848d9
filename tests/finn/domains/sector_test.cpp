#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::expect_refused;
using test::kNaN;
using test::kOrigin;
using test::u_of;

TEST(SectorDomain, hasShareOfTheAreaAndAngleAsU) {
  const auto disk = disk_domain(kOrigin, 2);
  expect_near(u_of(disk, {0, std::sqrt(2.0)}), {0.5, test::kPi / 2});
  expect_near(u_of(disk, {0, 0}), {0, test::kPi});
  expect_near(u_of(annulus_domain(kOrigin, 1, 2), {-1, 0}), {0, test::kPi});
  EXPECT_FALSE(contains(annulus_domain(kOrigin, 1, 2), {0.5, 0}));
  EXPECT_FALSE(contains(annulus_domain(kOrigin, 1, 2), {0, 0}));
}

TEST(SectorDomain, knowsItsAnglesInEveryTurn) {
  for (const double turn : {-8 * test::kPi, 0.0, 6 * test::kPi}) {
    const auto sector = sector_domain(kOrigin, 0, 1, turn - 0.5, turn + 0.5);
    EXPECT_TRUE(contains(sector, {0.5, 0}));
    expect_near(u_of(sector, {0.5, 0}), {0.25, turn}, 1e-13);
    EXPECT_TRUE(contains(sector, {0.5 * std::cos(0.5), 0.5 * std::sin(0.5)}));
    EXPECT_TRUE(contains(sector, {0.5 * std::cos(0.5), -0.5 * std::sin(0.5)}));
    EXPECT_FALSE(contains(sector, {0.5 * std::cos(0.51), 0.5 * std::sin(0.51)}));
    EXPECT_FALSE(contains(sector, {-0.5, 0}));
    expect_near(u_of(sector, {0, 0.5}), {0.25, turn + 0.5}, 1e-13);
    expect_near(u_of(sector, {0, -0.5}), {0.25, turn - 0.5}, 1e-13);
    EXPECT_TRUE(contains(sector, {0, 0}));
  }
}

TEST(SectorDomain, refusesRadiiAndAnglesThatAreNone) {
  expect_refused([] { disk_domain(kOrigin, 0); }, "radius");
  expect_refused([] { disk_domain(kOrigin, -1); }, "radius");
  expect_refused([] { disk_domain(kOrigin, kNaN); }, "radius", core::Status::ERROR_NOT_FINITE);
  expect_refused([] { annulus_domain(kOrigin, 2, 1); }, "inner");
  expect_refused([] { annulus_domain(kOrigin, -1, 1); }, "inner");
  expect_refused([] { sector_domain(kOrigin, 0, 1, 1, 1); }, "from");
  expect_refused([] { sector_domain(kOrigin, 0, 1, 0, 6.3); }, "from");
  const double axes[] = {1, 0};
  expect_refused([&] { ellipse_domain(kOrigin, axes, 0); }, "semi_axes");
  const double nowhere[] = {kNaN, 0};
  expect_refused([&] { disk_domain(nowhere, 1); }, "centre", core::Status::ERROR_NOT_FINITE);
}

}  // namespace
}  // namespace finn::net
