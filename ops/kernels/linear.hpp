// Linear combinations and sums of arrays.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"

namespace finn::ops {

// y = p a + q b.
template <class T, class Isa>
void combine_kernel(T p, const T* a, T q, const T* b, std::ptrdiff_t length, T* y) {
  for_each_piece<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    auto first = lanes.load(a);
    using P = decltype(first);
    lanes.store(multiply_add(P(p), first, P(q) * lanes.load(b)), y);
  });
}

// y = p a + q.
template <class T, class Isa>
void scale_kernel(T p, const T* a, T q, std::ptrdiff_t length, T* y) {
  for_each_piece<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    auto values = lanes.load(a);
    using P = decltype(values);
    lanes.store(multiply_add(P(p), values, P(q)), y);
  });
}

// y += p a.
template <class T, class Isa>
void add_scaled_kernel(T p, const T* a, std::ptrdiff_t length, T* y) {
  for_each_piece<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    auto values = lanes.load(a);
    lanes.add_product(decltype(values)(p), values, y);
  });
}

// y += q.
template <class T, class Isa>
void add_constant_kernel(T q, std::ptrdiff_t length, T* y) {
  for_each_piece<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    auto values = lanes.load(y);
    lanes.store(values + decltype(values)(q), y);
  });
}

// y[r] = q[r] (+ a[r] unless null), rows of lanes.
template <class T, class Isa>
void move_rows_kernel(int rows, const T* q, const T* a, std::ptrdiff_t lanes, T* y) {
  for (std::ptrdiff_t r = 0, row = 0; r < rows; ++r, row += lanes) {
    for_each_piece<T, Isa>(lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
      using P = decltype(at.load(y));
      at.store(a == nullptr ? P(q[r]) : at.load(a + row) + P(q[r]), y + row);
    });
  }
}

// The sum over i < length of term(i) in double: eight sums of every eighth, then a tree, so that
// the order is one for all instruction sets.
template <class Term>
FINN_INLINE double sum_of(std::ptrdiff_t length, Term&& term) {
  constexpr int kSums = 8;
  double sums[kSums] = {};
  std::ptrdiff_t i = 0;
  for (; i + kSums <= length; i += kSums) {
    for (int j = 0; j < kSums; ++j) sums[j] += term(i + j);
  }
  for (int j = 0; i + j < length; ++j) sums[j] += term(i + j);
  for (int width = kSums / 2; width > 0; width /= 2) {
    for (int j = 0; j < width; ++j) sums[j] += sums[j + width];
  }
  return sums[0];
}

template <class T, class Isa>
double sum_kernel(const T* a, std::ptrdiff_t length) {
  return sum_of(length,
                [&](std::ptrdiff_t i) FINN_INLINE_LAMBDA { return static_cast<double>(a[i]); });
}

template <class T, class Isa>
double dot_kernel(const T* a, const T* b, std::ptrdiff_t length) {
  return sum_of(length, [&](std::ptrdiff_t i) FINN_INLINE_LAMBDA {
    return static_cast<double>(a[i]) * static_cast<double>(b[i]);
  });
}

}  // namespace finn::ops
