#include "finn/constraints/box_polynomial.hpp"

#include <limits>

namespace finn::net {

BoxPolynomial::BoxPolynomial(const Box& box, const Factors& factors, const Box& domain)
    : box_(box), factors_(factors) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < at(box.variables); ++i) {
    from_[i] = box.lower[i] == domain.lower[i] ? -infinity : box.lower[i];
    to_[i] = box.upper[i] == domain.upper[i] ? infinity : box.upper[i];
    const double norm = factors_[i].norm();
    for (double& coefficient : factors_[i].coefficients) coefficient /= norm;
    norm_ *= norm;
  }
}

double BoxPolynomial::integral(const Box& over, VariableSet points) const {
  double product = 1;
  for (int i = 0; i < box_.variables; ++i) {
    const double lower = over.lower[at(i)];
    product *= (points >> i & 1) != 0 ? derivative(i, 1, lower)
                                      : primitive(i, over.upper[at(i)]) - primitive(i, lower);
  }
  return product;
}

double BoxPolynomial::inner_product(const BoxPolynomial& a, const BoxPolynomial& b) {
  double product = 1;
  for (std::size_t i = 0; i < at(a.box_.variables); ++i) {
    const double lower = std::max(a.box_.lower[i], b.box_.lower[i]);
    const double upper = std::min(a.box_.upper[i], b.box_.upper[i]);
    if (!(lower < upper)) return 0;
    product *= net::inner_product(a.factors_[i], b.factors_[i], lower, upper);
  }
  return product;
}

}  // namespace finn::net
