// No constraint, or one integral by a scale or a shift: f = s f' + lambda h_0 with h_0 = 1/V, where
// s and lambda are functions of the integral I of f' over the domain and V is its volume. The
// antiderivative of h_0 is prod_i (x_i - lower_i) / V, for any number of variables.
#pragma once

#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

class AffineNormaliser final : public Normaliser {
 public:
  AffineNormaliser(const Constraint& constraint, const Box& domain);

  bool is_identity() const noexcept override { return constraint_.kind == ConstraintKind::none; }
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

  bool has_lane_form() const noexcept override { return true; }
  AffineMap lane_map(std::size_t output, const CornerSum& integral, double argument) const override;

 private:
  Constraint constraint_;
  Box domain_;
};

}  // namespace finn::net
