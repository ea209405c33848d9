// The instruction sets: what one register of each can do.
//
// Each kernel file (avx2.cpp and its neighbours) defines one FINN_ISA macro, is compiled with the
// flags of that set and instantiates all kernels on its class here. Everything is a member of that
// class or a template over it, so that the set is part of every mangled name and the linker can
// never put one set's code in the place of another's. No std:: function templates: they would be
// shared.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/scalar.hpp"
#include "ops/kernels/vector.hpp"

namespace finn::ops {

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
  static constexpr int sigma_registers(int) { return kRegisters; }

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
  static constexpr int sigma_registers(int) { return kRegisters; }

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
  static constexpr int sigma_registers(int order) { return order > 2 ? 2 : 4; }

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
  static constexpr int sigma_registers(int) { return kRegisters; }

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
