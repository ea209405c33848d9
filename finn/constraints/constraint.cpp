#include "finn/constraints/constraint.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace finn::net {
namespace {

using core::fail;
using core::Status;

// softplus(t) - max(t, 0): by how much the corner at 0 is rounded.
double rounding(double t) { return std::log1p(std::exp(-std::fabs(t))); }
double softplus(double t) { return std::max(t, 0.0) + rounding(t); }
// Its derivative; 1 - sigmoid(t) = sigmoid(-t), which keeps the digits.
double sigmoid(double t) {
  const double e = std::exp(-std::fabs(t));
  return (t >= 0 ? 1 : e) / (1 + e);
}

// The target, or the upper bound, and lower_target.
struct Limits {
  double lower, upper;
  double width() const { return upper - lower; }
};

// left = width / (I + width) and share = I / (I + width), neither of which overflows.
struct Saturation {
  double left, share;
};

// For I >= 0 but for its rounding.
Saturation saturate(double integral, double width) {
  if (integral <= 0) return {1, 0};
  if (integral <= width) {
    const double left = 1 / (1 + integral / width);
    return {left, integral / width * left};
  }
  const double share = 1 / (1 + width / integral);
  return {width / integral * share, share};
}

IntegralTarget clipped_target(Bound bound, double integral, const Limits& limits) {
  const IntegralTarget inside{integral, 1, 0};
  const IntegralTarget at_bound{limits.upper, 0, 1};
  switch (bound) {
    case Bound::at_most:
      return integral < limits.upper ? inside : at_bound;
    case Bound::at_least:
      return integral > limits.upper ? inside : at_bound;
    case Bound::between:
      if (integral <= limits.lower) return {limits.lower, 0, 0};
      return integral < limits.upper ? inside : at_bound;
    default:
      return at_bound;
  }
}

// For I >= 0 and a target above 0.
IntegralTarget smooth_scale_target(Bound bound, double integral, const Limits& limits) {
  if (bound == Bound::at_least) return {limits.upper + integral, 1, 1};
  const double lower = bound == Bound::between ? limits.lower : 0;
  const double width = limits.upper - lower;
  const auto [left, share] = saturate(integral, width);
  return {lower + width * share, left * left, share * share};
}

// For I of any sign, with slope 1 in the middle.
IntegralTarget smooth_between_target(double integral, const Limits& limits) {
  // Beyond this far the sigmoid is 0 or 1 to the last bit.
  constexpr double far = 800;
  const double distance = integral - (0.5 * limits.lower + 0.5 * limits.upper);
  const double t = std::clamp(4 * (distance / limits.width()), -far, far);
  const double share = sigmoid(t);
  const double slope = 4 * share * sigmoid(-t);
  return {limits.lower + limits.width() * share, slope, share - slope * (0.5 + 0.25 * t)};
}

// For I of any sign, with slope 1 where the bound is far; width is the distance that is near.
IntegralTarget smooth_shift_target(Bound bound, double integral, const Limits& limits,
                                   double width) {
  if (bound == Bound::between) return smooth_between_target(integral, limits);
  const double side = bound == Bound::at_most ? -1 : 1;
  const double t = side * (integral - limits.upper) / width;
  const double nearest = t > 0 ? integral : limits.upper;
  return {nearest + side * width * rounding(t), sigmoid(t), sigmoid(-t)};
}

IntegralTarget learned_target(const Constraint& constraint, const Limits& limits, double tau) {
  const bool scales = constraint.kind == ConstraintKind::scale;
  switch (constraint.bound) {
    case Bound::at_most:
      if (scales) {
        const double share = sigmoid(tau);
        return {limits.upper * share, 0, limits.upper * share * sigmoid(-tau)};
      }
      return {limits.upper - softplus(-tau), 0, sigmoid(-tau)};
    case Bound::at_least:
      return {limits.upper + softplus(tau), 0, sigmoid(tau)};
    case Bound::between: {
      const double share = sigmoid(tau);
      return {limits.lower + limits.width() * share, 0, limits.width() * share * sigmoid(-tau)};
    }
    default: {
      const double factor = std::exp(tau);
      if (scales) return {limits.upper * factor, 0, limits.upper * factor};
      return {limits.upper + tau, 0, 1};
    }
  }
}

// t of softplus(t) = value, which is at least 1 / 64.
double softplus_inverse(double value) {
  const double positive = std::fmax(value, 1.0 / 64);
  return positive + std::log(-std::expm1(-positive));
}

// t of sigmoid(t) = share, which keeps a distance from 0 and 1.
double sigmoid_inverse(double share) {
  const double inside = std::clamp(share, 1.0 / 64, 63.0 / 64);
  return std::log(inside / (1 - inside));
}

// Of J or J / I, which a tau far out, or I and a target of very different sizes, make overflow.
void require_target(const IntegralTarget& target, const CornerSum& integral, std::size_t output,
                    double argument) {
  if (std::isfinite(target.value)) return;
  fail(Status::ERROR_INTEGRAL,
       "integral: the integral %g of output %zu of the network cannot be made that of the target "
       "or tau, %g: it overflows",
       integral.value, output, argument);
}

// J / I has about as many digits as I has. Three of them are the least that is worth scaling.
void require_divisor(const CornerSum& integral, std::size_t output) {
  constexpr double least = 1000;
  if (std::fabs(integral.value) > least * integral.error_estimate) return;
  fail(Status::ERROR_INTEGRAL,
       "integral: output %zu of the network has the integral %g +- %g, sum |F| = %g: fewer than "
       "three digits to scale by",
       output, integral.value, integral.error_estimate, integral.magnitude);
}

// J / I.
IntegralTarget ratio(const Constraint& constraint, std::size_t output, const CornerSum& integral,
                     double argument, const IntegralTarget& target) {
  if (target.value == integral.value && target.by_integral == 1) return {1, 0, 0};
  if (constraint.bound == Bound::at_most && constraint.transition == Transition::smooth) {
    const auto [left, share] = saturate(integral.value, argument);
    return {left, -left * left / argument, left * share / argument};
  }
  require_divisor(integral, output);
  const double value = target.value / integral.value;
  return {value, (target.by_integral - value) / integral.value,
          target.by_argument / integral.value};
}

IntegralTarget times(double factor, const IntegralTarget& a) {
  return {factor * a.value, factor * a.by_integral, factor * a.by_argument};
}

}  // namespace

IntegralTarget integral_target(const Constraint& constraint, std::size_t output, double integral,
                               double argument) {
  const bool learned = constraint.transition == Transition::learned;
  Limits limits{0, learned ? constraint.target[output] : argument};
  if (constraint.bound == Bound::between) limits.lower = constraint.lower_target[output];
  if (learned) return learned_target(constraint, limits, argument);
  if (constraint.transition == Transition::clip || constraint.bound == Bound::equal) {
    return clipped_target(constraint.bound, integral, limits);
  }
  return constraint.kind == ConstraintKind::scale
             ? smooth_scale_target(constraint.bound, integral, limits)
             : smooth_shift_target(constraint.bound, integral, limits, constraint.transition_width);
}

double learned_argument(const Constraint& constraint, std::size_t output, double integral) {
  const double target = constraint.target[output];
  const bool scales = constraint.kind == ConstraintKind::scale;
  switch (constraint.bound) {
    case Bound::at_most:
      return scales ? sigmoid_inverse(integral / target) : -softplus_inverse(target - integral);
    case Bound::at_least:
      return softplus_inverse(integral - target);
    case Bound::between: {
      const double lower = constraint.lower_target[output];
      return sigmoid_inverse((integral - lower) / (target - lower));
    }
    default:
      if (!scales) return integral - target;
      return integral / target > 0 ? std::log(integral / target) : 0;
  }
}

AffineMap affine_map(const Constraint& constraint, std::size_t output, const CornerSum& integral,
                     double argument) {
  if (constraint.kind == ConstraintKind::none) return {{1, 0, 0}, {}};
  require_finite_integral(integral, output);
  const IntegralTarget target = integral_target(constraint, output, integral.value, argument);
  require_target(target, integral, output, argument);
  if (constraint.kind == ConstraintKind::scale) {
    const IntegralTarget scale = ratio(constraint, output, integral, argument, target);
    require_target(scale, integral, output, argument);
    return {times(1 - constraint.uniform_share, scale), times(constraint.uniform_share, target)};
  }
  const IntegralTarget shift{target.value - integral.value, target.by_integral - 1,
                             target.by_argument};
  require_target(shift, integral, output, argument);
  return {{1, 0, 0}, shift};
}

void require_finite_integral(const CornerSum& integral, std::size_t output) {
  if (std::isfinite(integral.value) && std::isfinite(integral.magnitude)) return;
  fail(Status::ERROR_INTEGRAL, "integral: output %zu of the network has the integral %g", output,
       integral.value);
}

}  // namespace finn::net
