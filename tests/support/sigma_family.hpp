// The kernel of sigma on any arguments, and how far it may be from a reference.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/subset.hpp"
#include "ops/kernels/dispatch.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/rows.hpp"

namespace finn::test {

inline constexpr int kTop = core::kMaxVariables;
inline constexpr int kLowest = -3;

// The orders top .. kLowest at every x, by the kernels of an instruction set.
template <class T>
class SigmaFamily {
 public:
  SigmaFamily(const ops::InstructionSet& set, int top, const std::vector<T>& x)
      : top_(top),
        rows_(x, top - kLowest + 1, [&](const T* lane, std::ptrdiff_t length, Rows<T>& rows) {
          set.kernels<T>().sigma_family(top, rows.count(), lane, length, rows.row(0), rows.stride(),
                                        std::numeric_limits<T>::min());
        }) {}
  T operator()(int order, std::size_t i) const { return rows_.row(top_ - order)[i]; }
  const Rows<T>& rows() const { return rows_; }

 private:
  int top_;
  Rows<T> rows_;
};

// What an error of sigma_order(x) is measured against. Orders below 0 change sign: against the
// terms that they are a sum of.
inline Real magnitude(int order, Real x, Real value) {
  return order >= 0 ? value : naive_gauss(x) * std::pow(1 + 2 * std::fabs(x), -order);
}

// The promise: 8 unit roundoffs, 4 for the orders 1 to 4, and 0 for what is below the smallest
// normal number.
template <class T>
Real allowed_error(int order, Real x, Real value) {
  constexpr Real roundoff = Real(std::numeric_limits<T>::epsilon()) / 2;
  const Real units = order >= 1 && order <= 4 ? 4 : 8;
  return std::max(Real(std::numeric_limits<T>::min()) * (1 + 16 * roundoff),
                  units * roundoff * magnitude(order, x, value));
}

}  // namespace finn::test
