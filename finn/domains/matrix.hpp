// The inverse of a small matrix, with what tells how near to singular it is.
#pragma once

#include <array>

#include "core/jet.hpp"
#include "core/subset.hpp"

namespace finn::net {

// Of which the first n rows and columns are in use.
using Matrix = std::array<std::array<double, core::kMaxVariables>, core::kMaxVariables>;

struct Inverse {
  Matrix matrix;
  double log_determinant;  // of |A|; -infinity for a singular A
  int sign;                // of the determinant
  double smallest_pivot;   // with rows and columns of A brought to size 1; 0: no inverse
  // |A| |A^-1| of that A, by the largest sum of a row; infinity: no inverse.
  double condition_number;
};

Inverse inverse_of(const Matrix& matrix, int n);

// A B, and A x + b, of which the first n rows and columns are in use.
Matrix product_of(const Matrix& a, const Matrix& b, int n);
void apply(const Matrix& a, const double* x, const double* b, int n, double* result);

}  // namespace finn::net
