#include "finn/constraints/legendre.hpp"

#include <cmath>
#include <numbers>

namespace finn::net {
namespace {

// P_0(t) .. P_count(t), [count + 1] values.
void legendre_values(int count, double t, double* values) {
  values[0] = 1;
  if (count > 0) values[1] = t;
  for (int q = 2; q <= count; ++q) {
    values[q] = ((2 * q - 1) * t * values[q - 1] - (q - 1) * values[q - 2]) / q;
  }
}

constexpr std::size_t at(int q) { return static_cast<std::size_t>(q); }

LegendreSeries series_on(double lower, double upper, int degree) {
  LegendreSeries series;
  series.half_width = 0.5 * (upper - lower);
  series.centre = lower + series.half_width;
  series.degree = degree;
  return series;
}

}  // namespace

double LegendreSeries::value(double x) const {
  double p[kMaxDegree + 1];
  legendre_values(degree, (x - centre) / half_width, p);
  double sum = 0;
  for (int q = degree; q >= 0; --q) sum += coefficients[at(q)] * p[q];
  return sum;
}

// P_q' = P_{q-2}' + (2q - 1) P_{q-1}.
double LegendreSeries::slope(double x) const {
  double p[kMaxDegree + 1], slopes[kMaxDegree + 1] = {0, 1};
  legendre_values(degree, (x - centre) / half_width, p);
  for (int q = 2; q <= degree; ++q) slopes[q] = slopes[q - 2] + (2 * q - 1) * p[q - 1];
  double sum = 0;
  for (int q = degree; q >= 1; --q) sum += coefficients[at(q)] * slopes[q];
  return sum / half_width;
}

// By the series of the derivative, from P_q' = (2q - 1) P_{q-1} + (2q - 5) P_{q-3} + ...
double LegendreSeries::derivative(int order, double x) const {
  if (order == 0) return value(x);
  LegendreSeries series = *this;
  for (int k = 0; k < order; ++k) {
    if (series.degree == 0) return 0;
    std::array<double, kMaxDegree + 1> slopes{};
    for (int q = 0; q < series.degree; ++q) {
      for (int p = q + 1; p <= series.degree; p += 2) slopes[at(q)] += series.coefficients[at(p)];
      slopes[at(q)] *= (2 * q + 1) / half_width;
    }
    series.coefficients = slopes;
    --series.degree;
  }
  return series.value(x);
}

// The integral of P_q from -1 is t + 1 for q = 0 and (P_{q+1} - P_{q-1}) / (2q + 1) above.
double LegendreSeries::primitive(double x) const {
  double p[kMaxDegree + 2];
  legendre_values(degree + 1, (x - centre) / half_width, p);
  double sum = 0;
  for (int q = degree; q >= 1; --q) {
    sum += coefficients[at(q)] * (p[q + 1] - p[q - 1]) / (2 * q + 1);
  }
  return half_width * sum + coefficients[0] * (x - lower());
}

double LegendreSeries::norm() const {
  double sum = 0;
  for (int q = 0; q <= degree; ++q) {
    sum += coefficients[at(q)] * coefficients[at(q)] * 2 * half_width / (2 * q + 1);
  }
  return std::sqrt(sum);
}

LegendreSeries legendre_polynomial(double lower, double upper, int degree) {
  LegendreSeries series = series_on(lower, upper, degree);
  series.coefficients[at(degree)] = 1;
  return series;
}

// a_q = (2q + 1) / 2 times the integral of x^power P_q over t.
LegendreSeries monomial(double lower, double upper, int power) {
  LegendreSeries series = series_on(lower, upper, power);
  const GaussRule rule = gauss_rule(kMaxDegree + 1);
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    double p[kMaxDegree + 1];
    legendre_values(power, rule.nodes[i], p);
    const double x = series.centre + series.half_width * rule.nodes[i];
    const double weighted = rule.weights[i] * std::pow(x, power);
    for (int q = 0; q <= power; ++q) series.coefficients[at(q)] += (q + 0.5) * weighted * p[q];
  }
  return series;
}

// By the recurrence of P_q, with t = (x - centre) / half_width.
std::array<double, kMaxDegree + 1> powers_of_legendre(double lower, double upper, int degree) {
  using Powers = std::array<double, kMaxDegree + 1>;
  const LegendreSeries interval = series_on(lower, upper, 0);
  const auto times_t = [&](const Powers& a) {
    Powers product{};
    for (std::size_t q = 0; q <= kMaxDegree; ++q) {
      product[q] = ((q > 0 ? a[q - 1] : 0) - interval.centre * a[q]) / interval.half_width;
    }
    return product;
  };
  Powers before{}, powers{1};
  for (int q = 1; q <= degree; ++q) {
    Powers next = times_t(powers);
    for (std::size_t i = 0; i <= kMaxDegree; ++i) {
      next[i] = ((2 * q - 1) * next[i] - (q - 1) * before[i]) / q;
    }
    before = powers;
    powers = next;
  }
  return powers;
}

// Roots of P_count by Newton's method from the asymptotic ones (DLMF 18.16.3).
GaussRule gauss_rule(int count) {
  GaussRule rule;
  std::vector<double> p(at(count) + 1);
  for (int i = count; i > 0; --i) {
    double t = std::cos(std::numbers::pi * (i - 0.25) / (count + 0.5));
    double slope = 0;
    for (int step = 0; step < 8; ++step) {
      legendre_values(count, t, p.data());
      slope = count * (t * p[at(count)] - p[at(count) - 1]) / (t * t - 1);
      t -= p[at(count)] / slope;
    }
    rule.nodes.push_back(t);
    rule.weights.push_back(2 / ((1 - t * t) * slope * slope));
  }
  return rule;
}

double inner_product(const LegendreSeries& a, const LegendreSeries& b, double lower, double upper) {
  const GaussRule rule = gauss_rule(kMaxDegree + 1);
  const double half = 0.5 * (upper - lower);
  double sum = 0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const double x = lower + half * (1 + rule.nodes[i]);
    sum += rule.weights[i] * a.value(x) * b.value(x);
  }
  return half * sum;
}

}  // namespace finn::net
