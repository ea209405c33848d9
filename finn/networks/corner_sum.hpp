// An integral over a box as the alternating sum of F over its corners, with the condition of that
// sum. docs/INTEGRALS.md.
#pragma once

namespace finn::net {

struct CornerSum {
  double value = 0;
  double magnitude = 0;       // sum of |F| over the corners
  double error_estimate = 0;  // of value: the rounding error to expect
};

}  // namespace finn::net
