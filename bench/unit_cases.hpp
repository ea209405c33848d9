// Fits of one target under every constraint, whose errors bench/units.cpp compares between units
// of x and y.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "capi/finn.hpp"

namespace finn::bench {

enum class Task { kRegression, kDensity, kIntensity };

// The true integrals of f over its domain [0, side]^2 and over the half of it with the smaller x_1.
struct TrueIntegrals {
  double whole, half, side;
};

// What is fitted under which constraint.
struct UnitCase {
  Task task;
  std::string constraint;
  std::function<Constraint(const TrueIntegrals&)> make;
  bool has_targets_of_rows = false;
};

std::vector<UnitCase> unit_cases();

// The side of x's box and the size of f are these.
struct Units {
  double x, y;
};

// Relative error of f (L2) in regressions, nats above the truth of densities on unseen rows, and
// the relative error of the integral of intensities. Throws what the library refuses.
double error_in_units(const UnitCase& unit_case, const Network& network, const Units& units,
                      std::uint64_t seed);

}  // namespace finn::bench
