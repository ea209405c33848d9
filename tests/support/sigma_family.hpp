// The kernel of sigma on any arguments, and how far it may be from a reference.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ops/kernels/table.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/rows.hpp"

namespace finn::test {

inline constexpr int kTop = core::kMaxVariables;
inline constexpr int kLowest = -3;

// The orders top .. kLowest at every x.
template <class T>
class SigmaFamily {
 public:
  SigmaFamily(int top, const std::vector<T>& x)
      : top_(top), rows_(x, top - kLowest + 1, [&](const T* lane, int lanes, Rows<T>& rows) {
          ops::kernels<T>().sigma_family(top, rows.count(), lane, lanes, rows.row(0),
                                         rows.stride());
        }) {}
  T operator()(int order, std::size_t i) const { return rows_.row(top_ - order)[i]; }

 private:
  int top_;
  Rows<T> rows_;
};

// What an error of sigma_order(x) is measured against. Orders below 0 change sign: against the
// terms that they are a sum of.
inline Real magnitude(int order, Real x, Real value) {
  return order >= 0 ? value : naive_gauss(x) * std::pow(1 + 2 * std::fabs(x), -order);
}

// Results and Gaussians below the smallest normal number may be flushed to 0.
template <class T>
Real allowed_error(int order, Real x, Real value) {
  constexpr Real smallest = std::numeric_limits<T>::min();
  const Real flushed = order >= 0 ? smallest : smallest * std::pow(1 + 2 * std::fabs(x), -order);
  const Real relative = 8 * Real(std::numeric_limits<T>::epsilon());
  return std::max(flushed, relative * magnitude(order, x, value));
}

}  // namespace finn::test
