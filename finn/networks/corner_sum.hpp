// The integral of a mixed partial over a box as the alternating sum of F over the corners of the
// box (eq. 4 of the paper), with the condition number of that sum. docs/INTEGRALS.md.
#pragma once

#include <cmath>

#include "core/subset.hpp"

namespace finn::net {

struct CornerSum {
  double value = 0;
  double magnitude = 0;       // sum of |F| over the corners
  double error_estimate = 0;  // of value: the rounding error to expect

  // magnitude / |value|: by how much the sum cancels; 1 where all terms are 0.
  double condition_number() const { return magnitude == 0 ? 1.0 : magnitude / std::fabs(value); }
};

// The alternating sum as differences along one variable after the other, the first variable
// innermost. F(v) is the value at corner v, which takes the upper limit of variable i where bit i
// of v is set; minus(a, b) is a - b. Called with axes = the number of variables and v = 0.
template <class Values, class Minus>
auto difference_over_corners(int axes, core::Subset v, Values&& F, Minus&& minus)
    -> decltype(F(v)) {
  if (axes == 0) return F(v);
  const core::Subset above = v | core::Subset{1} << (axes - 1);
  const auto upper = difference_over_corners(axes - 1, above, F, minus);
  const auto lower = difference_over_corners(axes - 1, v, F, minus);
  return minus(upper, lower);
}

}  // namespace finn::net
