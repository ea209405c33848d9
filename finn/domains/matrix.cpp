#include "finn/domains/matrix.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace finn::net {
namespace {

// Elimination by Gauss and Jordan on [A | B], with row pivots.
struct Elimination {
  Matrix left, right;
  std::size_t n;

  std::size_t pivot_row(std::size_t column) const {
    std::size_t best = column;
    for (std::size_t row = column + 1; row < n; ++row) {
      if (std::fabs(left[row][column]) > std::fabs(left[best][column])) best = row;
    }
    return best;
  }
  void divide_row(std::size_t row, double divisor) {
    for (std::size_t k = 0; k < n; ++k) {
      left[row][k] /= divisor;
      right[row][k] /= divisor;
    }
  }
  void subtract_row(std::size_t row, std::size_t other, double factor) {
    for (std::size_t k = 0; k < n; ++k) {
      left[row][k] -= factor * left[other][k];
      right[row][k] -= factor * right[other][k];
    }
  }
};

}  // namespace

Inverse inverse_of(const Matrix& matrix, int variables) {
  const auto n = static_cast<std::size_t>(variables);
  Elimination e{matrix, {}, n};
  Inverse inverse{{}, 0, 1, 1};
  std::array<double, core::kMaxVariables> length{};
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t row = 0; row < n; ++row) length[k] = std::hypot(length[k], matrix[row][k]);
    for (std::size_t row = 0; row < n; ++row) e.left[row][k] /= length[k];
    e.right[k][k] = 1;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t best = e.pivot_row(k);
    std::swap(e.left[k], e.left[best]);
    std::swap(e.right[k], e.right[best]);
    const double pivot = e.left[k][k];
    if (!(std::fabs(pivot) > 0)) return {{}, -std::numeric_limits<double>::infinity(), 0, 0};
    inverse.smallest_pivot = std::fmin(inverse.smallest_pivot, std::fabs(pivot));
    inverse.log_determinant += std::log(std::fabs(pivot)) + std::log(length[k]);
    if ((pivot < 0) != (best != k)) inverse.sign = -inverse.sign;
    e.divide_row(k, pivot);
    for (std::size_t row = 0; row < n; ++row) {
      if (row != k) e.subtract_row(row, k, e.left[row][k]);
    }
  }
  for (std::size_t k = 0; k < n; ++k) e.divide_row(k, length[k]);
  inverse.matrix = e.right;
  return inverse;
}

}  // namespace finn::net
