// The subset algebra: truncated multilinear polynomials R[e_1 .. e_n] / (e_i^2 = 0).
//
// A polynomial has 2^n coefficients a[S], indexed by a subset S of {1..n} written as a bit mask;
// a[S] stands for the mixed partial of a over the variables in S. Derivation: docs/JETS.md.
//
// The element type A is a scalar or a SIMD pack (ops/kernels/pack.hpp), for which
// multiply_add(a, b, c) = a * b + c must be found. n is a compile-time constant: up to
// kUnrolledVariables<A> variables every loop below is unrolled; beyond, up to kMaxVariables, the
// top variables are peeled by calls. None of the functions subtracts, so polynomials with
// coefficients >= 0 keep them >= 0, each with full relative accuracy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace finn::core {

using Subset = std::uint32_t;

inline constexpr int kMaxVariables = 8;
#ifndef FINN_UNROLLED_VARIABLES
#define FINN_UNROLLED_VARIABLES 6
#endif
template <class A>
inline constexpr int kUnrolledVariables = FINN_UNROLLED_VARIABLES;

// Up to here a product of jets becomes part of its caller, so that sums stay in registers; left to
// itself, g++ 12 calls a function for it (composition took twice as long at n = 3 and 4).
inline constexpr int kInlinedVariables = 3;

// Up to here composition names its rows one by one. Beyond, where they are in memory anyway, a loop
// is as fast and compiles in half the time.
inline constexpr int kUnrolledRows = 5;

constexpr std::size_t coefficient_count(int variables) { return std::size_t{1} << variables; }
constexpr Subset full_subset(int variables) { return (Subset{1} << variables) - 1; }

inline float multiply_add(float a, float b, float c) { return a * b + c; }
inline double multiply_add(double a, double b, double c) { return a * b + c; }
inline long double multiply_add(long double a, long double b, long double c) { return a * b + c; }

#define FINN_INLINE [[gnu::always_inline]] inline
#define FINN_INLINE_LAMBDA __attribute__((always_inline))

// Calls body(std::integral_constant<int, 0>) .. body(<count - 1>), unrolled.
template <int count, class Body>
FINN_INLINE constexpr void unrolled(Body&& body) {
  [&]<int... i>(std::integer_sequence<int, i...>) FINN_INLINE_LAMBDA {
    (body(std::integral_constant<int, i>{}), ...);
  }
  (std::make_integer_sequence<int, count>{});
}

// out[S] += sum over T subset of S of a[T] b[S \ T]; 3^n multiplications.
// Splitting off the top variable, (a0 + e a1)(b0 + e b1) = a0 b0 + e (a0 b1 + a1 b0).
template <int n, class A>
FINN_INLINE void add_product_unrolled(const A* a, const A* b, A* out) {
  if constexpr (n == 0) {
    out[0] = multiply_add(a[0], b[0], out[0]);
  } else {
    constexpr std::size_t half = coefficient_count(n - 1);
    add_product_unrolled<n - 1>(a, b, out);
    add_product_unrolled<n - 1>(a, b + half, out + half);
    add_product_unrolled<n - 1>(a + half, b, out + half);
  }
}

// out[T] += sum over S containing T of y[S] g[S \ T]: the transpose of b -> g b.
template <int n, class A>
FINN_INLINE void add_correlation_unrolled(const A* y, const A* g, A* out) {
  if constexpr (n == 0) {
    out[0] = multiply_add(y[0], g[0], out[0]);
  } else {
    constexpr std::size_t half = coefficient_count(n - 1);
    add_correlation_unrolled<n - 1>(y, g, out);
    add_correlation_unrolled<n - 1>(y + half, g + half, out);
    add_correlation_unrolled<n - 1>(y + half, g, out + half);
  }
}

template <int n, class A>
void add_product(const A* a, const A* b, A* out) {
  if constexpr (n <= kUnrolledVariables<A>) {
    add_product_unrolled<n>(a, b, out);
  } else {
    constexpr std::size_t half = coefficient_count(n - 1);
    add_product<n - 1>(a, b, out);
    add_product<n - 1>(a, b + half, out + half);
    add_product<n - 1>(a + half, b, out + half);
  }
}

template <int n, class A>
void add_correlation(const A* y, const A* g, A* out) {
  if constexpr (n <= kUnrolledVariables<A>) {
    add_correlation_unrolled<n>(y, g, out);
  } else {
    constexpr std::size_t half = coefficient_count(n - 1);
    add_correlation<n - 1>(y, g, out);
    add_correlation<n - 1>(y + half, g + half, out);
    add_correlation<n - 1>(y + half, g, out + half);
  }
}

// Composition of a function with the polynomial z, for `orders` of its derivatives at once:
//   f[j] = (j-th derivative of the function) o z,   j = 0 .. orders - 1,
// given derivatives[k] = its k-th derivative at z[{}], k = 0 .. n + orders - 1.
// f[j] has room for 2^min(n, n + orders - 1 - j) coefficients, for j = 0 .. n + orders - 1: the
// rows past `orders` hold the lower levels of the recursion. Peeling variable i,
//   f[j][S + i] = sum over T subset of S of f[j+1][T] z[(S \ T) + i].
template <int n, int orders, class A>
FINN_INLINE void compose(const A* derivatives, const A* z, A* const* f) {
  unrolled<n + orders>([&](auto j) FINN_INLINE_LAMBDA { f[j][0] = derivatives[j]; });
  unrolled<n>([&](auto i) FINN_INLINE_LAMBDA {
    constexpr std::size_t half = coefficient_count(i);
    const auto peel = [&](auto j) FINN_INLINE_LAMBDA {
      for (std::size_t s = 0; s < half; ++s) f[j][half + s] = A(0);
      if constexpr (i <= kInlinedVariables) {
        add_product_unrolled<i>(f[j + 1], z + half, f[j] + half);
      } else {
        add_product<i>(f[j + 1], z + half, f[j] + half);
      }
    };
    if constexpr (n <= kUnrolledRows) {
      unrolled<n + orders - 1 - i>(peel);
    } else {
      for (int j = 0; j < n + orders - 1 - i; ++j) peel(j);
    }
  });
}

// Room for the rows of compose<n, orders>, in coefficients, and where row j begins.
template <int n, int orders>
struct ComposeRows {
  static constexpr std::size_t size(int j) {
    const int variables = n + orders - 1 - j;
    return coefficient_count(variables < n ? variables : n);
  }
  static constexpr std::size_t offset(int j) {
    std::size_t begin = 0;
    for (int i = 0; i < j; ++i) begin += size(i);
    return begin;
  }
  static constexpr std::size_t total = offset(n + orders);
};

}  // namespace finn::core
