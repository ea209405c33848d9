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
#include "finn/domains/box.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

class Projection {
 public:
  // domain: the box in which F lives. Fails with ERROR_ARGUMENT, naming them, when constraints
  // depend on each other, and when moments need too many points.
  Projection(const Box& domain, const std::vector<LinearConstraint>& constraints);

  int count() const noexcept { return static_cast<int>(functions_.size()); }

  // Everything below is in the basis h_1 .. h_count of the span of the g_k. point [variables].
  // values [count] = the mixed partial over the subset of the antiderivative of each h_k, which is
  // 0 at the lower limits of its box; h_k itself for the full subset.
  template <class U>
  void partials(VariableSet subset, const U* point, double* values) const {
    for (std::size_t k = 0; k < functions_.size(); ++k) {
      values[k] = functions_[k].partial(subset, point);
    }
  }
  // slopes [variables] += sum_k adjoint_k dh_k/dx_i.
  template <class U>
  void add_slopes(const U* point, const double* adjoint, double* slopes) const {
    for (std::size_t k = 0; k < functions_.size(); ++k) {
      functions_[k].add_slopes(adjoint[k], point, slopes);
    }
  }
  // The integral of sum_k lambda_k h_k over a box.
  double integral(const double* lambda, const Box& box) const;

  // lambda [outputs][count] from the network alone. Neither this nor what follows allocates after
  // the first call with a scratch.
  void solve(const Antiderivative& F, CornerScratch& scratch, std::vector<double>& lambda) const;
  // weight_adjoint += what reaches the weights through lambda, given its adjoint [outputs][count],
  // which is overwritten.
  void pull_back(const Antiderivative& F, double* lambda_adjoint, CornerScratch& scratch,
                 double* weight_adjoint) const;

 private:
  void factorise();
  void solve_gram(double* values) const;

  std::vector<BoxPolynomial> functions_;     // h_k
  std::vector<std::vector<double>> values_;  // [outputs][count]: the integrals of f h_k
  std::vector<double> factor_;               // [count][count]: L of G = L L^T
  Moments moments_;
};

}  // namespace finn::net
