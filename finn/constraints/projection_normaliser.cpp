#include "finn/constraints/projection_normaliser.hpp"

#include <cmath>
#include <utility>

#include "core/error.hpp"

namespace finn::net {

ProjectionNormaliser::ProjectionNormaliser(const Box& domain,
                                           const std::vector<LinearConstraint>& constraints)
    : ProjectionNormaliser(Projection(domain, constraints), domain) {}

ProjectionNormaliser::ProjectionNormaliser(Projection projection, const Box& domain)
    : Normaliser(projection.count()), projection_(std::move(projection)), domain_(domain) {}

void ProjectionNormaliser::partials(VariableSet subset, const double* point, double* values) const {
  projection_.partials(subset, point, values);
}

void ProjectionNormaliser::add_slopes(const double* point, const double* adjoint,
                                      double* slopes) const {
  projection_.add_slopes(point, adjoint, slopes);
}

double ProjectionNormaliser::integral(const double* lambda, const Box& box) const {
  return projection_.integral(lambda, box);
}

void ProjectionNormaliser::solve(const Antiderivative& F, const double*, CornerScratch& scratch,
                                 Normalisation& numbers) const {
  corner_sums(F, domain_, scratch, numbers.integrals);
  numbers.scale.assign(numbers.integrals.size(), 1.0);
  projection_.solve(F, scratch, numbers.coefficients);
  for (std::size_t j = 0; j < numbers.integrals.size(); ++j) {
    require_finite_integral(numbers.integrals[j], j);
  }
  for (std::size_t i = 0; i < numbers.coefficients.size(); ++i) {
    if (std::isfinite(numbers.coefficients[i])) continue;
    core::fail(core::Status::ERROR_INTEGRAL,
               "integral: output %zu of the network has moments that are not finite",
               i / static_cast<std::size_t>(functions()));
  }
}

void ProjectionNormaliser::pull_back(const Antiderivative& F, const Normalisation&,
                                     const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                                     double* weight_adjoint) const {
  projection_.pull_back(F, adjoint.coefficients, scratch, weight_adjoint);
}

Target ProjectionNormaliser::domain_integral(const Normalisation& numbers,
                                             std::size_t output) const {
  const double* lambda = &numbers.coefficients[output * static_cast<std::size_t>(functions())];
  return {numbers.integrals[output].value + projection_.integral(lambda, domain_), 0, 0};
}

}  // namespace finn::net
