// A product of polynomials of one variable each on a sub-box of the domain, 0 elsewhere: the
// functions of which a projection is made.
#pragma once

#include <algorithm>
#include <array>

#include "core/subset.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"

namespace finn::net {

class BoxPolynomial {
 public:
  using Factors = std::array<LegendreSeries, core::kMaxVariables>;
  using Powers = std::array<int, core::kMaxVariables>;

  // prod_i factors[i](x_i), divided by its L2 norm. Where a side of the box is one of the domain
  // the function goes on beyond it, as F does.
  BoxPolynomial(const Box& box, const Factors& factors, const Box& domain);

  const Box& box() const noexcept { return box_; }
  const LegendreSeries& factor(int i) const noexcept {
    return factors_[static_cast<std::size_t>(i)];
  }
  // The norm by which it was divided: not finite or 0 if it cannot be.
  double norm() const noexcept { return norm_; }

  // The mixed partial over the subset of its antiderivative, which is 0 at the lower limits of the
  // box; point [variables].
  template <class U>
  double partial(VariableSet subset, const U* point) const {
    double product = 1;
    for (int i = 0; i < box_.variables; ++i) {
      const auto x = static_cast<double>(point[i]);
      product *= (subset >> i & 1) != 0 ? value(i, x) : primitive(i, x);
    }
    return product;
  }

  // slopes [variables] += adjoint times the gradient at the point.
  template <class U>
  void add_slopes(double adjoint, const U* point, double* slopes) const {
    for (int i = 0; i < box_.variables; ++i) {
      double product = adjoint;
      for (int j = 0; j < box_.variables; ++j) {
        const auto x = static_cast<double>(point[j]);
        product *= i == j ? slope(j, x) : value(j, x);
      }
      slopes[i] += product;
    }
  }

  double integral(const Box& over) const;
  // The integral of the product of two; that of a polynomial with itself is 1.
  static double inner_product(const BoxPolynomial& a, const BoxPolynomial& b);

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  bool is_inside(int i, double x) const { return x >= from_[at(i)] && x < to_[at(i)]; }
  double value(int i, double x) const { return is_inside(i, x) ? factors_[at(i)].value(x) : 0; }
  double slope(int i, double x) const { return is_inside(i, x) ? factors_[at(i)].slope(x) : 0; }
  double primitive(int i, double x) const {
    return factors_[at(i)].primitive(std::clamp(x, from_[at(i)], to_[at(i)]));
  }

  Box box_;
  Factors factors_;
  std::array<double, core::kMaxVariables> from_, to_;  // where it is not 0
  double norm_ = 1;
};

}  // namespace finn::net
