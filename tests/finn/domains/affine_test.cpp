#include <gtest/gtest.h>

#include <cmath>

#include "core/random.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/refused.hpp"

namespace finn::net {
namespace {

using test::contains;
using test::expect_near;
using test::expect_refused;
using test::kOrigin;
using test::Point;
using test::u_of;
using test::x_of;

DomainPointer unit_square() { return box_domain(test::box_of({0, 0}, {1, 1})); }

// The two axes turned to an angle of about `angle` between them: a condition number of 2/angle.
Point slanted(double angle) {
  return {std::cos(0.4), std::cos(0.4 + angle), std::sin(0.4), std::sin(0.4 + angle)};
}

// How many of the points that u along the edge of the box lead to are outside.
int points_lost(const Domain& domain) {
  core::Random random(3);
  int lost = 0;
  for (int k = 0; k < 4000; ++k) {
    Point u(2), x(2);
    for (std::size_t i = 0; i < 2; ++i) {
      const double share = random.uniform();
      u[i] = domain.box().lower[i] + share * (domain.box().upper[i] - domain.box().lower[i]);
    }
    const auto side = static_cast<std::size_t>(k % 2);
    u[side] = k % 4 < 2 ? domain.box().lower[side] : domain.box().upper[side];
    domain.to_point(u.data(), x.data());
    if (!domain.contains(x.data())) ++lost;
  }
  return lost;
}

TEST(AffineDomain, refusesASingularMatrix) {
  const double singular[] = {1, 2, 2, 4};
  expect_refused([&] { affine_domain(unit_square(), singular, kOrigin); }, "matrix: singular");
  const double zero[] = {0, 0, 0, 1};
  expect_refused([&] { affine_domain(unit_square(), zero, kOrigin); }, "matrix: singular");
}

TEST(AffineDomain, refusesAMatrixThatLosesTheDigitsOfAPoint) {
  for (const double angle : {1e-7, 1e-9, 1e-11}) {
    expect_refused([&] { affine_domain(unit_square(), slanted(angle).data(), kOrigin); },
                   "matrix: singular, or nearly so");
  }
}

// The inverse of such a matrix is infinite, however well its rows and columns stand to one another.
TEST(AffineDomain, refusesAMatrixWithARowOrColumnWithoutLength) {
  const double column[] = {5e-324, 0.5, 0, 1}, row[] = {1e-101, 0, 1, 1};
  expect_refused([&] { affine_domain(unit_square(), column, kOrigin); },
                 "matrix: singular, or nearly so: no entry of column 0");
  expect_refused([&] { affine_domain(unit_square(), row, kOrigin); }, "no entry of row 0");
}

TEST(AffineDomain, takesAxesOfAnyLengthInAnyUnits) {
  const double long_and_short[] = {1e-30, 0, 0, 1e30};
  EXPECT_TRUE(contains(affine_domain(unit_square(), long_and_short, kOrigin), {0.5e-30, 0.5e30}));
  // Turned, and then measured in other units.
  const double turned[] = {0.6e-20, -0.8e-20, 0.8e10, 0.6e10};
  const auto domain = affine_domain(unit_square(), turned, kOrigin);
  expect_near(u_of(domain, x_of(domain, {0.25, 0.75})), {0.25, 0.75}, 1e-15);
}

// What is rounded on the way to x and back grows with the condition number, and with the offset.
TEST(AffineDomain, containsAllOfItsEdge) {
  const double triangle[] = {0, 0, 1, 0, 0, 1};
  const double far[] = {1e6, -3e6};
  for (const auto& inner : {unit_square(), disk_domain(kOrigin, 1), simplex_domain(2, triangle)}) {
    for (const double angle : {1.5, 1e-2, 1e-4, 5e-6}) {
      for (const double* offset : {kOrigin, far}) {
        const auto domain = affine_domain(inner, slanted(angle).data(), offset);
        EXPECT_EQ(points_lost(*domain), 0) << "angle " << angle << ", offset " << offset[0];
      }
    }
  }
}

TEST(AffineDomain, endsAtItsEdgeHoweverSlanted) {
  for (const double angle : {1.5, 1e-2, 1e-4, 5e-6}) {
    const Point axes = slanted(angle);
    const auto domain = affine_domain(unit_square(), axes.data(), kOrigin);
    const double beyond = 1 + 1e-8;
    EXPECT_FALSE(contains(domain, {axes[0] * beyond, axes[2] * beyond})) << "angle " << angle;
    EXPECT_FALSE(contains(domain, {-1e-8 * axes[1], -1e-8 * axes[3]})) << "angle " << angle;
  }
}

TEST(AffineDomain, overAnotherIsOneMapOfTheDomainBelow) {
  const double first[] = {2, 1, 0, 1}, second[] = {0, -1, 3, 0};
  const double here[] = {0.5, -1}, there[] = {2, 4};
  const auto inner = affine_domain(disk_domain(kOrigin, 1), first, here);
  const auto both = affine_domain(inner, second, there);
  EXPECT_EQ(both->depth(), 2);
  for (const Point& u : {Point{0.3, 1}, Point{0.9, 4}}) {
    const Point y = x_of(inner, u);
    const Point x{-y[1] + 2, 3 * y[0] + 4};
    expect_near(x_of(both, u), x);
    Point back(2), below(2);
    EXPECT_NEAR(both->locate(x.data(), back.data()),
                inner->locate(y.data(), below.data()) - std::log(3), 1e-14);
    expect_near(back, u);
  }
}

TEST(AffineDomain, overAnotherMayBeRepeatedWithoutEnd) {
  const double turned[] = {0.6, -0.8, 0.8, 0.6};
  DomainPointer domain = disk_domain(kOrigin, 1);
  for (int k = 0; k < 200000; ++k) domain = affine_domain(domain, turned, kOrigin);
  EXPECT_EQ(domain->depth(), 2);
  EXPECT_EQ(points_lost(*domain), 0);
}

TEST(AffineDomain, overAnotherIsRefusedWhereTheTwoInOneAreNoMap) {
  const double slim[] = {1, 1, 0, 1e-4}, turned[] = {0.6, -0.8, 0.8, 0.6};
  const double huge[] = {1e60, 0, 0, 1e60};
  const auto below = affine_domain(affine_domain(unit_square(), slim, kOrigin), turned, kOrigin);
  expect_refused([&] { affine_domain(below, slanted(1e-4).data(), kOrigin); },
                 "inner: the matrices in one: singular");
  expect_refused([&] { affine_domain(affine_domain(unit_square(), huge, kOrigin), huge, kOrigin); },
                 "inner: the matrices in one: 1e+120");
}

}  // namespace
}  // namespace finn::net
