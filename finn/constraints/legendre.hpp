// Polynomials on an interval as series of Legendre polynomials, and Gauss-Legendre quadrature.
//
// With t = (x - centre)/half_width in [-1, 1] a series sum_q a_q P_q(t) keeps its digits wherever
// the interval lies, where powers of x, of which far from 0 one is nearly a multiple of the other,
// would not. Recurrences of P_q and its derivative and integral: DLMF 18.9.
#pragma once

#include <array>
#include <vector>

namespace finn::net {

inline constexpr int kMaxDegree = 8;

struct LegendreSeries {
  double centre = 0, half_width = 1;
  int degree = 0;
  std::array<double, kMaxDegree + 1> coefficients{};  // a_0 .. a_degree

  double lower() const { return centre - half_width; }
  double upper() const { return centre + half_width; }
  double value(double x) const;
  double slope(double x) const;
  // The derivative of this order at x; of order 0 the value.
  double derivative(int order, double x) const;
  // The integral from lower() to x.
  double primitive(double x) const;
  // The square root of the integral of the square over the interval.
  double norm() const;
};

// P_degree(t), and x^power, on [lower, upper]; degree and power are 0 .. kMaxDegree.
LegendreSeries legendre_polynomial(double lower, double upper, int degree);
LegendreSeries monomial(double lower, double upper, int power);

// P_degree(t) = sum_q c_q x^q: [kMaxDegree + 1].
std::array<double, kMaxDegree + 1> powers_of_legendre(double lower, double upper, int degree);

// Nodes in (-1, 1) and their weights: exact for polynomials of degree 2 count - 1.
struct GaussRule {
  std::vector<double> nodes, weights;
};
GaussRule gauss_rule(int count);

// The integral of a(x) b(x) over [lower, upper].
double inner_product(const LegendreSeries& a, const LegendreSeries& b, double lower, double upper);

}  // namespace finn::net
