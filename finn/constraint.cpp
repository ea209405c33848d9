#include "finn/constraint.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

// log(1 + exp(t)) and its derivative.
double softplus(double t) { return std::max(t, 0.0) + std::log1p(std::exp(-std::fabs(t))); }
double sigmoid(double t) {
  const double e = std::exp(-std::fabs(t));
  return (t >= 0 ? 1 : e) / (1 + e);
}

// epsilon and lower_epsilon.
struct Limits {
  double lower, upper;
  double width() const { return upper - lower; }
};

Target hard_target(Bound bound, double integral, const Limits& limits) {
  const Target inside{integral, 1, 0};
  const Target at_epsilon{limits.upper, 0, 1};
  switch (bound) {
    case Bound::at_most:
      return integral < limits.upper ? inside : at_epsilon;
    case Bound::at_least:
      return integral > limits.upper ? inside : at_epsilon;
    case Bound::between:
      if (integral <= limits.lower) return {limits.lower, 0, 0};
      return integral < limits.upper ? inside : at_epsilon;
    default:
      return at_epsilon;
  }
}

// For I >= 0 and epsilon > 0, with values of I / epsilon that saturate.
Target smooth_scale_target(Bound bound, double integral, const Limits& limits) {
  if (bound == Bound::at_least) return {limits.upper + integral, 1, 1};
  const double lower = bound == Bound::between ? limits.lower : 0;
  const double width = limits.upper - lower;
  const double left = width / (integral + width);  // 1 at I = 0, falls to 0
  return {lower + left * integral, left * left, (1 - left) * (1 - left)};
}

// For I of any sign. Slope 1 where no bound is near; softness is the distance that is near.
Target smooth_shift_target(Bound bound, double integral, const Limits& limits, double softness) {
  if (bound == Bound::between) {
    const double t = 4 * (integral - 0.5 * (limits.lower + limits.upper)) / limits.width();
    const double share = sigmoid(t);
    const double slope = 4 * share * (1 - share);
    return {limits.lower + limits.width() * share, slope, share - slope * (0.5 + 0.25 * t)};
  }
  const double side = bound == Bound::at_most ? -1 : 1;
  const double t = side * (integral - limits.upper) / softness;
  const double slope = sigmoid(t);
  return {limits.upper + side * softness * softplus(t), slope, 1 - slope};
}

Target learned_target(const Constraint& constraint, const Limits& limits, double tau) {
  const bool scales = constraint.kind == ConstraintKind::scale;
  switch (constraint.bound) {
    case Bound::at_most:
      if (scales) {
        const double share = sigmoid(tau);
        return {limits.upper * share, 0, limits.upper * share * (1 - share)};
      }
      return {limits.upper - softplus(-tau), 0, sigmoid(-tau)};
    case Bound::at_least:
      return {limits.upper + softplus(tau), 0, sigmoid(tau)};
    case Bound::between: {
      const double share = sigmoid(tau);
      return {limits.lower + limits.width() * share, 0, limits.width() * share * (1 - share)};
    }
    default: {
      const double factor = std::exp(tau);
      if (scales) return {limits.upper * factor, 0, limits.upper * factor};
      return {limits.upper + tau, 0, 1};
    }
  }
}

void require_finite(const CornerSum& integral, std::size_t output) {
  if (std::isfinite(integral.value) && std::isfinite(integral.magnitude)) return;
  fail(Status::ERROR_INTEGRAL, "integral: output %zu of the network has the integral %g", output,
       integral.value);
}

void require_divisor(const CornerSum& integral, std::size_t output) {
  if (std::fabs(integral.value) > integral.error_estimate) return;
  fail(Status::ERROR_INTEGRAL,
       "integral: output %zu of the network has the integral %g +- %g, too close to 0 to scale it",
       output, integral.value, integral.error_estimate);
}

// J / I.
Target ratio(const Constraint& constraint, std::size_t output, const CornerSum& integral,
             double argument, const Target& target) {
  if (target.value == integral.value && target.by_integral == 1) return {1, 0, 0};
  if (constraint.bound == Bound::at_most && constraint.approach == Approach::smooth) {
    const double epsilon = argument;
    const double sum = epsilon + integral.value;
    return {epsilon / sum, -epsilon / (sum * sum), integral.value / (sum * sum)};
  }
  require_divisor(integral, output);
  const double value = target.value / integral.value;
  return {value, (target.by_integral - value) / integral.value,
          target.by_argument / integral.value};
}

Target times(double factor, const Target& a) {
  return {factor * a.value, factor * a.by_integral, factor * a.by_argument};
}

}  // namespace

Target integral_target(const Constraint& constraint, std::size_t output, double integral,
                       double argument) {
  const bool learned = constraint.approach == Approach::learned;
  Limits limits{0, learned ? constraint.epsilon[output] : argument};
  if (constraint.bound == Bound::between) limits.lower = constraint.lower_epsilon[output];
  if (learned) return learned_target(constraint, limits, argument);
  if (constraint.approach == Approach::hard || constraint.bound == Bound::equal) {
    return hard_target(constraint.bound, integral, limits);
  }
  return constraint.kind == ConstraintKind::scale
             ? smooth_scale_target(constraint.bound, integral, limits)
             : smooth_shift_target(constraint.bound, integral, limits, constraint.softness);
}

AffineMap affine_map(const Constraint& constraint, std::size_t output, const CornerSum& integral,
                     double argument, double volume) {
  if (constraint.kind == ConstraintKind::none) return {{1, 0, 0}, {}};
  require_finite(integral, output);
  const Target target = integral_target(constraint, output, integral.value, argument);
  if (constraint.kind == ConstraintKind::scale) {
    const Target scale = ratio(constraint, output, integral, argument, target);
    return {times(1 - constraint.floor, scale), times(constraint.floor / volume, target)};
  }
  return {{1, 0, 0},
          {(target.value - integral.value) / volume, (target.by_integral - 1) / volume,
           target.by_argument / volume}};
}

void update_output_map(const Constraint& constraint, const std::vector<CornerSum>& integrals,
                       double volume, OutputMap& map) {
  const std::size_t outputs = integrals.size();
  for (auto* values : {&map.scale, &map.shift, &map.scale_slope, &map.shift_slope}) {
    values->assign(outputs, 0.0);
  }
  for (std::size_t j = 0; j < outputs; ++j) {
    const double epsilon = constraint.epsilon.empty() ? 0 : constraint.epsilon[j];
    const AffineMap of_output = affine_map(constraint, j, integrals[j], epsilon, volume);
    map.scale[j] = of_output.scale.value;
    map.shift[j] = of_output.shift.value;
    map.scale_slope[j] = of_output.scale.by_integral;
    map.shift_slope[j] = of_output.shift.by_integral;
  }
}

}  // namespace finn::net
