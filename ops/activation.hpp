// An activation, given by its derivatives: all that composition and its reverse rule need.
#pragma once

#include <cstddef>

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

}  // namespace finn::ops
