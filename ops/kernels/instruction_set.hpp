// The instruction sets: what one register of each can do.
//
// Each kernel file (avx2.cpp and its neighbours) defines one FINN_ISA macro, is compiled with the
// flags of that set and instantiates all kernels on its class here. Everything is a member of that
// class or a template over it, so that the set is part of every mangled name and the linker can
// never put one set's code in the place of another's. xsimd supplies the arithmetic. No std::
// function templates: they would be shared.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/jet.hpp"

#if defined(FINN_ISA_SSE2) || defined(FINN_ISA_AVX2) || defined(FINN_ISA_AVX512) || \
    defined(FINN_ISA_NEON)
#include <xsimd/xsimd.hpp>
#define FINN_ISA_VECTOR
#endif

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
  template <class T>
  FINN_INLINE static void pin(T&) {}
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

#ifdef FINN_ISA_VECTOR
// sums[j] = the lanes of register(j), added pairwise: lane i and lane i + half of them, and so on.
// Several at a time, as the last steps can be shared.
template <class Set>
struct LaneSums {
  template <int count, class T, class RegisterAt>
  FINN_INLINE static void add(RegisterAt&& register_at, T* sums) {
    constexpr int group = 16 / static_cast<int>(sizeof(T));
    core::unrolled<(count + group - 1) / group>([&](auto g) FINN_INLINE_LAMBDA {
      constexpr int first = g * group, last = count - 1;
      auto at = [&](int j) FINN_INLINE_LAMBDA { return halved(register_at(j < last ? j : last)); };
      auto shared = [&]() FINN_INLINE_LAMBDA {
        if constexpr (group == 2) {
          return two_sums(at(first), at(first + 1));
        } else {
          return four_sums(at(first), at(first + 1), at(first + 2), at(first + 3));
        }
      }();
      core::unrolled<(count - first < group ? count - first : group)>(
          [&](auto j) FINN_INLINE_LAMBDA { sums[first + j] = shared[int{j}]; });
    });
  }

 private:
  // Down to 16 bytes.
  template <class V>
  FINN_INLINE static auto halved(V a) {
    if constexpr (sizeof(V) == 16) {
      return a;
    } else {
      constexpr int half = static_cast<int>(sizeof(V) / sizeof(a[0]) / 2);
      return [&]<int... i>(std::integer_sequence<int, i...>) FINN_INLINE_LAMBDA {
        return halved(__builtin_shufflevector(a, a, i...) +
                      __builtin_shufflevector(a, a, (i + half)...));
      }
      (std::make_integer_sequence<int, half>{});
    }
  }
  template <class V>
  FINN_INLINE static V two_sums(V a, V b) {
    return __builtin_shufflevector(a, b, 0, 2) + __builtin_shufflevector(a, b, 1, 3);
  }
  template <class V>
  FINN_INLINE static V four_sums(V a, V b, V c, V d) {
    V ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    V cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
    return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) +
           __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
  }
};

// Registers of several numbers, by xsimd. multiply_add is left to the sets: xsimd 8.1 multiplies
// and adds separately on AVX-512 (its issue 885).
template <class Arch>
struct Vector {
  template <class T>
  using Register = xsimd::batch<T, Arch>;

  template <class T>
  FINN_INLINE static Register<T> load(const T* lanes) {
    return Register<T>::load_unaligned(lanes);
  }
  template <class T>
  FINN_INLINE static void store(T* lanes, const Register<T>& a) {
    a.store_unaligned(lanes);
  }
  template <class T>
  FINN_INLINE static Register<T> select(const xsimd::batch_bool<T, Arch>& condition,
                                        const Register<T>& yes, const Register<T>& no) {
    return xsimd::select(condition, yes, no);
  }
  template <class Condition>
  FINN_INLINE static bool any(const Condition& condition) {
    return xsimd::any(condition);
  }
  template <class R>
  FINN_INLINE static R minimum(const R& a, const R& b) {
    return xsimd::min(a, b);
  }
  template <class R>
  FINN_INLINE static R maximum(const R& a, const R& b) {
    return xsimd::max(a, b);
  }
  template <class R>
  FINN_INLINE static R divide(const R& a, const R& b) {
    return a / b;
  }
  template <class R>
  FINN_INLINE static R sqrt(const R& a) {
    return xsimd::sqrt(a);
  }
  template <class R>
  FINN_INLINE static R bit_and(const R& a, const R& b) {
    return a & b;
  }
  template <class R>
  FINN_INLINE static R bit_or(const R& a, const R& b) {
    return a | b;
  }
  template <class R, class T = typename R::value_type>
  FINN_INLINE static R shift_left(const R& a) {
    return reinterpret<T>(reinterpret<typename Format<T>::Bits>(a) << Format<T>::fraction_bits);
  }
  template <class R, class T = typename R::value_type>
  FINN_INLINE static R shift_right(const R& a) {
    return reinterpret<T>(reinterpret<typename Format<T>::Bits>(a) >> Format<T>::fraction_bits);
  }
  // The compiler no longer knows where the value came from.
  template <class R>
  FINN_INLINE static void pin(R& a) {
#if defined(__x86_64__)
    asm("" : "+v"(a.data));
#else
    asm("" : "+w"(a.data));
#endif
  }
  // See LaneSums.
  template <int count, class T>
  FINN_INLINE static void lane_sums(const Register<T>* a, T* sums) {
    LaneSums<Arch>::template add<count, T>(
        [&](int j)
            FINN_INLINE_LAMBDA { return static_cast<typename Register<T>::register_type>(a[j]); },
        sums);
  }

 private:
  // The same bits as numbers of another type; xsimd renamed the argument in 9.0.
  template <class To, class From>
  FINN_INLINE static xsimd::batch<To, Arch> reinterpret(const xsimd::batch<From, Arch>& a) {
#if XSIMD_VERSION_MAJOR < 9
    return xsimd::bitwise_cast<xsimd::batch<To, Arch>>(a);
#else
    return xsimd::bitwise_cast<To>(a);
#endif
  }
};
#endif

#if defined(FINN_ISA_AVX2) || defined(FINN_ISA_AVX512)
// Four numbers in a register that is smaller than those of the set.
template <class T>
struct FourNumbers;
template <>
struct FourNumbers<float> {
  using Lanes = __m128;
};
template <>
struct FourNumbers<double> {
  using Lanes = __m256d;
};

template <class T, class Set>
struct Four {
  typename FourNumbers<T>::Lanes lanes;

  Four() = default;
  FINN_INLINE explicit Four(T value) : lanes{value, value, value, value} {}
  FINN_INLINE explicit Four(const typename FourNumbers<T>::Lanes& value) : lanes(value) {}
  FINN_INLINE friend Four operator+(const Four& a, const Four& b) {
    return Four(a.lanes + b.lanes);
  }
  FINN_INLINE friend Four operator*(const Four& a, const Four& b) {
    return Four(a.lanes * b.lanes);
  }
};

// What the kernels do with them where a tile has four lanes only.
template <class Set>
struct FourLanes {
  static constexpr bool fused = true;
  template <class T>
  using Register = Four<T, Set>;

  template <class T>
  FINN_INLINE static Register<T> load(const T* lanes) {
    Register<T> a;
    __builtin_memcpy(&a.lanes, lanes, sizeof a.lanes);
    return a;
  }
  template <class T>
  FINN_INLINE static void store(T* lanes, const Register<T>& a) {
    __builtin_memcpy(lanes, &a.lanes, sizeof a.lanes);
  }
  FINN_INLINE static Register<float> multiply_add(const Register<float>& a,
                                                  const Register<float>& b,
                                                  const Register<float>& c) {
    return Register<float>(_mm_fmadd_ps(a.lanes, b.lanes, c.lanes));
  }
  FINN_INLINE static Register<double> multiply_add(const Register<double>& a,
                                                   const Register<double>& b,
                                                   const Register<double>& c) {
    return Register<double>(_mm256_fmadd_pd(a.lanes, b.lanes, c.lanes));
  }
  template <class R>
  FINN_INLINE static void pin(R& a) {
    asm("" : "+v"(a.lanes));
  }
  template <int count, class T>
  FINN_INLINE static void lane_sums(const Register<T>* a, T* sums) {
    LaneSums<Set>::template add<count, T>([&](int j) FINN_INLINE_LAMBDA { return a[j].lanes; },
                                          sums);
  }
};
#endif

// A fused operation on a, b and c by its instructions for float and double.
#define FINN_FUSED(name, in_float, in_double)                                         \
  FINN_INLINE static Float name(const Float& a, const Float& b, const Float& c) {     \
    return in_float;                                                                  \
  }                                                                                   \
  FINN_INLINE static Double name(const Double& a, const Double& b, const Double& c) { \
    return in_double;                                                                 \
  }

#ifdef FINN_ISA_PORTABLE
#if defined(__FP_FAST_FMA) && defined(__FP_FAST_FMAF)
using Portable = Scalar<true>;
#else
using Portable = Scalar<false>;
#endif
#endif

#ifdef FINN_ISA_FMA
using PortableFma = Scalar<true>;
#endif

#ifdef FINN_ISA_SSE2
struct Sse2 : Vector<xsimd::sse2> {
  using Narrow = Sse2;
  static constexpr bool fused = false;
  static constexpr int kRows = 3;
  static constexpr int kPacks = 1;
  static constexpr int kWeightRows = 1;
  static constexpr int kWeightColumns = 3;
  static constexpr int kRegisters = 2;

  template <class R>
  FINN_INLINE static R multiply_add(const R& a, const R& b, const R& c) {
    return a * b + c;
  }
  template <class R>
  FINN_INLINE static R multiply_subtract(const R& a, const R& b, const R& c) {
    return a * b - c;
  }
  template <class R>
  FINN_INLINE static R subtract_product(const R& a, const R& b, const R& c) {
    return c - a * b;
  }
};
#endif

#ifdef FINN_ISA_AVX2
struct Avx2 : Vector<xsimd::fma3<xsimd::avx2>> {
  using Narrow = FourLanes<Avx2>;
  static constexpr bool fused = true;
  static constexpr int kRows = 6;
  static constexpr int kPacks = 1;
  static constexpr int kWeightRows = 2;
  static constexpr int kWeightColumns = 3;
  static constexpr int kRegisters = 2;

  using Float = Register<float>;
  using Double = Register<double>;
  FINN_FUSED(multiply_add, _mm256_fmadd_ps(a, b, c), _mm256_fmadd_pd(a, b, c))
  FINN_FUSED(multiply_subtract, _mm256_fmsub_ps(a, b, c), _mm256_fmsub_pd(a, b, c))
  FINN_FUSED(subtract_product, _mm256_fnmadd_ps(a, b, c), _mm256_fnmadd_pd(a, b, c))
};
#endif

#ifdef FINN_ISA_AVX512
struct Avx512 : Vector<xsimd::avx512bw> {
  using Narrow = FourLanes<Avx512>;
  static constexpr bool fused = true;
  static constexpr int kRows = 6;
  static constexpr int kPacks = 4;
  static constexpr int kWeightRows = 4;
  static constexpr int kWeightColumns = 6;
  static constexpr int kRegisters = 1;

  using Float = Register<float>;
  using Double = Register<double>;
  FINN_FUSED(multiply_add, _mm512_fmadd_ps(a, b, c), _mm512_fmadd_pd(a, b, c))
  FINN_FUSED(multiply_subtract, _mm512_fmsub_ps(a, b, c), _mm512_fmsub_pd(a, b, c))
  FINN_FUSED(subtract_product, _mm512_fnmadd_ps(a, b, c), _mm512_fnmadd_pd(a, b, c))
};
#endif

#ifdef FINN_ISA_NEON
struct Neon : Vector<xsimd::neon64> {
  using Narrow = Neon;
  static constexpr bool fused = true;
  static constexpr int kRows = 6;
  static constexpr int kPacks = 1;
  static constexpr int kWeightRows = 2;
  static constexpr int kWeightColumns = 3;
  static constexpr int kRegisters = 2;

  using Float = Register<float>;
  using Double = Register<double>;
  // xsimd 8.1 estimates quotients and square roots of float here.
  FINN_INLINE static Float divide(const Float& a, const Float& b) { return vdivq_f32(a, b); }
  FINN_INLINE static Double divide(const Double& a, const Double& b) { return vdivq_f64(a, b); }
  FINN_INLINE static Float sqrt(const Float& a) { return vsqrtq_f32(a); }
  FINN_INLINE static Double sqrt(const Double& a) { return vsqrtq_f64(a); }

  FINN_FUSED(multiply_add, vfmaq_f32(c, a, b), vfmaq_f64(c, a, b))
  FINN_FUSED(multiply_subtract, vfmaq_f32(-c, a, b), vfmaq_f64(-c, a, b))
  FINN_FUSED(subtract_product, vfmsq_f32(c, a, b), vfmsq_f64(c, a, b))
};
#endif

}  // namespace finn::ops
