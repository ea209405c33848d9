// The integral constraint: f = scale f' + shift, where f' is the mixed partial of the network, I
// its integral over the domain and V the volume of the domain.
//
//   scale   f = (1 - floor) epsilon / I f' + floor epsilon / V      the paper's eq. (5) at floor 0
//   shift   f = f' + (epsilon - I) / V                              L2 projection onto the
//   constraint
//
// Both give f the integral epsilon exactly. scale keeps f >= 0 and is singular at I = 0; shift is
// never singular. The floor keeps log f finite and the integral what it was.
#pragma once

#include <vector>

namespace finn::net {

enum class ConstraintKind { none, scale, shift };

struct Constraint {
  ConstraintKind kind = ConstraintKind::scale;
  std::vector<double> epsilon;  // [outputs]
  double floor = 0;             // in [0, 1), scale only
};

// scale and shift of each output, with their derivatives in I.
struct OutputMap {
  std::vector<double> scale, shift, scale_slope, shift_slope;  // [outputs]
};

// An integral with the condition of its sum: magnitude = sum of |F| over the corners.
struct CornerSum {
  double value = 0;
  double magnitude = 0;
  double error_estimate = 0;
};

// Fails with ERROR_INTEGRAL when an integral cannot be normalised: not finite, or for scale zero or
// lost in the rounding of its own sum.
void update_output_map(const Constraint& constraint, const std::vector<CornerSum>& integrals,
                       double volume, OutputMap& map);

}  // namespace finn::net
