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
  double smallest_pivot;   // with the columns of A brought to length 1; 0: no inverse
};

Inverse inverse_of(const Matrix& matrix, int n);

}  // namespace finn::net
