#include "bench/peers/affine_eigen.hpp"

#include <Eigen/Core>

namespace finn::bench {
namespace {

template <class T>
void multiply(int size, int columns, std::ptrdiff_t row, const T* weights, const T* x, T* z) {
  using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Rows = Eigen::OuterStride<>;
  const Eigen::Map<const Matrix> w(weights, size, size);
  const Eigen::Map<const Matrix, 0, Rows> in(x, size, columns, Rows(row));
  Eigen::Map<Matrix, 0, Rows> out(z, size, columns, Rows(row));
  out.noalias() = w * in;
}

}  // namespace

void multiply_by_eigen(int size, int columns, std::ptrdiff_t row, const float* weights,
                       const float* x, float* z) {
  multiply(size, columns, row, weights, x, z);
}

void multiply_by_eigen(int size, int columns, std::ptrdiff_t row, const double* weights,
                       const double* x, double* z) {
  multiply(size, columns, row, weights, x, z);
}

}  // namespace finn::bench
