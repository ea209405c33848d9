// Eigen's matrix product, compiled by itself with the flags of one instruction set.
#pragma once

#include <cstddef>

namespace finn::bench {

// z [size][columns] = weights [size][size] x [size][columns], all row-major; the rows of x and z
// begin `row` elements apart.
void multiply_by_eigen(int size, int columns, std::ptrdiff_t row, const float* weights,
                       const float* x, float* z);
void multiply_by_eigen(int size, int columns, std::ptrdiff_t row, const double* weights,
                       const double* x, double* z);

}  // namespace finn::bench
