// Several linear constraints at once, by the L2 projection onto the functions that meet them:
// s = 1, and the h_k are those of a Projection.
#pragma once

#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/constraints/projection.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/integral.hpp"

namespace finn::net {

class ProjectionNormaliser final : public Normaliser {
 public:
  // Fails with ERROR_ARGUMENT as Projection does.
  ProjectionNormaliser(const Box& domain, const std::vector<LinearConstraint>& constraints);

  void partials(VariableSet subset, const double* point, double* values) const override;
  void add_slopes(const double* point, const double* adjoint, double* slopes) const override;
  double integral(const double* lambda, const Box& box) const override;

  void solve(const Antiderivative& F, const double* arguments, CornerScratch& scratch,
             Normalisation& numbers) const override;
  void pull_back(const Antiderivative& F, const Normalisation& numbers,
                 const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                 double* weight_adjoint) const override;
  Target domain_integral(const Normalisation& numbers, std::size_t output) const override;

 private:
  explicit ProjectionNormaliser(Projection projection, const Box& domain);

  Projection projection_;
  Box domain_;
};

}  // namespace finn::net
