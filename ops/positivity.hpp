// The map from free parameters to the non-negative weights of a positive network. It acts on the
// parameters once per step, not once per tile.
#pragma once

#include <cstdint>

namespace finn::ops {

enum class Positivity { none, abs, softplus, square, exp };

template <class T>
T mapped_weight(Positivity positivity, T parameter);

// d mapped / d parameter; 0 at the kink of abs.
template <class T>
T mapped_weight_derivative(Positivity positivity, T parameter);

// The parameter of weight > 0; of the two that abs and square allow, the positive one.
double parameter_of_weight(Positivity positivity, double weight);

}  // namespace finn::ops
