// Fills the kernel tables of one instruction set. Included once by each of portable.cpp and its
// neighbours, which are compiled with the flags of their set.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/affine.hpp"
#include "ops/kernels/algebra.hpp"
#include "ops/kernels/elementwise.hpp"
#include "ops/kernels/gaussian.hpp"
#include "ops/kernels/group_shares.hpp"
#include "ops/kernels/lane_affine.hpp"
#include "ops/kernels/linear.hpp"
#include "ops/kernels/log_sigma.hpp"
#include "ops/kernels/multiply_add.hpp"
#include "ops/kernels/normal_integrals.hpp"
#include "ops/kernels/normalise.hpp"
#include "ops/kernels/normals.hpp"
#include "ops/kernels/seeded.hpp"
#include "ops/kernels/sigma.hpp"
#include "ops/kernels/sigma_difference.hpp"
#include "ops/kernels/sine.hpp"
#include "ops/kernels/softplus.hpp"
#include "ops/kernels/sum_of_products.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/tanh.hpp"
#include "ops/kernels/unary_functions.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

template <class T, class Isa>
constexpr KernelTable<T> build_table() {
  KernelTable<T> table{};
  table.sigma_family = sigma_family<T, Isa>;
  table.log_sigma = log_sigma_kernel<T, Isa>;
  table.gaussian = gaussian_kernel<T, Isa>;
  table.tanh_family = tanh_family<T, Isa>;
  table.softplus_family = softplus_family<T, Isa>;
  table.sine_family = sine_family<T, Isa>;
  core::unrolled<core::kMaxVariables + 1>([&](auto n) {
    table.compose[n] = compose_kernel<n, T, Isa>;
    table.add_product[n] = add_product_kernel<n, T, Isa>;
    table.correlation[n] = correlation_kernel<n, T, Isa>;
  });
  table.top_product = top_product_kernel<T, Isa>;
  table.top_correlation = top_correlation_kernel<T, Isa>;
  table.seeded_composition = seeded_composition_kernel<T, Isa>;
  table.seeded_transpose = seeded_transpose_kernel<T, Isa>;
  table.product_or_zero = product_or_zero_kernel<T, Isa>;
  table.normal_sums = normal_sums_kernel<T, Isa>;
  table.normal_sums_transpose = normal_sums_transpose_kernel<T, Isa>;
  table.normal_integrals = normal_integrals_kernel<T, Isa>;
  table.normal_integrals_transpose = normal_integrals_transpose_kernel<T, Isa>;
  table.step_sums = step_sums_kernel<T, Isa>;
  table.step_sums_transpose = step_sums_transpose_kernel<T, Isa>;
  table.affine = affine_kernel<T, Isa>;
  table.affine_input = affine_input_kernel<T, Isa>;
  table.affine_weights = affine_weights_kernel<T, Isa>;
  table.lane_affine = lane_affine_kernel<T, Isa>;
  table.lane_affine_transpose = lane_affine_transpose_kernel<T, Isa>;
  table.group_shares = group_shares_kernel<T, Isa>;
  table.group_shares_transpose = group_shares_transpose_kernel<T, Isa>;
  table.sigma_difference = sigma_difference_kernel<T, Isa>;
  table.sigma_difference_transpose = sigma_difference_transpose_kernel<T, Isa>;
  table.normalise = normalise_kernel<T, Isa>;
  table.normalise_transpose = normalise_transpose_kernel<T, Isa>;
#define FINN_UNARY_ENTRY(name, value, derivative)                \
  table.unary[unary_##name] = unary_kernel<T, Isa, rule_##name>; \
  table.unary_transpose[unary_##name] = unary_transpose_kernel<T, Isa, rule_##name>;
  FINN_UNARY_FUNCTIONS(FINN_UNARY_ENTRY)
#undef FINN_UNARY_ENTRY
  table.divide = divide_kernel<T, Isa>;
  table.divide_transpose = divide_transpose_kernel<T, Isa>;
  table.multiply_add = multiply_add_kernel<T, Isa>;
  table.multiply_add_transpose = multiply_add_transpose_kernel<T, Isa>;
  table.move_rows = move_rows_kernel<T, Isa>;
  table.combine = combine_kernel<T, Isa>;
  table.scale = scale_kernel<T, Isa>;
  table.add_scaled = add_scaled_kernel<T, Isa>;
  table.add_constant = add_constant_kernel<T, Isa>;
  table.sum = sum_kernel<T, Isa>;
  table.dot = dot_kernel<T, Isa>;
  return table;
}

// The tables of a set, under the names that dispatch.cpp knows.
#define FINN_DEFINE_TABLES(set, Isa)                                          \
  extern const KernelTable<float> set##_float;                                \
  extern const KernelTable<double> set##_double;                              \
  constinit const KernelTable<float> set##_float = build_table<float, Isa>(); \
  constinit const KernelTable<double> set##_double = build_table<double, Isa>();

}  // namespace finn::ops
