// The one number of which all answers about a distribution are ratios: what f is when some
// variables stand at a point and the others are integrated, each over an interval.
//
// With S the variables that stand at points it is d_S F, differenced over the corners of the
// intervals: a density if S is everything, the mass of a box if S is empty, and a marginal density,
// or that of one variable with others given, for what lies between. docs/DISTRIBUTIONS.md.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "finn/domains/box.hpp"

namespace finn::net {

// value * exp(shift): a shift other than 0 says that the number itself would underflow.
struct Mass {
  double value = 0;  // never negative
  double shift = 0;
  double error = 0;  // of value: the error to expect

  // Of the number itself; -infinity of 0.
  double log() const { return std::log(value) + shift; }
};

// a / b, for b > 0. Where b holds what a is a part of, a little more than 1 is rounding.
inline double ratio(const Mass& a, const Mass& b) {
  return a.value / b.value * std::exp(a.shift - b.shift);
}

// The error to expect in a / b, to first order.
inline double ratio_error(const Mass& a, const Mass& b) {
  return std::exp(a.shift - b.shift) * (a.error + a.value * (b.error / b.value)) / b.value;
}

// What the logarithm of a mass changes by: with where each variable of the box stands, 0 for those
// that are integrated, and with each condition.
struct MassSlopes {
  std::array<double, kMaxBoxVariables> points{};
  std::vector<double> conditions;
};

// What is asked of each variable of the box of u. Bit i of points: variable i stands at lower[i].
// Otherwise it is integrated from lower[i] over width[i], which keeps the digits of an interval
// that is narrow beside its place; upper[i] is where that ends.
struct MassQuery {
  VariableSet points = 0;
  const double* lower = nullptr;  // [variables] each
  const double* upper = nullptr;
  const double* width = nullptr;

  bool is_point(int i) const { return (points >> i & 1) != 0; }
};

}  // namespace finn::net
