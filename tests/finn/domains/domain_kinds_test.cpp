// What is peculiar to a kind of domain: points outside, the edge, what cannot be made.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

using Vector = std::vector<double>;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kOrigin[] = {0, 0, 0};

Vector u_of(const DomainPointer& domain, const Vector& x) {
  Vector u(x.size());
  domain->locate(x.data(), u.data());
  return u;
}

Vector x_of(const DomainPointer& domain, const Vector& u) {
  Vector x(u.size());
  domain->to_point(u.data(), x.data());
  return x;
}

bool contains(const DomainPointer& domain, const Vector& x) { return domain->contains(x.data()); }

void expect_near(const Vector& a, const Vector& b, double tolerance = 1e-14) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], tolerance) << "element " << i;
}

// That make() is refused with this status, by a message in which `words` occur.
template <class Make>
void expect_refused(Make&& make, const std::string& words,
                    core::Status status = core::Status::ERROR_ARGUMENT) {
  try {
    make();
    ADD_FAILURE() << "not refused: " << words;
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

TEST(BoxDomain, clampsPointsOutsideToItsEdge) {
  const auto box = box_domain(test::box_of({0, 1}, {2, 3}));
  EXPECT_TRUE(contains(box, {2, 3}));
  EXPECT_TRUE(contains(box, {2 + 1e-13, 3}));
  EXPECT_FALSE(contains(box, {2 + 1e-11, 3}));
  EXPECT_EQ(u_of(box, {5, 2}), (Vector{2, 2}));
  EXPECT_EQ(x_of(box, {-1, kNaN}), (Vector{0, 2}));
}

TEST(BoxDomain, refusesLimitsThatAreNone) {
  expect_refused([] { box_domain(test::box_of({1}, {1})); }, "upper");
  expect_refused([] { box_domain(test::box_of({2}, {1})); }, "upper");
  expect_refused([] { box_domain(test::box_of({kNaN}, {1})); }, "lower",
                 core::Status::ERROR_NOT_FINITE);
}

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
  Vector u(1);
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

TEST(PolarDomain, hasTheMapAndTheDeterminantOfThePaper) {
  const auto disk = polar_domain(kOrigin, 2);
  Vector u(2);
  const double x[] = {0, 1.5};
  EXPECT_NEAR(disk->locate(x, u.data()), -std::log(1.5), 1e-15);
  expect_near(u, {1.5, test::kPi / 2});
  EXPECT_NEAR(disk->locate(kOrigin, u.data()), std::log(0.5e8), 1e-12);
  EXPECT_FALSE(contains(disk, {2, 0.1}));
}

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

TEST(SimplexDomain, hasItsVerticesAndNothingBeyond) {
  const double triangle[] = {0, 0, 2, 0, 0, 1};
  const auto domain = simplex_domain(2, triangle);
  for (const Vector& x : {Vector{0, 0}, Vector{2, 0}, Vector{0, 1}, Vector{1, 0.5}}) {
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
  Vector vertices(9 * 8);
  for (std::size_t i = 0; i < 8; ++i) vertices[(i + 1) * 8 + i] = 1;
  const auto domain = simplex_domain(8, vertices.data());
  const Vector u(8, 0.3);
  const Vector x = x_of(domain, u);
  Vector back(8);
  EXPECT_NEAR(domain->locate(x.data(), back.data()), std::log(40320), 1e-13);
  expect_near(back, u, 1e-13);
  expect_refused([] { simplex_domain(8, Vector(9 * 8).data()); }, "vertices: singular");
}

TEST(PolygonDomain, isTheSameInEitherOrderOfItsVertices) {
  const double forth[] = {0, 0, 2, 0, 2, 1, 1, 2, 0, 1};
  const double back[] = {0, 1, 1, 2, 2, 1, 2, 0, 0, 0};
  const auto a = polygon_domain(forth, 5), b = polygon_domain(back, 5);
  for (const Vector& x : {Vector{1, 1}, Vector{0.1, 0.1}, Vector{1.9, 0.9}, Vector{1, 1.99}}) {
    EXPECT_TRUE(contains(a, x) && contains(b, x));
    expect_near(x_of(a, u_of(a, x)), x);
    expect_near(x_of(b, u_of(b, x)), x);
  }
  for (const Vector& x : {Vector{1.8, 1.3}, Vector{-0.1, 0.5}, Vector{1, -0.1}, Vector{2.1, 0.5}}) {
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
  const double straight[] = {0, 0, 1, 0, 2, 0, 0, 1};
  expect_refused([&] { polygon_domain(straight, 4); }, "vertex 1 (1, 0)");
  const double twice[] = {0, 0, 1, 0, 1, 0, 0, 1};
  expect_refused([&] { polygon_domain(twice, 4); }, "vertex");
  expect_refused([&] { polygon_domain(dart, 2); }, "count");
  const double nowhere[] = {0, 0, 1, 0, kNaN, 1};
  expect_refused([&] { polygon_domain(nowhere, 3); }, "vertices", core::Status::ERROR_NOT_FINITE);
}

TEST(PolygonDomain, holdsForManyVertices) {
  Vector vertices;
  for (int k = 0; k < 1000; ++k) {
    vertices.push_back(std::cos(2 * test::kPi * k / 1000));
    vertices.push_back(std::sin(2 * test::kPi * k / 1000));
  }
  const auto polygon = polygon_domain(vertices.data(), 1000);
  EXPECT_TRUE(contains(polygon, {0, 0}));
  EXPECT_FALSE(contains(polygon, {0.71, 0.71}));
  expect_near(x_of(polygon, u_of(polygon, {-0.6, 0.3})), {-0.6, 0.3}, 1e-13);
}

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

TEST(AffineDomain, refusesASingularMatrix) {
  const auto unit = box_domain(test::box_of({0, 0}, {1, 1}));
  const double singular[] = {1, 2, 2, 4};
  expect_refused([&] { affine_domain(unit, singular, kOrigin); }, "matrix: singular");
  const double zero[] = {0, 0, 0, 1};
  expect_refused([&] { affine_domain(unit, zero, kOrigin); }, "matrix: singular");
  const double small[] = {1e-30, 0, 0, 1e30};
  EXPECT_TRUE(contains(affine_domain(unit, small, kOrigin), {0.5e-30, 0.5e30}));
}

TEST(ProductDomain, countsEachFactorForItself) {
  const auto product =
      product_domain({half_line_domain(0, false, 1, Tail::exponential), disk_domain(kOrigin, 1)});
  Vector u(3);
  const Vector x{2, 0.5, 0.5};
  EXPECT_NEAR(product->locate(x.data(), u.data()), -2 + std::log(2), 1e-14);
  EXPECT_NEAR(product->locate(x.data(), 0b001, u.data()), -2, 1e-14);
  EXPECT_NEAR(product->locate(x.data(), 0b110, u.data()), std::log(2), 1e-14);
  EXPECT_EQ(product->locate(x.data(), 0b010, u.data()), 0);
  const Vector outside{-1, 0.5, 0.5};
  EXPECT_EQ(product->locate(outside.data(), 0b110, u.data()),
            product->locate(x.data(), 0b110, u.data()));
  EXPECT_EQ(product->locate(outside.data(), 0b001, u.data()), Domain::kOutside);
  expect_refused([&] { product_domain({product, product, product}); }, "factors");
  expect_refused([] { cylinder_domain(kOrigin, 1, 2, 2); }, "bottom");
}

}  // namespace
}  // namespace finn::net
