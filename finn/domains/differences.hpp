// Derivatives by differences, for functions that are known only by their values.
#pragma once

#include <algorithm>
#include <cmath>

namespace finn::net {

inline constexpr int kNodes = 5;

// The derivative at u of a function on [lower, upper] from its values at five equidistant nodes in
// there: that of the polynomial of degree 4 through them. The error is of the order of h^4 of its
// fifth derivative, h = (upper - lower)/1024, and 1024 roundoffs of the function's size.
class Stencil {
 public:
  Stencil(double lower, double upper, double u) {
    step_ = (upper - lower) * 0x1p-10;
    const double centre = std::min(std::max(u, lower + 2 * step_), upper - 2 * step_);
    const double t = (u - centre) / step_;
    const double squared = t * t;
    first_ = centre - 2 * step_;
    weight_[0] = (2 - 2 * t - 6 * squared + 4 * t * squared) / 24;
    weight_[4] = (-2 - 2 * t + 6 * squared + 4 * t * squared) / 24;
    weight_[1] = (-4 + 8 * t + 3 * squared - 4 * t * squared) / 6;
    weight_[3] = (4 + 8 * t - 3 * squared - 4 * t * squared) / 6;
    weight_[2] = (-5 * t + 2 * t * squared) / 2;
  }

  double node(int k) const { return first_ + k * step_; }
  // What the value at node k contributes to the derivative.
  double weight(int k) const { return weight_[k] / step_; }

 private:
  double step_, first_;
  double weight_[kNodes];
};

}  // namespace finn::net
