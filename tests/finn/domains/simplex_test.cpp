#include <gtest/gtest.h>

#include <cmath>

#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::expect_refused;
using test::Point;
using test::u_of;
using test::x_of;

TEST(SimplexDomain, hasItsVerticesAndNothingBeyond) {
  const double triangle[] = {0, 0, 2, 0, 0, 1};
  const auto domain = simplex_domain(2, triangle);
  for (const Point& x : {Point{0, 0}, Point{2, 0}, Point{0, 1}, Point{1, 0.5}}) {
    EXPECT_TRUE(contains(domain, x));
    expect_near(x_of(domain, u_of(domain, x)), x);
  }
  EXPECT_FALSE(contains(domain, {1, 0.51}));
  EXPECT_FALSE(contains(domain, {-0.01, 0.5}));
  EXPECT_FALSE(contains(domain, {0.5, -0.01}));
  const double interval[] = {-1, 3};
  expect_near(u_of(simplex_domain(1, interval), {1}), {0.5});
}

TEST(SimplexDomain, holdsInEightVariables) {
  Point vertices(9 * 8);
  for (std::size_t i = 0; i < 8; ++i) vertices[(i + 1) * 8 + i] = 1;
  const auto domain = simplex_domain(8, vertices.data());
  const Point u(8, 0.3);
  const Point x = x_of(domain, u);
  Point back(8);
  EXPECT_NEAR(domain->locate(x.data(), back.data()), std::log(40320), 1e-13);
  expect_near(back, u, 1e-13);
  expect_refused([] { simplex_domain(8, Point(9 * 8).data()); }, "vertices: singular");
}

}  // namespace
}  // namespace finn::net
