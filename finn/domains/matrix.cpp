#include "finn/domains/matrix.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace finn::net {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The largest sum of the sizes of a row.
double norm_of(const Matrix& matrix, std::size_t n) {
  double largest = 0;
  for (std::size_t row = 0; row < n; ++row) {
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) sum += std::fabs(matrix[row][k]);
    largest = std::fmax(largest, sum);
  }
  return largest;
}

// Elimination by Gauss and Jordan on [A | B], with row pivots.
struct Elimination {
  Matrix left, right;
  std::size_t n;

  // Divides column k of A by its length, which it returns.
  double shorten_column(std::size_t k) {
    double length = 0;
    for (std::size_t row = 0; row < n; ++row) length = std::hypot(length, left[row][k]);
    for (std::size_t row = 0; row < n && length > 0; ++row) left[row][k] /= length;
    return length;
  }
  // Brings the largest entry of a row of A to [1/2, 1] by a power of two, which it returns; one
  // that is 1 to the last bits stays, so that turned axes are left as they are.
  double balance_row(std::size_t row) {
    double largest = 0;
    for (std::size_t k = 0; k < n; ++k) largest = std::fmax(largest, std::fabs(left[row][k]));
    int exponent = 0;
    if (largest > 0) std::frexp(largest * (1 - 0x1p-50), &exponent);
    const double power = std::ldexp(1.0, exponent);
    for (std::size_t k = 0; k < n; ++k) left[row][k] /= power;
    return power;
  }

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
  Inverse inverse{{}, 0, 1, 1, 1};
  std::array<double, core::kMaxVariables> length{}, power{};
  for (std::size_t k = 0; k < n; ++k) {
    length[k] = e.shorten_column(k);
    if (!(length[k] > 0)) return {{}, -kInfinity, 0, 0, kInfinity};
  }
  for (std::size_t k = 0; k < n; ++k) power[k] = e.balance_row(k);
  const double norm = norm_of(e.left, n);
  for (std::size_t k = 0; k < n; ++k) e.right[k][k] = 1;
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t best = e.pivot_row(k);
    std::swap(e.left[k], e.left[best]);
    std::swap(e.right[k], e.right[best]);
    const double pivot = e.left[k][k];
    if (!(std::fabs(pivot) > 0)) return {{}, -kInfinity, 0, 0, kInfinity};
    inverse.smallest_pivot = std::fmin(inverse.smallest_pivot, std::fabs(pivot));
    inverse.log_determinant +=
        std::log(std::fabs(pivot)) + std::log(length[k]) + std::log(power[k]);
    if ((pivot < 0) != (best != k)) inverse.sign = -inverse.sign;
    e.divide_row(k, pivot);
    for (std::size_t row = 0; row < n; ++row) {
      if (row != k) e.subtract_row(row, k, e.left[row][k]);
    }
  }
  inverse.condition_number = norm * norm_of(e.right, n);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t row = 0; row < n; ++row) e.right[row][k] /= power[k];
  }
  for (std::size_t k = 0; k < n; ++k) e.divide_row(k, length[k]);
  inverse.matrix = e.right;
  return inverse;
}

Matrix product_of(const Matrix& a, const Matrix& b, int variables) {
  const auto n = static_cast<std::size_t>(variables);
  Matrix product{};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < n; ++j) product[i][j] += a[i][k] * b[k][j];
    }
  }
  return product;
}

void apply(const Matrix& a, const double* x, const double* b, int variables, double* result) {
  const auto n = static_cast<std::size_t>(variables);
  for (std::size_t i = 0; i < n; ++i) {
    result[i] = b[i];
    for (std::size_t j = 0; j < n; ++j) result[i] += a[i][j] * x[j];
  }
}

}  // namespace finn::net
