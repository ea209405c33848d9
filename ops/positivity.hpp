// The map from free parameters to the non-negative weights of a positive network. It acts on the
// parameters once per step, not once per tile.
#pragma once

#include <cstdint>

namespace finn::ops {

enum class Positivity { none, abs, softplus, square, exp };

// weights[i] = P(parameters[i]), i < count; may be in place.
template <class T>
void map_weights(Positivity positivity, const T* parameters, std::int64_t count, T* weights);

// adjoints[i], of a weight on entry, becomes that of its parameter. The slope of abs at 0 is 0.
template <class T>
void pull_back_weights(Positivity positivity, const T* parameters, std::int64_t count, T* adjoints);

// The parameter of weight > 0; of the two that abs and square allow, the positive one.
double parameter_of_weight(Positivity positivity, double weight);

}  // namespace finn::ops
