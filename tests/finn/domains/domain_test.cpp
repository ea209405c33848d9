// What every domain promises, whatever its kind.
#include "finn/domains/domain.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domains.hpp"
#include "tests/finn/domains/domain_cases.hpp"
#include "tests/finn/domains/domain_support.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/special_values.hpp"

namespace finn::net {
namespace {

using Vector = std::array<double, core::kMaxVariables>;
constexpr double kSides[] = {0, 1e-14, 1e-9, 0.25, 0.5, 0.75, 1 - 1e-9, 1};

// A point of the box whose coordinates are at these shares of its sides.
Vector at_shares(const Domain& domain, const Vector& shares) {
  Vector u{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.variables()); ++i) {
    u[i] = domain.box().lower[i] + shares[i] * (domain.box().upper[i] - domain.box().lower[i]);
  }
  return u;
}

Vector random_u(const Domain& domain, core::Random& random) {
  Vector shares{};
  for (double& share : shares) share = random.uniform(0.03, 0.97);
  return at_shares(domain, shares);
}

// body(u) for points of the box on a grid that has its corners, edges and centre.
template <class Function>
void for_each_edge_point(const Domain& domain, Function&& body) {
  const std::size_t sides = std::size(kSides);
  std::size_t count = 1;
  for (int i = 0; i < domain.variables(); ++i) count *= sides;
  for (std::size_t k = 0; k < count; ++k) {
    Vector shares{};
    std::size_t rest = k;
    for (double& share : shares) {
      share = kSides[rest % sides];
      rest /= sides;
    }
    body(at_shares(domain, shares));
  }
}

class EveryDomain : public testing::TestWithParam<std::size_t> {
 protected:
  const test::DomainCase& given() const {
    static const std::vector<test::DomainCase> cases = test::domain_cases();
    return cases[GetParam()];
  }
  const Domain& domain() const { return *given().domain; }
  std::size_t n() const { return static_cast<std::size_t>(domain().variables()); }
};

TEST_P(EveryDomain, goesToAPointAndBack) {
  core::Random random(1);
  for (int k = 0; k < 200; ++k) {
    const Vector u = random_u(domain(), random);
    Vector x{}, back{}, again{};
    domain().to_point(u.data(), x.data());
    EXPECT_TRUE(domain().contains(x.data()));
    domain().locate(x.data(), back.data());
    domain().to_point(back.data(), again.data());
    for (std::size_t i = 0; i < n(); ++i) {
      EXPECT_NEAR(back[i], u[i], 1e-12 * (1 + std::fabs(u[i]))) << given().name;
      EXPECT_NEAR(again[i], x[i], 1e-12 * (1 + std::fabs(x[i]))) << given().name;
    }
  }
}

// Of a matrix of up to three rows.
double determinant(const std::array<Vector, 3>& m, std::size_t n) {
  if (n == 1) return m[0][0];
  if (n == 2) return m[0][0] * m[1][1] - m[0][1] * m[1][0];
  double sum = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t a = (k + 1) % 3, b = (k + 2) % 3;
    sum += m[0][k] * (m[1][a] * m[2][b] - m[1][b] * m[2][a]);
  }
  return sum;
}

TEST_P(EveryDomain, hasTheDeterminantOfDifferences) {
  core::Random random(2);
  for (int k = 0; k < 50; ++k) {
    Vector u = random_u(domain(), random);
    std::array<Vector, 3> slopes{};
    Vector x{}, unused{};
    domain().to_point(u.data(), x.data());
    for (std::size_t j = 0; j < n(); ++j) {
      const double h = 1e-5 * (domain().box().upper[j] - domain().box().lower[j]);
      const double here = u[j];
      Vector above{}, below{};
      u[j] = here + h;
      domain().to_point(u.data(), above.data());
      u[j] = here - h;
      domain().to_point(u.data(), below.data());
      u[j] = here;
      for (std::size_t i = 0; i < n(); ++i) slopes[i][j] = (above[i] - below[i]) / (2 * h);
    }
    const double weight = std::exp(domain().locate(x.data(), unused.data()));
    EXPECT_NEAR(weight * std::fabs(determinant(slopes, n())), 1, 1e-6) << given().name;
  }
}

TEST_P(EveryDomain, hasTheSlopesOfDifferences) {
  core::Random random(3);
  for (int k = 0; k < 50; ++k) {
    const Vector u = random_u(domain(), random);
    Vector x{};
    domain().to_point(u.data(), x.data());
    Slopes slopes;
    domain().slopes(x.data(), slopes);
    for (std::size_t i = 0; i < n(); ++i) {
      const double h = 1e-6, here = x[i];
      Vector above{}, below{};
      x[i] = here + h;
      const double log_above = domain().locate(x.data(), above.data());
      x[i] = here - h;
      const double log_below = domain().locate(x.data(), below.data());
      x[i] = here;
      EXPECT_NEAR(slopes.log_weight[i], (log_above - log_below) / (2 * h),
                  2e-7 * (1 + std::fabs(slopes.log_weight[i])))
          << given().name;
      for (std::size_t j = 0; j < n(); ++j) {
        EXPECT_NEAR(slopes.u[j][i], (above[j] - below[j]) / (2 * h),
                    2e-7 * (1 + std::fabs(slopes.u[j][i])))
            << given().name << ", u_" << j << " and x_" << i;
      }
    }
  }
}

TEST_P(EveryDomain, isFiniteUpToItsEdgesCornersAndCentre) {
  for_each_edge_point(domain(), [&](const Vector& u) {
    Vector x{}, back{};
    domain().to_point(u.data(), x.data());
    const double log_weight = domain().locate(x.data(), back.data());
    EXPECT_TRUE(std::isfinite(log_weight)) << given().name << " at " << u[0] << ", " << u[1];
    Slopes slopes;
    domain().slopes(x.data(), slopes);
    for (std::size_t i = 0; i < n(); ++i) {
      EXPECT_TRUE(std::isfinite(x[i])) << given().name;
      EXPECT_GE(back[i], domain().box().lower[i]) << given().name;
      EXPECT_LE(back[i], domain().box().upper[i]) << given().name;
      EXPECT_TRUE(std::isfinite(slopes.log_weight[i])) << given().name;
      for (std::size_t j = 0; j < n(); ++j) {
        EXPECT_TRUE(std::isfinite(slopes.u[j][i])) << given().name;
      }
    }
  });
}

// integral of p(u(x)) w(x) dx over the region = integral of p over the box, for a polynomial p.
TEST_P(EveryDomain, givesPolynomialsOfUTheIntegralThatTheyHaveOverTheBox) {
  double sum = 0, volume = 0;
  given().cubature([&](const double* x, double weight) {
    Vector u{};
    const double w = std::exp(domain().locate(x, u.data()));
    double p = 1;
    for (std::size_t i = 0; i < n(); ++i) p *= 1 + u[i] * u[i];
    sum += weight * p * w;
    volume += weight;
  });
  double expected = 1;
  for (std::size_t i = 0; i < n(); ++i) {
    const double a = domain().box().lower[i], b = domain().box().upper[i];
    expected *= b - a + (b * b * b - a * a * a) / 3;
  }
  EXPECT_NEAR(sum / expected, 1, 1e-12) << given().name;
  if (given().volume > 0) {
    EXPECT_NEAR(volume / given().volume, 1, 1e-12) << given().name;
  }
}

TEST_P(EveryDomain, hasAConstantDeterminantWhereThatIsPromised) {
  if (!given().constant_determinant) return;
  for_each_edge_point(domain(), [&](const Vector& u) {
    Vector x{}, back{};
    domain().to_point(u.data(), x.data());
    const double log_weight = domain().locate(x.data(), back.data());
    EXPECT_NEAR(std::exp(log_weight) * given().volume / domain().box().volume(), 1, 1e-14)
        << given().name;
  });
}

TEST_P(EveryDomain, hasADefinedUAndNoInfiniteWeightFarOutside) {
  for (const double far : {1e30, 1e160, 1e308, -1e30, -1e160, -1e308}) {
    for (std::size_t axis = 0; axis <= n(); ++axis) {
      Vector x{}, u{};
      for (std::size_t i = 0; i < n(); ++i) x[i] = i == axis || axis == n() ? far : 0.1;
      EXPECT_LT(domain().locate(x.data(), u.data()), 0) << given().name;
      EXPECT_TRUE(n() == 1 || !domain().contains(x.data())) << given().name;
      for (std::size_t i = 0; i < n(); ++i) {
        EXPECT_GE(u[i], domain().box().lower[i]) << given().name;
        EXPECT_LE(u[i], domain().box().upper[i]) << given().name;
      }
    }
  }
}

TEST_P(EveryDomain, allocatesNothingForAPoint) {
  core::Random random(4);
  const Vector u = random_u(domain(), random);
  Vector x{}, back{};
  Slopes slopes;
  EXPECT_EQ(test::allocations_of([&] {
              domain().to_point(u.data(), x.data());
              domain().locate(x.data(), back.data());
              domain().slopes(x.data(), slopes);
            }),
            0);
}

// Where u_i depends on x_i alone, du_i/dx_j is 0 for every other j.
TEST_P(EveryDomain, mapsOneVariableAtATimeWhereItsSlopesAreDiagonal) {
  core::Random random(5);
  bool is_diagonal = true;
  for (int k = 0; k < 20; ++k) {
    const Vector u = random_u(domain(), random);
    Vector x{};
    Slopes slopes;
    domain().to_point(u.data(), x.data());
    domain().slopes(x.data(), slopes);
    for (std::size_t i = 0; i < n(); ++i) {
      if (domain().maps_axes()) {
        EXPECT_NEAR(domain().axis_to_box(i, x[i]), u[i], 1e-12) << given().name;
      }
      for (std::size_t j = 0; j < n(); ++j) {
        is_diagonal = is_diagonal && (i == j || std::fabs(slopes.u[j][i]) < 1e-12);
      }
    }
  }
  EXPECT_EQ(domain().maps_axes(), is_diagonal) << given().name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryDomain,
                         testing::Range(std::size_t{0}, test::domain_cases().size()),
                         [](const auto& at) { return test::case_name(at.param); });

using test::kInfinity;

void expect_box(const Domain& domain, const Box& limits, const Box& expected) {
  const Box found = domain.limits_to_box(limits);
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.variables()); ++i) {
    EXPECT_NEAR(found.lower[i], expected.lower[i], 1e-15) << domain.kind() << ", variable " << i;
    EXPECT_NEAR(found.upper[i], expected.upper[i], 1e-15) << domain.kind() << ", variable " << i;
  }
}

TEST(LimitsToBox, areThoseOfTheBoxAtInfinity) {
  const Box everything = test::box_of({-kInfinity}, {kInfinity}), unit = test::box_of({0}, {1});
  for (const Tail tail : {Tail::gaussian, Tail::exponential, Tail::rational}) {
    expect_box(*line_domain(1, 2, tail), everything, unit);
    expect_box(*half_line_domain(1, false, 2, tail), everything, unit);
    expect_box(*half_line_domain(1, true, 2, tail), everything, unit);
    expect_box(*line_domain(1, 2, tail), test::box_of({1}, {kInfinity}), test::box_of({0.5}, {1}));
  }
  expect_box(*box_domain(test::box_of({2}, {3})), everything, test::box_of({2}, {3}));
  expect_box(*box_domain(test::box_of({2}, {3})), test::box_of({5}, {7}), test::box_of({3}, {3}));
}

// x = 1 - 2 t for t on [0, infinity), and 3 y for y in [0, 1].
TEST(LimitsToBox, changePlacesWhereTheMapFalls) {
  const double matrix[] = {-2, 0, 0, 3}, offset[] = {1, 0};
  const auto domain = affine_domain(product_domain({half_line_domain(0, false, 1, Tail::rational),
                                                    box_domain(test::box_of({0}, {1}))}),
                                    matrix, offset);
  ASSERT_TRUE(domain->maps_axes());
  expect_box(*domain, test::box_of({-5, 0}, {-1, 1.5}), test::box_of({0.5, 0}, {0.75, 0.5}));
  expect_box(*domain, test::box_of({-kInfinity, -1}, {0, 9}), test::box_of({1.0 / 3, 0}, {1, 1}));
}

TEST(LimitsToBox, areRefusedWhereNoVariableGoesByItself) {
  test::expect_refused([] { disk_domain(test::kOrigin, 1)->axis_to_box(0, 0); }, "sector",
                       core::Status::ERROR_INTERNAL);
}

TEST(DomainName, isThatOfTheCallbacks) {
  const auto radius = [](const double*, double* r, void*) -> std::int32_t {
    *r = 2;
    return 0;
  };
  EXPECT_STREQ(star_domain(2, test::kOrigin, {radius, nullptr, "lake"})->name(), "lake");
  EXPECT_EQ(star_domain(2, test::kOrigin, {radius, nullptr})->name(), nullptr);
  EXPECT_EQ(disk_domain(test::kOrigin, 1)->name(), nullptr);
}

}  // namespace
}  // namespace finn::net
