// The domain: a box, its corners, and the coordinates in which the network sees it.
#pragma once

#include <array>

#include "core/jet.hpp"
#include "core/subset.hpp"

namespace finn::net {

using core::Subset;

// Subsets of all the variables of a model as a bit mask. Jets have room for core::kMaxVariables
// variables only; the mixture makes none and takes more.
using VariableSet = std::uint64_t;
inline constexpr int kMaxBoxVariables = 64;

constexpr VariableSet all_variables(int variables) {
  return variables == kMaxBoxVariables ? ~VariableSet{0} : (VariableSet{1} << variables) - 1;
}

// [lower_1, upper_1] x .. x [lower_n, upper_n].
struct Box {
  int variables = 0;
  std::array<double, kMaxBoxVariables> lower{};
  std::array<double, kMaxBoxVariables> upper{};

  double volume() const;
  bool contains(const double* x) const;
  // Corner v takes upper_i where bit i of v is set and lower_i elsewhere; x [variables]. Of at most
  // core::kMaxVariables variables.
  void corner(Subset v, double* x) const;
};

// Fails, naming the limits as finn.h does, unless each lower limit is below its upper one, and they
// and the volume are numbers to reckon with.
void require_valid(const Box& box);

// factor times the partial over a subset of prod_i (x_i - lower_i), which is the antiderivative of
// 1: the product over the variables that are not in the subset.
template <class U>
double volume_partial(const Box& box, VariableSet subset, const U* x, double factor) {
  for (int i = 0; i < box.variables; ++i) {
    if ((subset >> i & 1) != 0) continue;
    factor *= static_cast<double>(x[i]) - box.lower[static_cast<std::size_t>(i)];
  }
  return factor;
}

// u_i = scale_i x_i + offset_i: an affine u-substitution with constant determinant, which the jets
// carry by themselves once du_i/dx_i = scale_i is seeded.
struct Coordinates {
  std::array<double, kMaxBoxVariables> scale{};
  std::array<double, kMaxBoxVariables> offset{};

  static Coordinates raw();
  // Zero mean and unit variance under the uniform distribution on the box.
  static Coordinates standard(const Box& box);
};

}  // namespace finn::net
