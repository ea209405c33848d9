// A product of polynomials of one variable each on a sub-box of the domain, 0 elsewhere: the
// functions of which a projection is made.
#pragma once

#include <algorithm>
#include <array>

#include "core/subset.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"

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

  // The derivative of these orders of its antiderivative, which is 0 at the lower limits of the
  // box; point [variables].
  template <class U>
  double partial(const Orders& orders, const U* point) const {
    double product = 1;
    for (int i = 0; i < box_.variables; ++i) {
      product *= derivative(i, orders[i], static_cast<double>(point[i]));
    }
    return product;
  }

  // slopes [variables] += adjoint times the gradient of that derivative at the point.
  template <class U>
  void add_slopes(const Orders& orders, double adjoint, const U* point, double* slopes) const {
    for (int i = 0; i < box_.variables; ++i) {
      slopes[i] += adjoint * partial(orders.and_once(i), point);
    }
  }

  // But for variables at points, of which variable i stands at over.lower[i].
  double integral(const Box& over, VariableSet points = 0) const;
  // The integral of the product of two; that of a polynomial with itself is 1.
  static double inner_product(const BoxPolynomial& a, const BoxPolynomial& b);

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  bool is_inside(int i, double x) const { return x >= from_[at(i)] && x < to_[at(i)]; }
  double derivative(int i, int order, double x) const {
    if (order == 0) return primitive(i, x);
    return is_inside(i, x) ? factors_[at(i)].derivative(order - 1, x) : 0;
  }
  double primitive(int i, double x) const {
    return factors_[at(i)].primitive(std::clamp(x, from_[at(i)], to_[at(i)]));
  }

  Box box_;
  Factors factors_;
  std::array<double, core::kMaxVariables> from_, to_;  // where it is not 0
  double norm_ = 1;
};

}  // namespace finn::net
