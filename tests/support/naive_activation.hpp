// Naive reference: the activations and their derivatives in long double, from their definitions.
#pragma once

#include <vector>

#include "tests/support/nested_dual.hpp"

namespace finn::test {

Real naive_gauss(Real x);

// sigma_order(x) of an order of any sign, for every x.
Real naive_sigma(int order, Real x);

// The derivatives 0 .. count - 1 of sigma_order and of tanh at x.
std::vector<Real> naive_sigma_derivatives(int order, int count, Real x);
std::vector<Real> naive_tanh_derivatives(int count, Real x);

}  // namespace finn::test
