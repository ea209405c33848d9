// The L2 projection of f' onto the functions that meet several linear constraints at once:
//
//     f = f' + sum_k lambda_k g_k,   g_k = prod_i x_i^p_ki on the sub-box B_k, 0 elsewhere,
//     l_k(f) = integral of f g_k = value_k for every k.
//
// f - f' is the least, in L2, that does so. With the Gram matrix G_kl = integral of g_k g_l the
// condition is G lambda = value - l(f'). Any basis of the span of the g_k gives the same f; here
// constraints whose lower powers are constrained on the same box become Legendre polynomials, and
// all of them have norm 1, so that powers far from 0 lose no digits. docs/CONSTRAINTS.md.
#pragma once

#include <array>
#include <vector>

#include "finn/constraints/box_polynomial.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/constraints/moments.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

class Projection final : public Normaliser {
 public:
  // domain: the box in which F lives, whose limits infinite ones of a constraint stand for. Fails
  // with ERROR_ARGUMENT, naming them, when constraints depend on each other, and when moments need
  // too many points.
  Projection(const Box& domain, std::vector<LinearConstraint> constraints);

  // Everything below is in the basis h_1 .. h_count of the span of the g_k; s = 1. The
  // antiderivative of each h_k is 0 at the lower limits of its box.
  void partials(const Orders& orders, const double* point, double* values) const override;
  void add_slopes(const Orders& orders, const double* point, const double* adjoint,
                  double* slopes) const override;
  using Normaliser::integral;
  double integral(const double* lambda, const Box& box, VariableSet points) const override;

  void solve(const Antiderivative& F, const double* arguments, CornerScratch& scratch,
             Normalisation& numbers) const override;
  void pull_back(const Antiderivative& F, const Normalisation& numbers,
                 const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                 double* weight_adjoint) const override;
  IntegralTarget domain_integral(const Normalisation& numbers, std::size_t output) const override;

 private:
  std::size_t count() const { return functions_.size(); }
  void factorise();
  void solve_gram(double* values) const;

  Box domain_;
  std::vector<BoxPolynomial> functions_;     // h_k
  std::vector<std::vector<double>> values_;  // [outputs][count]: the integrals of f h_k
  std::vector<double> factor_;               // [count][count]: L of G = L L^T
  Moments moments_;
};

}  // namespace finn::net
