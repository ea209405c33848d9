#include "ops/softmax.hpp"

#include <algorithm>

#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
void softmax(const T* x, std::int64_t groups, int size, T* shares) {
  for (std::int64_t g = 0; g < groups; ++g) {
    const T* in = x + g * size;
    T* out = shares + g * size;
    const T largest = *std::max_element(in, in + size);
    for (int k = 0; k < size; ++k) out[k] = in[k] - largest;
    kernels<T>().unary[unary_exp](out, size, out);
    const double sum = kernels<T>().sum(out, size);
    for (int k = 0; k < size; ++k) out[k] = static_cast<T>(out[k] / sum);
  }
}

// With shares s, x_adjoint[k] = s[k] (s_adjoint[k] - sum over l of s[l] s_adjoint[l]), a block of
// groups at a time.
template <class T>
void pull_back_softmax(const T* x, std::int64_t groups, int size, T* adjoints) {
  constexpr int kBlock = 256;
  T block[kBlock];
  const int at_once = std::max(1, kBlock / size);
  for (std::int64_t first = 0; first < groups; first += at_once) {
    const std::int64_t count = std::min<std::int64_t>(at_once, groups - first);
    softmax(x + first * size, count, size, block);
    for (std::int64_t g = 0; g < count; ++g) {
      const T* shares = block + g * size;
      T* adjoint = adjoints + (first + g) * size;
      const T mean = static_cast<T>(kernels<T>().dot(shares, adjoint, size));
      for (int k = 0; k < size; ++k) adjoint[k] = shares[k] * (adjoint[k] - mean);
    }
  }
}

template void softmax(const float*, std::int64_t, int, float*);
template void softmax(const double*, std::int64_t, int, double*);
template void pull_back_softmax(const float*, std::int64_t, int, float*);
template void pull_back_softmax(const double*, std::int64_t, int, double*);

}  // namespace finn::ops
