// The kernels as a table of function pointers: one table per instruction set and precision.
//
// A plane is the [feature][lane] array of one coefficient of a jet; jets are base pointers with a
// stride between planes. Their "lanes" are a multiple of kPackLanes<T> or, of a narrow tile,
// kNarrowLanes. A "size" counts elements of (a part of) a plane; the kernel rounds it up to whole
// packs, so the padding must be allocated. A "length" may be any. Arrays aligned to 64 bytes are
// faster; the kernels do not need it. Arrays may not overlap, but where a kernel reads and writes
// one element it may do so in place.
#pragma once

#include <cstddef>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/unary_functions.hpp"

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

// [lower, upper] with its extent, which keeps its digits where the two are near each other.
template <class T>
struct Interval {
  T lower;
  T upper;
  T extent;
};

// y_j = s_j p_j + sum over k of lambda_jk h_k, j < outputs, k < functions, in rows of lanes. s and
// lambda are numbers, or rows as well.
struct NormaliserShape {
  int outputs;
  int functions;
  int lanes;
  bool of_lanes;  // s and lambda are rows
};
template <class T>
struct NormaliserOperands {
  const T *p, *h, *scale, *coefficients;  // lambda [outputs][functions]
};
template <class T>
struct NormaliserAdjoints {
  T *p, *h, *scale, *coefficients;
};

// A number of each normal, [rows], or of each normal and lane, [rows][lanes], with adjoints
// likewise to which is added, or null. A value that is null is 1.
template <class T>
struct NormalOperand {
  const T* value = nullptr;
  T* adjoint = nullptr;
  bool of_lanes = false;
};

// Components of one variable (normals.hpp): `terms` of them with `normals` each in a tile of so
// many lanes, at x [lanes]. Of lanes are none of the operands, the biases, or all.
template <class T>
struct NormalSums {
  int terms, normals, lanes;
  NormalOperand<T> slopes, biases, shares;
  // Of a density, x [lanes] and by how much it moves; of an integral, the interval.
  T rate;
  const T* x;
  T* x_adjoint;
  Interval<T> interval;
};

// Rows r < rows of `length` elements, from one to the next `stride`, beside one row that they
// share.
struct RowShape {
  std::ptrdiff_t rows;
  std::ptrdiff_t stride;
  std::ptrdiff_t length;
};

template <class T>
struct KernelTable {
  // out[k * stride + i] = sigma_{order - k}(x[i]), k = 0 .. count - 1, i < length: the family of
  // derivatives of sigma_order, 1 <= order <= 8, down to order - count + 1 >= kLowestSigma. 0 where
  // the magnitude is less than smallest, a normal number.
  void (*sigma_family)(int order, int count, const T* x, std::ptrdiff_t length, T* out,
                       std::ptrdiff_t stride, T smallest);
  // log[i] = log sigma_order(x[i]), 0 <= order <= 8, and slope[i] its derivative unless null.
  void (*log_sigma)(int order, const T* x, std::ptrdiff_t length, T* log, T* slope);
  // value[i] = sigma_0(x[i]), slope[i] = sigma_{-1}(x[i]) unless null: the bits of sigma_family.
  void (*gaussian)(const T* x, std::ptrdiff_t length, T* value, T* slope, T smallest);
  // out[k * stride + i] = k-th derivative of tanh at x[i], k < count <= kMaxTanhDerivatives.
  void (*tanh_family)(int count, const T* x, std::ptrdiff_t length, T* out, std::ptrdiff_t stride);
  // out[k * stride + i] = k-th derivative of softplus at x[i], k < count <= kMaxTanhDerivatives.
  void (*softplus_family)(int count, const T* x, std::ptrdiff_t length, T* out,
                          std::ptrdiff_t stride);
  // out[k * stride + i] = k-th derivative of sin at x[i], k < count.
  void (*sine_family)(int count, const T* x, std::ptrdiff_t length, T* out, std::ptrdiff_t stride);

  // y = phi o z: derivatives [n + 2][size] of phi at z[{}] (n + 1 rows when g is null), z and y
  // [2^n] planes at their strides; g = phi' o z likewise unless null. size is whole packs. By n.
  void (*compose[core::kMaxVariables + 1])(const T* derivatives, const T* z,
                                           std::ptrdiff_t z_stride, T* y, std::ptrdiff_t y_stride,
                                           T* g, std::ptrdiff_t g_stride, int size);
  // out += a b in the subset algebra. By n.
  void (*add_product[core::kMaxVariables + 1])(const T* a, std::ptrdiff_t a_stride, const T* b,
                                               std::ptrdiff_t b_stride, T* out,
                                               std::ptrdiff_t out_stride, int size);
  // out[T] = sum over S containing T of y[S] g[S \ T], added to out if accumulate. By n.
  void (*correlation[core::kMaxVariables + 1])(const T* y, std::ptrdiff_t y_stride, const T* g,
                                               std::ptrdiff_t g_stride, T* out,
                                               std::ptrdiff_t out_stride, int size,
                                               bool accumulate);
  // The two where all of y that matters is its top coefficient, {1 .. n}, n >= 1: with g = phi' o
  // z, of which the lower half is read, y[top] = sum over S of g[S] z[top \ S], S without variable
  // n; and out[T] = y[top] g[top \ T].
  void (*top_product)(int n, const T* g, std::ptrdiff_t g_stride, const T* z,
                      std::ptrdiff_t z_stride, T* y, int size);
  void (*top_correlation)(int n, const T* y, const T* g, std::ptrdiff_t g_stride, T* out,
                          std::ptrdiff_t out_stride, int size);
  // One feature of a first layer (seeded.hpp): y[S] = factors[S] derivatives[|S|]; its transpose,
  // z_adjoint = sum over S of y_adjoint[S] factors[S] derivatives[|S| + 1] and factor_adjoints[S] =
  // sum over lanes of y_adjoint[S] derivatives[|S|].
  void (*seeded_composition)(int n, const T* factors, const T* derivatives, std::ptrdiff_t d_stride,
                             T* y, std::ptrdiff_t y_stride, int lanes);
  void (*seeded_transpose)(int n, const T* factors, const T* derivatives, std::ptrdiff_t d_stride,
                           const T* y_adjoint, std::ptrdiff_t y_stride, int lanes, T* z_adjoint,
                           T* factor_adjoints);

  // sums [terms][lanes] of normals, whose sigma_0 goes into values [terms * normals][lanes] unless
  // null; and from there what sum_adjoint adds to the adjoints of the operands and of x.
  void (*normal_sums)(const NormalSums<T>& of, T* values, T* sums);
  void (*normal_sums_transpose)(const NormalSums<T>& of, const T* values, const T* sum_adjoint);
  // sums [terms][lanes] of the shares that normals have in of.interval (normal_integrals.hpp), with
  // the share of each normal in values likewise; and what sum_adjoint adds to the adjoints of the
  // operands.
  void (*normal_integrals)(const NormalSums<T>& of, T* values, T* sums);
  void (*normal_integrals_transpose)(const NormalSums<T>& of, const T* values,
                                     const T* sum_adjoint);
  // sums[j] = sum over k of factors[j][k] values[j][k], j < terms, k < steps, rows of lanes; its
  // transpose with values = phi(argument) and slopes = phi'(argument): argument_adjoint[j][k] =
  // factors[j][k] sum_adjoint[j] slopes[j][k], and factor_adjoint[j][k] = sum over lanes of
  // sum_adjoint[j] values[j][k].
  void (*step_sums)(int terms, int steps, const T* factors, const T* values, int lanes, T* sums);
  void (*step_sums_transpose)(int terms, int steps, const T* factors, const T* values,
                              const T* slopes, const T* sum_adjoint, int lanes, T* argument_adjoint,
                              T* factor_adjoint);

  // z[S] = W x[S] (+ b for S = {} unless null).
  void (*affine)(const AffineShape<T>& shape, const T* weights, const T* bias, const T* x, T* z);
  // x_adjoint[S] += W^T z_adjoint[S].
  void (*affine_input)(const AffineShape<T>& shape, const T* weights, const T* z_adjoint,
                       T* x_adjoint);
  // weight_adjoint += sum over S and lanes of z_adjoint[S] x[S]^T; bias_adjoint += lane sums of
  // z_adjoint[{}] unless null.
  void (*affine_weights)(const AffineShape<T>& shape, const T* z_adjoint, const T* x,
                         T* weight_adjoint, T* bias_adjoint);

  // z[S] = W x[S] where W is [out][in][lanes], a matrix of each lane; its transpose adds
  // z_adjoint[S] x[S]^T to weight_adjoint, in the order of S, and W^T z_adjoint[S] to x_adjoint[S].
  void (*lane_affine)(const AffineShape<T>& shape, const T* weights, const T* x, T* z);
  void (*lane_affine_transpose)(const AffineShape<T>& shape, const T* weights, const T* x,
                                const T* z_adjoint, T* weight_adjoint, T* x_adjoint);
  // Rows [groups][size] of lanes: y = softmax of x over each group; and x_adjoint += what its
  // transpose makes of y_adjoint.
  void (*group_shares)(int groups, int size, int lanes, const T* x, T* y);
  void (*group_shares_transpose)(int groups, int size, int lanes, const T* y, const T* y_adjoint,
                                 T* x_adjoint);
  // y = sigma_1(a upper + b) - sigma_1(a lower + b), a >= 0 (sigma_difference.hpp); and what its
  // transpose adds to the adjoints of a and b.
  void (*sigma_difference)(const Interval<T>& interval, const T* slopes, const T* biases,
                           std::ptrdiff_t length, T* y);
  void (*sigma_difference_transpose)(const Interval<T>& interval, const T* slopes, const T* biases,
                                     const T* y_adjoint, std::ptrdiff_t length, T* slope_adjoint,
                                     T* bias_adjoint);

  // y of a normaliser; and what y_adjoint adds to the adjoints of p and h and, where they are rows,
  // of scale and coefficients.
  void (*normalise)(const NormaliserShape& shape, const NormaliserOperands<T>& values, T* y);
  void (*normalise_transpose)(const NormaliserShape& shape, const NormaliserOperands<T>& values,
                              const T* y_adjoint, const NormaliserAdjoints<T>& adjoints);

  // y = f(x), and x_adjoint += y_adjoint f'(x). By UnaryFunction.
  void (*unary[unary_count])(const T* x, std::ptrdiff_t length, T* y);
  void (*unary_transpose[unary_count])(const T* x, const T* y, const T* y_adjoint,
                                       std::ptrdiff_t length, T* x_adjoint);
  // y = a b, but 0 where that is less than Underflow::product (underflow.hpp); in place, too.
  void (*product_or_zero)(const T* a, const T* b, std::ptrdiff_t length, T* y);
  // y = a / b, and a_adjoint += y_adjoint / b, b_adjoint -= y_adjoint / b y.
  void (*divide)(const T* a, const T* b, std::ptrdiff_t length, T* y);
  void (*divide_transpose)(const T* b, const T* y, const T* y_adjoint, std::ptrdiff_t length,
                           T* a_adjoint, T* b_adjoint);

  // y[r] = a[r] b (+ c[r] unless null); its transpose adds y_adjoint[r] b to a_adjoint[r], the sum
  // over r of y_adjoint[r] a[r] to b_adjoint, and y_adjoint[r] to c_adjoint[r] unless null.
  void (*multiply_add)(const RowShape& shape, const T* a, const T* b, const T* c, T* y);
  void (*multiply_add_transpose)(const RowShape& shape, const T* a, const T* b, const T* y_adjoint,
                                 T* a_adjoint, T* b_adjoint, T* c_adjoint);
  // y[r] = q[r] (+ a[r] unless null), r < rows of lanes.
  void (*move_rows)(int rows, const T* q, const T* a, std::ptrdiff_t lanes, T* y);
  // y = p a + q b, y = p a + q, y += p a, y += q.
  void (*combine)(T p, const T* a, T q, const T* b, std::ptrdiff_t length, T* y);
  void (*scale)(T p, const T* a, T q, std::ptrdiff_t length, T* y);
  void (*add_scaled)(T p, const T* a, std::ptrdiff_t length, T* y);
  void (*add_constant)(T q, std::ptrdiff_t length, T* y);
  // Sums in double, in an order that depends on the length alone: of a, of a times b.
  double (*sum)(const T* a, std::ptrdiff_t length);
  double (*dot)(const T* a, const T* b, std::ptrdiff_t length);
};

inline constexpr int kLowestSigma = -8;
inline constexpr int kMaxTanhDerivatives = core::kMaxVariables + 2;

// The table in use (dispatch.hpp).
template <class T>
const KernelTable<T>& kernels();

}  // namespace finn::ops
