// Fills the kernel table of one instruction set. Included once by each of portable.cpp, avx2.cpp
// and avx512.cpp, which are compiled with the flags of their set.
#pragma once

#include "ops/kernels/affine.hpp"
#include "ops/kernels/algebra.hpp"
#include "ops/kernels/sigma.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/tanh.hpp"

namespace finn::ops {

template <class T, class Isa>
constexpr KernelTable<T> build_table(const char* name) {
  KernelTable<T> table{};
  table.name = name;
  table.sigma_family = sigma_family<T, Isa>;
  table.tanh_family = tanh_family<T, Isa>;
  core::unrolled<core::kMaxVariables + 1>([&](auto n) {
    table.compose[n] = compose_kernel<n, T, Isa>;
    table.add_product[n] = add_product_kernel<n, T, Isa>;
    table.add_correlation[n] = add_correlation_kernel<n, T, Isa>;
  });
  table.affine = affine_kernel<T, Isa>;
  table.affine_input = affine_input_kernel<T, Isa>;
  table.affine_weights = affine_weights_kernel<T, Isa>;
  return table;
}

}  // namespace finn::ops
