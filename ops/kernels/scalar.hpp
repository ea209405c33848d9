// The floating-point formats, and the instruction set of one number per register, in plain C++.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/jet.hpp"
#include "core/subset.hpp"

namespace finn::ops {

// The floating-point formats, as their kernels take them apart.
template <class T>
struct Format;
template <>
struct Format<float> {
  using Bits = std::uint32_t;
  static constexpr int fraction_bits = 23;
  static constexpr int bias = 127;
  static constexpr float smallest = 0x1p-126f;  // normal
  static constexpr float largest = 0x1.fffffep127f;
};
template <>
struct Format<double> {
  using Bits = std::uint64_t;
  static constexpr int fraction_bits = 52;
  static constexpr int bias = 1023;
  static constexpr double smallest = 0x1p-1022;
  static constexpr double largest = 0x1.fffffffffffffp1023;
};

// One number per register, in plain C++. has_fma: a b + c is one instruction with one rounding.
// minimum and maximum take numbers, not NaN; of two zeros either.
template <bool has_fma>
struct Scalar {
  template <class T>
  using Register = T;
  using Narrow = Scalar;
  static constexpr bool fused = has_fma;
  // Narrow is the set for tiles of four lanes. kRows x kPacks packs are what the affine kernel
  // keeps in registers, kWeightRows x kWeightColumns what the weight gradient keeps; kRegisters
  // registers go through an elementwise kernel together.
  static constexpr int kRows = 2;
  static constexpr int kPacks = 1;
  static constexpr int kWeightRows = 1;
  static constexpr int kWeightColumns = 1;
  static constexpr int kRegisters = 2;
  static constexpr int sigma_registers(int) { return kRegisters; }

  template <class T>
  FINN_INLINE static T load(const T* lanes) {
    return *lanes;
  }
  template <class T>
  FINN_INLINE static void store(T* lanes, T a) {
    *lanes = a;
  }
  FINN_INLINE static float multiply_add(float a, float b, float c) {
    if constexpr (has_fma) return __builtin_fmaf(a, b, c);
    return a * b + c;
  }
  FINN_INLINE static double multiply_add(double a, double b, double c) {
    if constexpr (has_fma) return __builtin_fma(a, b, c);
    return a * b + c;
  }
  template <class T>
  FINN_INLINE static T multiply_subtract(T a, T b, T c) {
    return multiply_add(a, b, -c);
  }
  template <class T>
  FINN_INLINE static T subtract_product(T a, T b, T c) {
    return multiply_add(-a, b, c);
  }
  template <class T>
  FINN_INLINE static T minimum(T a, T b) {
    return a < b ? a : b;
  }
  template <class T>
  FINN_INLINE static T maximum(T a, T b) {
    return b < a ? a : b;
  }
  template <class T>
  FINN_INLINE static T select(bool condition, T yes, T no) {
    return condition ? yes : no;
  }
  template <class T>
  FINN_INLINE static T divide(T a, T b) {
    return a / b;
  }
  // The compiler no longer knows where the value came from.
  template <class T>
  FINN_INLINE static void pin([[maybe_unused]] T& a) {
#if defined(__x86_64__)
    asm("" : "+x"(a));
#elif defined(__aarch64__)
    asm("" : "+w"(a));
#endif
  }
  template <int count, class T>
  FINN_INLINE static void lane_sums(const T* a, T* sums) {
    for (int j = 0; j < count; ++j) sums[j] = a[j];
  }
  FINN_INLINE static bool any(bool condition) { return condition; }
  FINN_INLINE static float sqrt(float a) { return __builtin_sqrtf(a); }
  FINN_INLINE static double sqrt(double a) { return __builtin_sqrt(a); }
  template <class T, class Bits = typename Format<T>::Bits>
  FINN_INLINE static T bit_and(T a, T b) {
    return __builtin_bit_cast(T, __builtin_bit_cast(Bits, a) & __builtin_bit_cast(Bits, b));
  }
  template <class T, class Bits = typename Format<T>::Bits>
  FINN_INLINE static T bit_or(T a, T b) {
    return __builtin_bit_cast(T, __builtin_bit_cast(Bits, a) | __builtin_bit_cast(Bits, b));
  }
  template <class T, class Bits = typename Format<T>::Bits>
  FINN_INLINE static T shift_left(T a) {
    return __builtin_bit_cast(T, __builtin_bit_cast(Bits, a) << Format<T>::fraction_bits);
  }
  template <class T, class Bits = typename Format<T>::Bits>
  FINN_INLINE static T shift_right(T a) {
    return __builtin_bit_cast(T, __builtin_bit_cast(Bits, a) >> Format<T>::fraction_bits);
  }
};

}  // namespace finn::ops
