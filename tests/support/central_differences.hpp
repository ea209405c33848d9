// Derivatives by differences, to the fourth order of the step: what gradients are compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace finn::test {

// The derivative at 0 of at(offset), a vector of numbers.
template <class At>
std::vector<double> central_differences(double step, At&& at) {
  const std::vector<double> p1 = at(step), m1 = at(-step), p2 = at(2 * step), m2 = at(-2 * step);
  std::vector<double> slopes(p1.size());
  for (std::size_t k = 0; k < slopes.size(); ++k) {
    slopes[k] = (8 * (p1[k] - m1[k]) - (p2[k] - m2[k])) / (12 * step);
  }
  return slopes;
}

inline double largest_of(const std::vector<double>& values) {
  double result = 0;
  for (const double value : values) result = std::max(result, std::abs(value));
  return result;
}

}  // namespace finn::test
