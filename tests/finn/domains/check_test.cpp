#include "finn/domains/check.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using core::Status;
using test::expect_refused;
using test::kNaN;
using test::kOrigin;

TEST(DomainChecks, nameTheElementThatIsNotFinite) {
  const double values[] = {1, kNaN, HUGE_VAL};
  require_finite(values, 1, "values");
  expect_refused([&] { require_finite(values, 3, "values"); }, "values: nan at element 1",
                 Status::ERROR_NOT_FINITE);
}

TEST(DomainChecks, takeCoordinatesThatCanBeSquared) {
  const double values[] = {1e100, -1e100, -1.1e100};
  require_coordinates(values, 2, "values");
  expect_refused([&] { require_coordinates(values, 3, "values"); }, "element 2, at most 1e+100");
}

TEST(DomainChecks, takeLengthsAboveZero) {
  for (const double good : {1e-100, 1.0, 1e100}) require_length(good, "scale");
  for (const double bad : {0.0, -1.0, 1e-101, 1e101}) {
    expect_refused([&] { require_length(bad, "scale"); }, "scale:");
  }
}

TEST(DomainChecks, takeAnInnerRadiusBelowTheOuterOne) {
  require_radii(0, 1);
  expect_refused([] { require_radii(1, 1); }, "inner: 1 given");
  expect_refused([] { require_radii(-0.1, 1); }, "inner: -0.1 given");
  expect_refused([] { require_radii(0, 0); }, "outer");
}

TEST(DomainChecks, takeADomainOverWhichAnotherMayLie) {
  require_depth(*disk_domain(kOrigin, 1), "inner");
  DomainPointer domain = disk_domain(kOrigin, 1);
  while (domain->depth() < Domain::kMaxDepth) domain = product_domain({domain});
  expect_refused([&] { require_depth(*domain, "inner"); }, "inner: a domain made of others");
}

TEST(EdgeSlack, growsWithTheSizeAndTheDistanceFromZero) {
  const double far[] = {1e6, -1e6};
  EXPECT_EQ(edge_slack(2, kOrigin, 2), 2 * Domain::kEdge);
  EXPECT_GT(edge_slack(2, far, 2), 1e6 * 0x1p-50);
}

TEST(Cube, hasTheSameLimitsInEachVariable) {
  const Box box = cube(3, -1, 2);
  EXPECT_EQ(box.variables, 3);
  EXPECT_EQ(box.volume(), 27);
}

}  // namespace
}  // namespace finn::net
