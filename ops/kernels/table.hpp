// The kernels as a table of function pointers: one table per instruction set and precision.
//
// A plane is the [feature][lane] array of one coefficient of a jet; jets are base pointers with a
// stride between planes. "lanes" is always a multiple of kPackLanes<T>; all arrays are aligned to
// 64 bytes, which the kernels use for speed only.
#pragma once

#include <cstddef>

#include "core/jet.hpp"

namespace finn::ops {

// Z = W X for every coefficient, with W [out][in].
template <class T>
struct AffineShape {
  int in;
  int out;
  int coefficients;
  int lanes;
  std::ptrdiff_t x_stride;
  std::ptrdiff_t z_stride;
};

template <class T>
struct KernelTable {
  const char* name;

  // out[k * stride + i] = sigma_{order - k}(x[i]), k = 0 .. count - 1, i < lanes: the family of
  // derivatives of sigma_order, 1 <= order <= 8, down to order - count + 1 of either sign.
  void (*sigma_family)(int order, int count, const T* x, int lanes, T* out, std::ptrdiff_t stride);
  // out[k * stride + i] = k-th derivative of tanh at x[i], k < count <= kMaxTanhDerivatives.
  void (*tanh_family)(int count, const T* x, int lanes, T* out, std::ptrdiff_t stride);

  // One feature of y = phi o z: derivatives [n + 2][lanes] of phi at z[{}] (n + 1 rows when g is
  // null), z and y [2^n] rows at their strides; g = phi' o z likewise unless null. By n.
  void (*compose[core::kMaxVariables + 1])(const T* derivatives, const T* z,
                                           std::ptrdiff_t z_stride, T* y, std::ptrdiff_t y_stride,
                                           T* g, std::ptrdiff_t g_stride, int lanes);
  // One feature of out += a b in the subset algebra. By n.
  void (*add_product[core::kMaxVariables + 1])(const T* a, std::ptrdiff_t a_stride, const T* b,
                                               std::ptrdiff_t b_stride, T* out,
                                               std::ptrdiff_t out_stride, int lanes);
  // One feature of out[T] += sum over S containing T of y[S] g[S \ T]. By n.
  void (*add_correlation[core::kMaxVariables + 1])(const T* y, std::ptrdiff_t y_stride, const T* g,
                                                   std::ptrdiff_t g_stride, T* out,
                                                   std::ptrdiff_t out_stride, int lanes);

  // z[S] = W x[S] (+ b for S = {}).
  void (*affine)(const AffineShape<T>& shape, const T* weights, const T* bias, const T* x, T* z);
  // x_adjoint[S] += W^T z_adjoint[S].
  void (*affine_input)(const AffineShape<T>& shape, const T* weights, const T* z_adjoint,
                       T* x_adjoint);
  // weight_adjoint += sum over S and lanes of z_adjoint[S] x[S]^T; bias_adjoint += lane sums of
  // z_adjoint[{}].
  void (*affine_weights)(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                         T* weight_adjoint, T* bias_adjoint);
};

inline constexpr int kMaxTanhDerivatives = core::kMaxVariables + 2;

// The table in use, chosen once, at the first call: the widest that this processor has, or the one
// that the environment variable FINN_SIMD names (portable, avx2, avx512); portable if it lacks
// that.
template <class T>
const KernelTable<T>& kernels();

}  // namespace finn::ops
