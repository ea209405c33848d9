#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_refused;
using test::kNaN;
using test::Point;
using test::u_of;
using test::x_of;

TEST(BoxDomain, clampsPointsOutsideToItsEdge) {
  const auto box = box_domain(test::box_of({0, 1}, {2, 3}));
  EXPECT_TRUE(contains(box, {2, 3}));
  EXPECT_TRUE(contains(box, {2 + 1e-13, 3}));
  EXPECT_FALSE(contains(box, {2 + 1e-11, 3}));
  EXPECT_EQ(u_of(box, {5, 2}), (Point{2, 2}));
  EXPECT_EQ(x_of(box, {-1, kNaN}), (Point{0, 2}));
}

TEST(BoxDomain, refusesLimitsThatAreNone) {
  expect_refused([] { box_domain(test::box_of({1}, {1})); }, "upper");
  expect_refused([] { box_domain(test::box_of({2}, {1})); }, "upper");
  expect_refused([] { box_domain(test::box_of({kNaN}, {1})); }, "lower",
                 core::Status::ERROR_NOT_FINITE);
}

TEST(BoxDomain, andItsProductsKnowWhichVariablesAreNotMapped) {
  const auto box = box_domain(test::box_of({0, 1}, {2, 3}));
  const auto line = line_domain(0, 1, Tail::gaussian);
  EXPECT_EQ(box->unmapped(), 0b11u);
  EXPECT_EQ(line->unmapped(), 0u);
  EXPECT_EQ(product_domain({line, box, line})->unmapped(), 0b0110u);
}

}  // namespace
}  // namespace finn::net
