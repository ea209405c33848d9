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
using test::Point;
using test::u_of;
using test::x_of;

TEST(PolygonDomain, isTheSameInEitherOrderOfItsVertices) {
  const double forth[] = {0, 0, 2, 0, 2, 1, 1, 2, 0, 1};
  const double back[] = {0, 1, 1, 2, 2, 1, 2, 0, 0, 0};
  const auto a = polygon_domain(forth, 5), b = polygon_domain(back, 5);
  for (const Point& x : {Point{1, 1}, Point{0.1, 0.1}, Point{1.9, 0.9}, Point{1, 1.99}}) {
    EXPECT_TRUE(contains(a, x) && contains(b, x));
    expect_near(x_of(a, u_of(a, x)), x);
    expect_near(x_of(b, u_of(b, x)), x);
  }
  for (const Point& x : {Point{1.8, 1.3}, Point{-0.1, 0.5}, Point{1, -0.1}, Point{2.1, 0.5}}) {
    EXPECT_FALSE(contains(a, x) || contains(b, x));
  }
}

TEST(PolygonDomain, refusesWhatIsNotConvexAndNamesTheVertex) {
  const double dart[] = {0, 0, 2, 0, 0.5, 0.5, 0, 2};
  expect_refused([&] { polygon_domain(dart, 4); }, "vertex 2 (0.5, 0.5)");
  const double bow[] = {0, 0, 1, 1, 1, 0, 0, 1};
  expect_refused([&] { polygon_domain(bow, 4); }, "vertex");
  double pentagram[10];
  for (int k = 0; k < 5; ++k) {
    pentagram[2 * k] = std::cos(4 * test::kPi * k / 5);
    pentagram[2 * k + 1] = std::sin(4 * test::kPi * k / 5);
  }
  expect_refused([&] { polygon_domain(pentagram, 5); }, "goes round 2 times");
  const double spike[] = {0, 0, 3, 0, 2, 0, 0, 1};
  expect_refused([&] { polygon_domain(spike, 4); }, "vertex 1 (3, 0)");
  const double repeated[] = {0, 0, 0, 0, 2, 0, 0.5, 0.5, 0, 2};
  expect_refused([&] { polygon_domain(repeated, 5); }, "vertex 3 (0.5, 0.5)");
  expect_refused([&] { polygon_domain(dart, 2); }, "count");
  const double nowhere[] = {0, 0, 1, 0, kNaN, 1};
  expect_refused([&] { polygon_domain(nowhere, 3); }, "vertices", core::Status::ERROR_NOT_FINITE);
}

// As files have them: a closed ring, points in the middle of sides, the first of them too.
TEST(PolygonDomain, leavesOutVerticesThatAreRepeatedOrLieOnASide) {
  const double corners[] = {0, 0, 4, 0, 4, 3, 0, 3};
  const auto plain = polygon_domain(corners, 4);
  const std::vector<Point> same{{0, 0, 4, 0, 4, 3, 0, 3, 0, 0},
                                {0, 0, 2, 0, 4, 0, 4, 3, 0, 3},
                                {0, 0, 4, 0, 4, 0, 4, 0, 4, 3, 0, 3},
                                {0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 4, 3, 0, 3, 0, 2, 0, 1, 0, 0},
                                {0, 3, 0, 3, 4, 3, 4, 1.5, 4, 0, 1, 0, 0, 0, 0, 0}};
  for (const Point& vertices : same) {
    const auto polygon =
        polygon_domain(vertices.data(), static_cast<std::int64_t>(vertices.size() / 2));
    for (const Point& x : {Point{1, 1}, Point{3.9, 2.9}, Point{0.1, 2.5}}) {
      expect_near(u_of(polygon, x), u_of(plain, x));
    }
    EXPECT_FALSE(contains(polygon, {-0.1, 1}));
  }
  const double tilted[] = {0, 0, 0.1, 0.3, 0.2, 0.6, 0.3, 0.9, -1, 1};
  EXPECT_TRUE(contains(polygon_domain(tilted, 5), {0.1, 0.3}));
}

TEST(PolygonDomain, beginsAtTheFirstCornerThatIsGiven) {
  const double ring[] = {1, 0, 2, 0, 2, 2, 0, 2, 0, 0, 1, 0};
  expect_near(x_of(polygon_domain(ring, 6), {0, 0.5}), {2, 0});
}

TEST(PolygonDomain, refusesAnAreaOfNothing) {
  const double line[] = {0, 0, 1, 1, 3, 3};
  expect_refused([&] { polygon_domain(line, 3); }, "vertices");
  const double point[] = {1, 1, 1, 1, 1, 1};
  expect_refused([&] { polygon_domain(point, 3); }, "0 of the 3 are corners");
  const double pair[] = {0, 0, 1, 1, 0, 0, 1, 1};
  expect_refused([&] { polygon_domain(pair, 4); }, "vertices");
}

TEST(PolygonDomain, holdsForManyVertices) {
  Point vertices;
  for (int k = 0; k < 1000; ++k) {
    vertices.push_back(std::cos(2 * test::kPi * k / 1000));
    vertices.push_back(std::sin(2 * test::kPi * k / 1000));
  }
  const auto polygon = polygon_domain(vertices.data(), 1000);
  EXPECT_TRUE(contains(polygon, {0, 0}));
  EXPECT_FALSE(contains(polygon, {0.71, 0.71}));
  expect_near(x_of(polygon, u_of(polygon, {-0.6, 0.3})), {-0.6, 0.3}, 1e-13);
}

}  // namespace
}  // namespace finn::net
