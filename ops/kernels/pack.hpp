// A pack: 64 bytes of lanes, whatever the instruction set, with the arithmetic of the kernels.
//
// Kernels are written once on packs and compiled once per instruction set (avx2.cpp and its
// neighbours). Isa names the set and is part of every mangled name, so that the linker can never
// put one set's code in the place of another's. Kernel headers use xsimd and the language; no
// std:: function templates.
#pragma once

#include <cmath>
#include <cstddef>

#include "core/jet.hpp"

#if defined(FINN_ISA_AVX2) || defined(FINN_ISA_AVX512)
#include <xsimd/xsimd.hpp>
#endif

namespace finn::ops {

// Instruction sets. kRows x kPacks pack accumulators are what the affine kernel keeps in registers.
struct Portable {
  static constexpr bool fused = false;
  static constexpr int kRows = 2;
  static constexpr int kPacks = 1;
  template <class T>
  using Register = T;
};
#ifdef FINN_ISA_AVX2
struct Avx2 {
  static constexpr bool fused = true;
  static constexpr int kRows = 6;
  static constexpr int kPacks = 1;
  template <class T>
  using Register = xsimd::batch<T, xsimd::fma3<xsimd::avx2>>;
};
#endif
#ifdef FINN_ISA_AVX512
struct Avx512 {
  static constexpr bool fused = true;
  static constexpr int kRows = 6;
  static constexpr int kPacks = 4;
  template <class T>
  using Register = xsimd::batch<T, xsimd::avx512bw>;
};
#endif

// Operations on one register. The scalar forms serve the portable set.
namespace registers {

FINN_INLINE float load(const float* p, float*) { return *p; }
FINN_INLINE double load(const double* p, double*) { return *p; }
FINN_INLINE void store(float* p, float a) { *p = a; }
FINN_INLINE void store(double* p, double a) { *p = a; }
FINN_INLINE float select(bool c, float a, float b) { return c ? a : b; }
FINN_INLINE double select(bool c, double a, double b) { return c ? a : b; }
FINN_INLINE float exp(float a) { return std::exp(a); }
FINN_INLINE double exp(double a) { return std::exp(a); }
FINN_INLINE float tanh(float a) { return std::tanh(a); }
FINN_INLINE double tanh(double a) { return std::tanh(a); }
FINN_INLINE float abs(float a) { return std::fabs(a); }
FINN_INLINE double abs(double a) { return std::fabs(a); }

#if defined(FINN_ISA_AVX2) || defined(FINN_ISA_AVX512)
template <class T, class A>
FINN_INLINE xsimd::batch<T, A> load(const T* p, xsimd::batch<T, A>*) {
  return xsimd::batch<T, A>::load_unaligned(p);
}
template <class T, class A>
FINN_INLINE void store(T* p, const xsimd::batch<T, A>& a) {
  a.store_unaligned(p);
}
template <class T, class A>
FINN_INLINE xsimd::batch<T, A> select(const xsimd::batch_bool<T, A>& c, const xsimd::batch<T, A>& a,
                                      const xsimd::batch<T, A>& b) {
  return xsimd::select(c, a, b);
}
template <class T, class A>
FINN_INLINE xsimd::batch<T, A> exp(const xsimd::batch<T, A>& a) {
  return xsimd::exp(a);
}
template <class T, class A>
FINN_INLINE xsimd::batch<T, A> tanh(const xsimd::batch<T, A>& a) {
  return xsimd::tanh(a);
}
template <class T, class A>
FINN_INLINE xsimd::batch<T, A> abs(const xsimd::batch<T, A>& a) {
  return xsimd::abs(a);
}
#endif

// a * b + c, in one rounding where the instruction set has it. xsimd 8.1 multiplies and adds
// separately on AVX-512 (its issue 885), so the instruction is named here.
FINN_INLINE float multiply_add(float a, float b, float c) { return a * b + c; }
FINN_INLINE double multiply_add(double a, double b, double c) { return a * b + c; }
#ifdef FINN_ISA_AVX2
using Avx2Float = Avx2::Register<float>;
using Avx2Double = Avx2::Register<double>;
FINN_INLINE Avx2Float multiply_add(const Avx2Float& a, const Avx2Float& b, const Avx2Float& c) {
  return _mm256_fmadd_ps(a, b, c);
}
FINN_INLINE Avx2Double multiply_add(const Avx2Double& a, const Avx2Double& b, const Avx2Double& c) {
  return _mm256_fmadd_pd(a, b, c);
}
#endif
#ifdef FINN_ISA_AVX512
using Avx512Float = Avx512::Register<float>;
using Avx512Double = Avx512::Register<double>;
FINN_INLINE Avx512Float multiply_add(const Avx512Float& a, const Avx512Float& b,
                                     const Avx512Float& c) {
  return _mm512_fmadd_ps(a, b, c);
}
FINN_INLINE Avx512Double multiply_add(const Avx512Double& a, const Avx512Double& b,
                                      const Avx512Double& c) {
  return _mm512_fmadd_pd(a, b, c);
}
#endif

}  // namespace registers

// Before a loop over a block of registers: the bound is a constant and the loop must disappear, or
// the block ends up in memory.
#define FINN_UNROLL _Pragma("GCC unroll 16")

template <class T, class Isa>
struct Pack {
  using Register = typename Isa::template Register<T>;
  static constexpr int kLanes = core::kPackLanes<T>;
  static constexpr int kRegisters = core::kPackBytes / static_cast<int>(sizeof(Register));
  static constexpr int kRegisterLanes = kLanes / kRegisters;

  Register r[kRegisters];

  Pack() = default;
  FINN_INLINE explicit Pack(T value) {
    for (int i = 0; i < kRegisters; ++i) r[i] = Register(value);
  }
  FINN_INLINE static Pack load(const T* lanes) {
    Pack result;
    for (int i = 0; i < kRegisters; ++i) {
      result.r[i] = registers::load(lanes + i * kRegisterLanes, static_cast<Register*>(nullptr));
    }
    return result;
  }
  FINN_INLINE void store(T* lanes) const {
    for (int i = 0; i < kRegisters; ++i) registers::store(lanes + i * kRegisterLanes, r[i]);
  }
};

}  // namespace finn::ops

namespace finn::core {

// A portable pack is many scalars: unrolled further it takes minutes to compile and gains nothing.
template <class T>
inline constexpr int kUnrolledVariables<ops::Pack<T, ops::Portable>> = 2;

}  // namespace finn::core

namespace finn::ops {

#define FINN_PACK_BINARY(operation)                                                    \
  template <class T, class Isa>                                                        \
  FINN_INLINE Pack<T, Isa> operator operation(Pack<T, Isa> a, const Pack<T, Isa>& b) { \
    for (int i = 0; i < a.kRegisters; ++i) a.r[i] = a.r[i] operation b.r[i];           \
    return a;                                                                          \
  }
FINN_PACK_BINARY(+)
FINN_PACK_BINARY(-)
FINN_PACK_BINARY(*)
FINN_PACK_BINARY(/)
#undef FINN_PACK_BINARY

#define FINN_PACK_UNARY(name)                                                \
  template <class T, class Isa>                                              \
  FINN_INLINE Pack<T, Isa> name(Pack<T, Isa> a) {                            \
    for (int i = 0; i < a.kRegisters; ++i) a.r[i] = registers::name(a.r[i]); \
    return a;                                                                \
  }
FINN_PACK_UNARY(exp)
FINN_PACK_UNARY(tanh)
FINN_PACK_UNARY(abs)
#undef FINN_PACK_UNARY

template <class T, class Isa>
FINN_INLINE Pack<T, Isa> operator-(Pack<T, Isa> a) {
  for (int i = 0; i < a.kRegisters; ++i) a.r[i] = -a.r[i];
  return a;
}

template <class T, class Isa>
FINN_INLINE Pack<T, Isa> multiply_add(const Pack<T, Isa>& a, const Pack<T, Isa>& b,
                                      Pack<T, Isa> c) {
  for (int i = 0; i < c.kRegisters; ++i) c.r[i] = registers::multiply_add(a.r[i], b.r[i], c.r[i]);
  return c;
}

// a < b ? yes : no, lane by lane; a comparison with NaN chooses no.
template <class T, class Isa>
FINN_INLINE Pack<T, Isa> select_less(const Pack<T, Isa>& a, const Pack<T, Isa>& b,
                                     const Pack<T, Isa>& yes, Pack<T, Isa> no) {
  for (int i = 0; i < no.kRegisters; ++i) {
    no.r[i] = registers::select(a.r[i] < b.r[i], yes.r[i], no.r[i]);
  }
  return no;
}

// The low part of x * x: square + low(x, square) is exact. Without a fused multiply-add by
// Veltkamp's splitting (T. J. Dekker, Numerische Mathematik 18, 1971), |x| < 2^60.
template <class T, class Isa>
FINN_INLINE Pack<T, Isa> square_low(const Pack<T, Isa>& x, const Pack<T, Isa>& square) {
  if constexpr (Isa::fused) {
    return multiply_add(x, x, -square);
  } else {
    constexpr T splitter = sizeof(T) == 4 ? T(4097) : T(134217729);
    const Pack<T, Isa> scaled = Pack<T, Isa>(splitter) * x;
    const Pack<T, Isa> high = scaled - (scaled - x);
    const Pack<T, Isa> low = x - high;
    return ((high * high - square) + Pack<T, Isa>(T(2)) * high * low) + low * low;
  }
}

// Sum of the lanes, pairwise in a fixed order.
template <class T, class Isa>
FINN_INLINE T lane_sum(const Pack<T, Isa>& a) {
  T lanes[Pack<T, Isa>::kLanes];
  a.store(lanes);
  for (int width = Pack<T, Isa>::kLanes / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; ++i) lanes[i] += lanes[i + width];
  }
  return lanes[0];
}

}  // namespace finn::ops
