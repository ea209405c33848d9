// An activation, given by its derivatives: all that composition and its reverse rule need.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/jet.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct Activation {
  // Writes out[k * stride + i] = k-th derivative at x[i] for k < count, i < lanes. count is at
  // most kMaxVariables + 2, lanes a multiple of kPackLanes<T>.
  void (*derivatives)(int order, int count, const T* x, std::ptrdiff_t lanes, T* out,
                      std::ptrdiff_t stride);
  int order = 0;  // handed to derivatives
};

// sigma_order, the (order - 1)-fold integral of (1 + erf)/2; 1 <= order <= 8.
template <class T>
Activation<T> sigma(int order) {
  return {kernels<T>().sigma_family, order};
}

template <class T>
Activation<T> tanh() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            kernels<T>().tanh_family(count, x, lanes, out, stride);
          },
          0};
}

// log(1 + exp(x)): its derivatives are logistic(x) = (1 + tanh(x/2)) / 2, and from the second on
// 2^-k tanh^(k-1)(x/2).
template <class T>
void softplus_derivatives(int, int count, const T* x, std::ptrdiff_t lanes, T* out,
                          std::ptrdiff_t stride) {
  const KernelTable<T>& table = kernels<T>();
  if (count > 2) {
    table.scale(T(0.5), x, T(0), lanes, out);
    table.tanh_family(count - 1, out, lanes, out + stride, stride);
    T factor(0.5);
    for (int k = 2; k < count; ++k) {
      factor *= T(0.5);
      table.scale(factor, out + k * stride, T(0), lanes, out + k * stride);
    }
  }
  table.unary[unary_softplus](x, lanes, out);
  if (count < 2) return;
  T* slope = out + stride;
  std::fill_n(slope, lanes, T(0));
  for (std::ptrdiff_t i = 0; i < lanes; i += core::kPackBytes) {
    T ones[core::kPackBytes];
    const std::ptrdiff_t left = std::min<std::ptrdiff_t>(core::kPackBytes, lanes - i);
    std::fill_n(ones, left, T(1));
    table.unary_transpose[unary_softplus](x + i, out + i, ones, left, slope + i);
  }
}

template <class T>
Activation<T> softplus() {
  return {softplus_derivatives<T>, 0};
}

// sin(x), cos(x), -sin(x), -cos(x), ..
template <class T>
Activation<T> sine() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            kernels<T>().sine_family(count, x, lanes, out, stride);
          },
          0};
}

// sigma_0 = exp(-x^2)/sqrt(pi), the derivative of sigma_1; with one derivative at most.
template <class T>
Activation<T> gaussian() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            kernels<T>().gaussian(x, lanes, out, count > 1 ? out + stride : nullptr);
          },
          0};
}

}  // namespace finn::ops
