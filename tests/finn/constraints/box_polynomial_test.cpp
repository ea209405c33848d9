#include "finn/constraints/box_polynomial.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

const Box kDomain = test::box_of({0, 1}, {4, 3});

// x_1^2 x_2 on a box, divided by its norm.
BoxPolynomial polynomial_on(const Box& box) {
  BoxPolynomial::Factors factors;
  factors[0] = monomial(box.lower[0], box.upper[0], 2);
  factors[1] = monomial(box.lower[1], box.upper[1], 1);
  return {box, factors, kDomain};
}

template <class Body>
double cubature(const Box& box, Body&& body) {
  double sum = 0;
  test::for_each_node(10, 1, {box.lower[0], box.lower[1]}, {box.upper[0], box.upper[1]},
                      [&](const double* x, double weight) { sum += weight * body(x); });
  return sum;
}

TEST(BoxPolynomial, isTheProductOfItsFactorsWithNormOne) {
  const Box box = test::box_of({1, 1.5}, {2, 2});
  const BoxPolynomial p = polynomial_on(box);
  const double square =
      cubature(box, [](const double* x) { return std::pow(x[0], 4) * x[1] * x[1]; });
  EXPECT_NEAR(p.norm(), std::sqrt(square), 1e-14);
  const double x[] = {1.2, 1.9};
  EXPECT_NEAR(p.partial(3, x), 1.44 * 1.9 / p.norm(), 1e-15);
  EXPECT_NEAR(BoxPolynomial::inner_product(p, p), 1, 1e-14);
}

TEST(BoxPolynomial, isZeroOutsideItsBoxAndItsIntegralConstantBeyond) {
  const BoxPolynomial p = polynomial_on(test::box_of({1, 1.5}, {2, 2}));
  const double below[] = {0.9, 1.9}, above[] = {2.1, 1.9}, corner[] = {2.0, 1.9};
  EXPECT_EQ(p.partial(3, below), 0);
  EXPECT_EQ(p.partial(3, above), 0);
  EXPECT_EQ(p.partial(0, below), 0);
  EXPECT_EQ(p.partial(0, above), p.partial(0, corner));
}

TEST(BoxPolynomial, goesOnBeyondTheSidesOfTheDomain) {
  const BoxPolynomial p = polynomial_on(test::box_of({1, 1}, {4, 3}));
  const double x[] = {5.0, 0.5};
  EXPECT_NEAR(p.partial(3, x), 25 * 0.5 / p.norm(), 1e-14);
  EXPECT_NEAR(p.partial(0, x), (125 - 1) / 3.0 * (0.25 - 1) / 2 / p.norm(), 1e-12);
}

// The mixed partials over larger subsets are the derivatives of those over smaller ones.
TEST(BoxPolynomial, hasPartialsThatAreDerivativesOfEachOther) {
  const BoxPolynomial p = polynomial_on(test::box_of({1, 1.5}, {2, 2}));
  constexpr double h = 1e-5;
  for (const VariableSet subset : {0u, 1u, 2u}) {
    for (std::size_t i = 0; i < 2; ++i) {
      if ((subset >> i & 1) != 0) continue;
      double above[] = {1.3, 1.7}, below[] = {1.3, 1.7};
      const double x[] = {1.3, 1.7};
      above[i] += h;
      below[i] -= h;
      EXPECT_NEAR(p.partial(subset | VariableSet{1} << i, x),
                  (p.partial(subset, above) - p.partial(subset, below)) / (2 * h), 1e-8);
    }
  }
  double slopes[] = {1, 2};
  const double x[] = {1.3, 1.7};
  p.add_slopes(0b11, 0.5, x, slopes);
  EXPECT_NEAR(slopes[0], 1 + 0.5 * 2 * 1.3 * 1.7 / p.norm(), 1e-14);
  EXPECT_NEAR(slopes[1], 2 + 0.5 * 1.3 * 1.3 / p.norm(), 1e-14);
  const Orders twice_more = Orders(0b11).and_once(0).and_once(0);
  EXPECT_NEAR(p.partial(twice_more, x), 2 * 1.7 / p.norm(), 1e-13);
  EXPECT_NEAR(p.partial(twice_more.and_once(0), x), 0, 1e-12);
}

TEST(BoxPolynomial, hasTheIntegralAndInnerProductOfACubature) {
  const Box one = test::box_of({1, 1.5}, {2, 2}), two = test::box_of({1.5, 1}, {3, 1.75});
  const Box both = test::box_of({1.5, 1.5}, {2, 1.75});
  const BoxPolynomial p = polynomial_on(one), q = polynomial_on(two);
  EXPECT_NEAR(p.integral(two), cubature(both, [&](const double* x) { return p.partial(3, x); }),
              1e-15);
  EXPECT_NEAR(BoxPolynomial::inner_product(p, q),
              cubature(both, [&](const double* x) { return p.partial(3, x) * q.partial(3, x); }),
              1e-15);
  EXPECT_EQ(BoxPolynomial::inner_product(p, polynomial_on(test::box_of({2, 1.5}, {3, 2}))), 0);
}

}  // namespace
}  // namespace finn::net
