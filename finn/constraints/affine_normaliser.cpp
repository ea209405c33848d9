#include "finn/constraints/affine_normaliser.hpp"

#include "finn/domains/orders.hpp"

namespace finn::net {
namespace {

// A scale without a uniform share adds nothing.
int function_count(const Constraint& constraint) {
  const bool adds = constraint.kind == ConstraintKind::shift ||
                    (constraint.kind == ConstraintKind::scale && constraint.uniform_share > 0);
  return adds ? 1 : 0;
}

}  // namespace

AffineNormaliser::AffineNormaliser(const Constraint& constraint, const Box& domain)
    : Normaliser(function_count(constraint)), constraint_(constraint), domain_(domain) {}

// The antiderivative is linear in every variable.
void AffineNormaliser::partials(const Orders& orders, const double* point, double* values) const {
  if (functions() == 0) return;
  values[0] = 1 / domain_.volume();
  for (int i = 0; i < domain_.variables; ++i) {
    if (orders[i] > 1) values[0] = 0;
    if (orders[i] == 0) values[0] *= point[i] - domain_.lower[static_cast<std::size_t>(i)];
  }
}

void AffineNormaliser::add_slopes(const Orders& orders, const double* point, const double* adjoint,
                                  double* slopes) const {
  for (int i = 0; functions() > 0 && i < domain_.variables; ++i) {
    if (orders[i] > 0) continue;
    double slope = 0;
    partials(orders.and_once(i), point, &slope);
    slopes[i] += adjoint[0] * slope;
  }
}

double AffineNormaliser::integral(const double* lambda, const Box& box, VariableSet points) const {
  if (functions() == 0) return 0;
  return lambda[0] * (volume_partial(box, points, box.upper.data(), 1) / domain_.volume());
}

AffineMap AffineNormaliser::lane_map(std::size_t output, const CornerSum& integral,
                                     double argument) const {
  return affine_map(constraint_, output, integral, argument);
}

void AffineNormaliser::solve(const Antiderivative& F, const double* arguments,
                             CornerScratch& scratch, Normalisation& numbers) const {
  corner_sums(F, domain_, scratch, numbers.integrals);
  const std::size_t outputs = numbers.integrals.size();
  numbers.scale.resize(outputs);
  numbers.coefficients.resize(outputs * static_cast<std::size_t>(functions()));
  numbers.maps.resize(outputs);
  for (std::size_t j = 0; j < outputs; ++j) {
    const AffineMap map = lane_map(j, numbers.integrals[j], arguments[j]);
    numbers.maps[j] = map;
    numbers.scale[j] = map.scale.value;
    if (functions() > 0) numbers.coefficients[j] = map.shift.value;
  }
}

void AffineNormaliser::pull_back(const Antiderivative& F, const Normalisation& numbers,
                                 const NormalisationAdjoint& adjoint, CornerScratch& scratch,
                                 double* weight_adjoint) const {
  if (constraint_.kind == ConstraintKind::none && adjoint.integral == 0) return;
  const std::size_t outputs = numbers.maps.size();
  scratch.adjoints.resize(outputs);
  for (std::size_t j = 0; j < outputs; ++j) {
    const auto& [scale, shift] = numbers.maps[j];
    const double of_scale = adjoint.scale[j];
    const double of_shift = functions() > 0 ? adjoint.coefficients[j] : 0;
    const IntegralTarget J = adjoint.integral == 0 ? IntegralTarget{} : domain_integral(numbers, j);
    scratch.adjoints[j] = of_scale * scale.by_integral + of_shift * shift.by_integral +
                          adjoint.integral * J.by_integral;
    if (adjoint.argument == nullptr) continue;
    adjoint.argument[j] += of_scale * scale.by_argument + of_shift * shift.by_argument +
                           adjoint.integral * J.by_argument;
  }
  add_corner_sum_adjoint(F, domain_, scratch.adjoints.data(), scratch, weight_adjoint);
}

// From f = s f' + lambda / V, so that it is J whatever J follows.
IntegralTarget AffineNormaliser::domain_integral(const Normalisation& numbers,
                                                 std::size_t output) const {
  const auto& [scale, shift] = numbers.maps[output];
  const double I = numbers.integrals[output].value;
  return {scale.value * I + shift.value, scale.by_integral * I + scale.value + shift.by_integral,
          scale.by_argument * I + shift.by_argument};
}

}  // namespace finn::net
