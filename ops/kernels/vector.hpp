// What instruction sets with several numbers per register have in common. xsimd supplies the
// arithmetic. Empty for the others.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/scalar.hpp"

#if defined(FINN_ISA_SSE2) || defined(FINN_ISA_AVX2) || defined(FINN_ISA_AVX512) || \
    defined(FINN_ISA_NEON)
#include <xsimd/xsimd.hpp>
#define FINN_ISA_VECTOR
#endif

namespace finn::ops {

#ifdef FINN_ISA_VECTOR
// sums[j] = the lanes of register(j), added pairwise: lane i and lane i + half of them, and so on.
// Several at a time, as steps can be shared: on registers of 64 bytes all of them, whose shuffles
// take any lanes of two registers, on smaller ones the last.
template <class Set>
struct LaneSums {
  template <int count, class T, class RegisterAt>
  FINN_INLINE static void add(RegisterAt&& register_at, T* sums) {
    if constexpr (sizeof(register_at(0)) == 64 && count > 1) {
      add_merged<0, count>(register_at, sums);
    } else {
      add_halved<count>(register_at, sums);
    }
  }

 private:
  // The sums from `first` on, as many at a time as a register has lanes.
  template <int first, int count, class T, class RegisterAt>
  FINN_INLINE static void add_merged(RegisterAt& register_at, T* sums) {
    constexpr int lanes = 64 / static_cast<int>(sizeof(T));
    auto merged_sums = merged_tree<first, lanes, count>(register_at);
    constexpr int found = count - first < lanes ? count - first : lanes;
    __builtin_memcpy(sums + first, &merged_sums, sizeof(T) * found);
    if constexpr (first + lanes < count) add_merged<first + lanes, count>(register_at, sums);
  }

  // `width` registers from `first` on as one, with a run of lanes for each.
  template <int first, int width, int count, class RegisterAt>
  FINN_INLINE static auto merged_tree(RegisterAt& register_at) {
    if constexpr (width == 1) {
      return register_at(first);
    } else {
      constexpr int half = width / 2;
      auto lower = merged_tree<first, half, count>(register_at);
      if constexpr (first + half < count) {
        return merged<half>(lower, merged_tree<first + half, half, count>(register_at));
      } else {
        return merged<half>(lower, lower);
      }
    }
  }

  // The runs of a, then those of b, `runs` in each, all with their upper half added to the lower.
  template <int runs, class V>
  FINN_INLINE static V merged(V a, V b) {
    constexpr int lanes = static_cast<int>(sizeof(V) / sizeof(a[0]));
    constexpr int run = lanes / runs, half = run / 2;
    return [&]<int... i>(std::integer_sequence<int, i...>) FINN_INLINE_LAMBDA {
      return __builtin_shufflevector(a, b, (i / half * run + i % half)...) +
             __builtin_shufflevector(a, b, (i / half * run + half + i % half)...);
    }
    (std::make_integer_sequence<int, lanes>{});
  }

  template <int count, class T, class RegisterAt>
  FINN_INLINE static void add_halved(RegisterAt& register_at, T* sums) {
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
  // The bits of a register read as numbers of another type; xsimd renamed the argument in 9.0.
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
  FINN_INLINE friend Four operator-(const Four& a, const Four& b) {
    return Four(a.lanes - b.lanes);
  }
  FINN_INLINE friend Four operator*(const Four& a, const Four& b) {
    return Four(a.lanes * b.lanes);
  }
  // Lanes of ones where it holds, of zeros elsewhere.
  FINN_INLINE friend Four operator<(const Four& a, const Four& b) {
    if constexpr (sizeof(T) == sizeof(float)) {
      return Four(_mm_cmp_ps(a.lanes, b.lanes, _CMP_LT_OQ));
    } else {
      return Four(_mm256_cmp_pd(a.lanes, b.lanes, _CMP_LT_OQ));
    }
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
  FINN_INLINE static Register<float> select(const Register<float>& condition,
                                            const Register<float>& yes, const Register<float>& no) {
    return Register<float>(_mm_blendv_ps(no.lanes, yes.lanes, condition.lanes));
  }
  FINN_INLINE static Register<double> select(const Register<double>& condition,
                                             const Register<double>& yes,
                                             const Register<double>& no) {
    return Register<double>(_mm256_blendv_pd(no.lanes, yes.lanes, condition.lanes));
  }
  FINN_INLINE static Register<float> bit_and(const Register<float>& a, const Register<float>& b) {
    return Register<float>(_mm_and_ps(a.lanes, b.lanes));
  }
  FINN_INLINE static Register<double> bit_and(const Register<double>& a,
                                              const Register<double>& b) {
    return Register<double>(_mm256_and_pd(a.lanes, b.lanes));
  }
  FINN_INLINE static Register<float> minimum(const Register<float>& a, const Register<float>& b) {
    return Register<float>(_mm_min_ps(a.lanes, b.lanes));
  }
  FINN_INLINE static Register<double> minimum(const Register<double>& a,
                                              const Register<double>& b) {
    return Register<double>(_mm256_min_pd(a.lanes, b.lanes));
  }
  FINN_INLINE static Register<float> maximum(const Register<float>& a, const Register<float>& b) {
    return Register<float>(_mm_max_ps(a.lanes, b.lanes));
  }
  FINN_INLINE static Register<double> maximum(const Register<double>& a,
                                              const Register<double>& b) {
    return Register<double>(_mm256_max_pd(a.lanes, b.lanes));
  }
  template <class R>
  FINN_INLINE static R divide(const R& a, const R& b) {
    return R(a.lanes / b.lanes);
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

}  // namespace finn::ops
