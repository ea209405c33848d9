// The domain: a box, its corners, and the coordinates in which the network sees it.
#pragma once

#include <array>

#include "core/jet.hpp"

namespace finn::net {

using core::Subset;

// [lower_1, upper_1] x .. x [lower_n, upper_n].
struct Box {
  int variables = 0;
  std::array<double, core::kMaxVariables> lower{};
  std::array<double, core::kMaxVariables> upper{};

  double volume() const;
  bool contains(const double* x) const;
  // Corner v takes upper_i where bit i of v is set and lower_i elsewhere; x [variables].
  void corner(Subset v, double* x) const;
};

// u_i = scale_i x_i + offset_i: an affine u-substitution with constant determinant, which the jets
// carry by themselves once du_i/dx_i = scale_i is seeded.
struct Coordinates {
  std::array<double, core::kMaxVariables> scale{};
  std::array<double, core::kMaxVariables> offset{};

  static Coordinates raw();
  // Zero mean and unit variance under the uniform distribution on the box.
  static Coordinates standard(const Box& box);
};

}  // namespace finn::net
