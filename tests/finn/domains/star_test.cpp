#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_refused;
using test::kNaN;
using test::kOrigin;

TEST(StarDomain, refusesARadiusThatIsNoneAndNamesTheDirection) {
  const StarRadius zero{[](const double*, double* radius, void*) {
                          *radius = 0;
                          return 0;
                        },
                        nullptr};
  expect_refused([&] { star_domain(2, kOrigin, zero); }, "in the direction (");
  const StarRadius failing{[](const double*, double*, void*) { return 1; }, nullptr};
  expect_refused([&] { star_domain(3, kOrigin, failing); }, "radius", core::Status::ERROR_CALLBACK);
}

TEST(StarDomain, refusesARadiusThatIsNoneLaterAsWell) {
  static double factor = 1;
  const auto star = star_domain(2, kOrigin,
                                {[](const double*, double* radius, void*) {
                                   *radius = factor;
                                   return 0;
                                 },
                                 nullptr});
  EXPECT_TRUE(contains(star, {0.5, 0.5}));
  factor = kNaN;
  expect_refused([&] { contains(star, {0.5, 0.5}); }, "radius: nan");
}

}  // namespace
}  // namespace finn::net
