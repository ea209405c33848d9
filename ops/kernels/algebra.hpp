// The subset algebra (core/subset.hpp) on planes: composition, product, correlation. Adjoints below
// Underflow::factor are 0 (underflow.hpp).
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

template <int count, class P, class T>
FINN_INLINE void load_rows(const T* rows, std::ptrdiff_t stride, P* packs) {
  for (int s = 0; s < count; ++s) packs[s] = P::load(rows + s * stride);
}

template <int count, class P, class T>
FINN_INLINE void store_rows(const P* packs, T* rows, std::ptrdiff_t stride) {
  for (int s = 0; s < count; ++s) packs[s].store(rows + s * stride);
}

// See KernelTable::compose. orders = 2 computes g = phi' o z beside y.
template <int n, int orders, class T, class Isa>
FINN_INLINE void compose_rows(const T* derivatives, const T* z, std::ptrdiff_t z_stride, T* y,
                              std::ptrdiff_t y_stride, T* g, std::ptrdiff_t g_stride, int size) {
  using P = Pack<T, Isa, 1>;
  using Rows = core::ComposeRows<n, orders>;
  constexpr int count = 1 << n;
  for (int i = 0; i < size; i += P::kLanes) {
    P d[n + orders];
    P argument[count];
    P work[Rows::total];
    P* f[n + orders];
    core::unrolled<n + orders>([&](auto j) FINN_INLINE_LAMBDA { f[j] = work + Rows::offset(j); });
    load_rows<n + orders>(derivatives + i, size, d);
    load_rows<count>(z + i, z_stride, argument);
    core::compose<n, orders>(d, argument, f);
    store_rows<count>(f[0], y + i, y_stride);
    if constexpr (orders == 2) store_rows<count>(f[1], g + i, g_stride);
  }
}

template <int n, class T, class Isa>
void compose_kernel(const T* derivatives, const T* z, std::ptrdiff_t z_stride, T* y,
                    std::ptrdiff_t y_stride, T* g, std::ptrdiff_t g_stride, int size) {
  if (g != nullptr) {
    compose_rows<n, 2, T, Isa>(derivatives, z, z_stride, y, y_stride, g, g_stride, size);
  } else {
    compose_rows<n, 1, T, Isa>(derivatives, z, z_stride, y, y_stride, g, g_stride, size);
  }
}

template <int n, class T, class Isa>
void add_product_kernel(const T* a, std::ptrdiff_t a_stride, const T* b, std::ptrdiff_t b_stride,
                        T* out, std::ptrdiff_t out_stride, int size) {
  using P = Pack<T, Isa, 1>;
  constexpr int count = 1 << n;
  for (int i = 0; i < size; i += P::kLanes) {
    P left[count], right[count], sum[count];
    load_rows<count>(a + i, a_stride, left);
    load_rows<count>(b + i, b_stride, right);
    load_rows<count>(out + i, out_stride, sum);
    core::add_product<n>(left, right, sum);
    store_rows<count>(sum, out + i, out_stride);
  }
}

template <int n, class T, class Isa>
void correlation_kernel(const T* y, std::ptrdiff_t y_stride, const T* g, std::ptrdiff_t g_stride,
                        T* out, std::ptrdiff_t out_stride, int size, bool accumulate) {
  using P = Pack<T, Isa, 1>;
  constexpr int count = 1 << n;
  for (int i = 0; i < size; i += P::kLanes) {
    P above[count], factor[count], sum[count];
    load_rows<count>(y + i, y_stride, above);
    load_rows<count>(g + i, g_stride, factor);
    if (accumulate) {
      load_rows<count>(out + i, out_stride, sum);
    } else {
      for (int s = 0; s < count; ++s) sum[s] = P(T(0));
    }
    if constexpr (n <= core::kInlinedVariables) {
      core::add_correlation_unrolled<n>(above, factor, sum);
    } else {
      core::add_correlation<n>(above, factor, sum);
    }
    for (int s = 0; s < count; ++s) sum[s] = factor_or_zero(sum[s]);
    store_rows<count>(sum, out + i, out_stride);
  }
}

// See KernelTable::top_product and top_correlation.
template <class T, class Isa>
void top_product_kernel(int n, const T* g, std::ptrdiff_t g_stride, const T* z,
                        std::ptrdiff_t z_stride, T* y, int size) {
  using P = Pack<T, Isa, 1>;
  const std::ptrdiff_t half = std::ptrdiff_t{1} << (n - 1);
  for (int i = 0; i < size; i += P::kLanes) {
    P sum(T(0));
    for (std::ptrdiff_t s = 0; s < half; ++s) {
      sum = multiply_add(P::load(g + s * g_stride + i),
                         P::load(z + (2 * half - 1 - s) * z_stride + i), sum);
    }
    sum.store(y + i);
  }
}

template <class T, class Isa>
void top_correlation_kernel(int n, const T* y, const T* g, std::ptrdiff_t g_stride, T* out,
                            std::ptrdiff_t out_stride, int size) {
  using P = Pack<T, Isa, 1>;
  const std::ptrdiff_t top = (std::ptrdiff_t{1} << n) - 1;
  for (int i = 0; i < size; i += P::kLanes) {
    P above = P::load(y + i), lifted = lifted_magnitude(above);
    for (std::ptrdiff_t s = 0; s <= top; ++s) {
      P factor = P::load(g + (top - s) * g_stride + i);
      P kept = kept_factor(above, lifted, bounded_magnitude(factor));
      (kept * factor).store(out + s * out_stride + i);
    }
  }
}

}  // namespace finn::ops
