// A pack: some registers side by side, with the arithmetic of the kernels.
//
// By default a pack is 64 bytes of lanes whatever the instruction set, so that sums over lanes have
// one order everywhere. Kernels in which lanes never meet take a Strip. Kernels are written once on
// packs and compiled once per instruction set (instruction_set.hpp).
//
// Local packs are not const: g++ 12 leaves a const object of several registers in memory.
#pragma once

#include "core/jet.hpp"
#include "ops/kernels/instruction_set.hpp"
#include "ops/kernels/scalar.hpp"

namespace finn::ops {

// Before a loop over a block of registers: the bound is a constant and the loop must disappear, or
// the block ends up in memory.
#define FINN_UNROLL _Pragma("GCC unroll 32")

template <class T, class Isa>
inline constexpr int kWholePack = core::kPackBytes /
                                  static_cast<int>(sizeof(typename Isa::template Register<T>));

// The registers of a pack. Few have names of their own: what is an array, or copied as one, does
// not stay in registers.
template <int number>
struct Index {
  FINN_INLINE constexpr operator int() const { return number; }
};

template <class R, int count>
struct Registers {
  R r[count];
  FINN_INLINE R& operator[](int i) { return r[i]; }
  FINN_INLINE const R& operator[](int i) const { return r[i]; }
};
template <class R>
struct Registers<R, 1> {
  R r0;
  FINN_INLINE R& operator[](Index<0>) { return r0; }
  FINN_INLINE const R& operator[](Index<0>) const { return r0; }
};
template <class R>
struct Registers<R, 2> : Registers<R, 1> {
  R r1;
  using Registers<R, 1>::operator[];
  FINN_INLINE R& operator[](Index<1>) { return r1; }
  FINN_INLINE const R& operator[](Index<1>) const { return r1; }
};
template <class R>
struct Registers<R, 4> : Registers<R, 2> {
  R r2, r3;
  using Registers<R, 2>::operator[];
  FINN_INLINE R& operator[](Index<2>) { return r2; }
  FINN_INLINE const R& operator[](Index<2>) const { return r2; }
  FINN_INLINE R& operator[](Index<3>) { return r3; }
  FINN_INLINE const R& operator[](Index<3>) const { return r3; }
};

// statement for each register i of a pack.
#define FINN_EACH_REGISTER(statement)              \
  if constexpr (registers > 4) {                   \
    for (int i = 0; i < registers; ++i) statement; \
  } else {                                         \
    FINN_REGISTER(0, statement)                    \
    FINN_REGISTER(1, statement)                    \
    FINN_REGISTER(2, statement)                    \
    FINN_REGISTER(3, statement)                    \
  }
#define FINN_REGISTER(number, statement) \
  if constexpr (number < registers) {    \
    constexpr Index<number> i;           \
    statement;                           \
  }

template <class T_, class Isa_, int registers = kWholePack<T_, Isa_>>
struct Pack {
  using T = T_;
  using Isa = Isa_;
  using Register = typename Isa::template Register<T>;
  static constexpr int kRegisters = registers;
  static constexpr int kRegisterLanes = static_cast<int>(sizeof(Register) / sizeof(T));
  static constexpr int kLanes = kRegisters * kRegisterLanes;

  Registers<Register, registers> r;

  Pack() = default;
  FINN_INLINE explicit Pack(T value){FINN_EACH_REGISTER(r[i] = Register(value))} FINN_INLINE
      static Pack load(const T* lanes) {
    Pack result;
    FINN_EACH_REGISTER(result.r[i] = Isa::template load<T>(lanes + i * kRegisterLanes))
    return result;
  }
  FINN_INLINE void store(T* lanes) const {
    FINN_EACH_REGISTER(Isa::template store<T>(lanes + i * kRegisterLanes, r[i]))
  }
};

// A load that is not repeated: g++ 12 otherwise reads memory anew for each use of a register where
// registers are few.
template <class P>
FINN_INLINE P load_once(const typename P::T* lanes) {
  P result = P::load(lanes);
  P::Isa::pin(result.r.r0);
  return result;
}

// One pack of packs of one register each.
template <int registers, class T, class Isa>
FINN_INLINE Pack<T, Isa, registers> joined(const Pack<T, Isa, 1>* parts) {
  Pack<T, Isa, registers> result;
  FINN_EACH_REGISTER(result.r[i] = parts[i].r.r0)
  return result;
}

// The lanes of a narrow tile.
template <class T, class Isa, class Narrow = typename Isa::Narrow>
using NarrowPack = Pack<T, Narrow,
                        core::kNarrowLanes* static_cast<int>(sizeof(T)) /
                            static_cast<int>(sizeof(typename Narrow::template Register<T>))>;

// How many registers go through an elementwise kernel together.
template <class T, class Isa>
using Strip = Pack<T, Isa, Isa::kRegisters>;

#define FINN_PACK template <class T, class Isa, int registers>
#define FINN_PACK_TYPE Pack<T, Isa, registers>

#define FINN_PACK_BINARY(operation)                                                  \
  FINN_PACK FINN_INLINE FINN_PACK_TYPE operator operation(FINN_PACK_TYPE a,          \
                                                          const FINN_PACK_TYPE& b) { \
    FINN_EACH_REGISTER(a.r[i] = a.r[i] operation b.r[i])                             \
    return a;                                                                        \
  }
FINN_PACK_BINARY(+)
FINN_PACK_BINARY(-)
FINN_PACK_BINARY(*)
#undef FINN_PACK_BINARY

FINN_PACK FINN_INLINE FINN_PACK_TYPE operator/(FINN_PACK_TYPE a, const FINN_PACK_TYPE& b) {
  FINN_EACH_REGISTER(a.r[i] = Isa::divide(a.r[i], b.r[i]))
  return a;
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE operator-(FINN_PACK_TYPE a) {
  FINN_EACH_REGISTER(a.r[i] = -a.r[i])
  return a;
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE sqrt(FINN_PACK_TYPE a) {
  FINN_EACH_REGISTER(a.r[i] = Isa::sqrt(a.r[i]))
  return a;
}

// a b + c, in one rounding where the instruction set has that (Isa::fused).
FINN_PACK FINN_INLINE FINN_PACK_TYPE multiply_add(const FINN_PACK_TYPE& a, const FINN_PACK_TYPE& b,
                                                  FINN_PACK_TYPE c) {
  FINN_EACH_REGISTER(c.r[i] = Isa::multiply_add(a.r[i], b.r[i], c.r[i]))
  return c;
}

// a b - c and c - a b, likewise.
FINN_PACK FINN_INLINE FINN_PACK_TYPE multiply_subtract(const FINN_PACK_TYPE& a,
                                                       const FINN_PACK_TYPE& b, FINN_PACK_TYPE c) {
  FINN_EACH_REGISTER(c.r[i] = Isa::multiply_subtract(a.r[i], b.r[i], c.r[i]))
  return c;
}
FINN_PACK FINN_INLINE FINN_PACK_TYPE subtract_product(const FINN_PACK_TYPE& a,
                                                      const FINN_PACK_TYPE& b, FINN_PACK_TYPE c) {
  FINN_EACH_REGISTER(c.r[i] = Isa::subtract_product(a.r[i], b.r[i], c.r[i]))
  return c;
}

// a < b ? yes : no, lane by lane. NaN chooses no, but may raise the invalid flag.
FINN_PACK FINN_INLINE FINN_PACK_TYPE select_less(const FINN_PACK_TYPE& a, const FINN_PACK_TYPE& b,
                                                 const FINN_PACK_TYPE& yes, FINN_PACK_TYPE no) {
  FINN_EACH_REGISTER(no.r[i] = Isa::select(a.r[i] < b.r[i], yes.r[i], no.r[i]))
  return no;
}

// Whether a < b in any lane; numbers, not NaN.
FINN_PACK FINN_INLINE bool any_less(const FINN_PACK_TYPE& a, const FINN_PACK_TYPE& b) {
  bool any = false;
  FINN_EACH_REGISTER(any = any || Isa::any(a.r[i] < b.r[i]))
  return any;
}

// yes where a is a number, no where it is NaN; raises no flag.
FINN_PACK FINN_INLINE FINN_PACK_TYPE select_number(const FINN_PACK_TYPE& a,
                                                   const FINN_PACK_TYPE& yes, FINN_PACK_TYPE no) {
  FINN_EACH_REGISTER(no.r[i] = Isa::select(a.r[i] == a.r[i], yes.r[i], no.r[i]))
  return no;
}

// a, of which the compiler no longer knows where it came from: clang otherwise multiplies both
// sides of a selection by what follows, the one that is thrown away too.
FINN_PACK FINN_INLINE FINN_PACK_TYPE as_selected(FINN_PACK_TYPE a) {
  FINN_EACH_REGISTER(Isa::pin(a.r[i]))
  return a;
}

// Of numbers, not NaN.
FINN_PACK FINN_INLINE FINN_PACK_TYPE minimum(FINN_PACK_TYPE a, const FINN_PACK_TYPE& b) {
  FINN_EACH_REGISTER(a.r[i] = Isa::minimum(a.r[i], b.r[i]))
  return a;
}
FINN_PACK FINN_INLINE FINN_PACK_TYPE maximum(FINN_PACK_TYPE a, const FINN_PACK_TYPE& b) {
  FINN_EACH_REGISTER(a.r[i] = Isa::maximum(a.r[i], b.r[i]))
  return a;
}

// Bits. The constants are numbers with the wanted bits.
template <class T>
FINN_INLINE constexpr T number_of_bits(typename Format<T>::Bits bits) {
  return __builtin_bit_cast(T, bits);
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE bit_and(FINN_PACK_TYPE a, typename Format<T>::Bits mask) {
  const typename FINN_PACK_TYPE::Register bits(number_of_bits<T>(mask));
  FINN_EACH_REGISTER(a.r[i] = Isa::bit_and(a.r[i], bits))
  return a;
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE bit_or(FINN_PACK_TYPE a, typename Format<T>::Bits mask) {
  const typename FINN_PACK_TYPE::Register bits(number_of_bits<T>(mask));
  FINN_EACH_REGISTER(a.r[i] = Isa::bit_or(a.r[i], bits))
  return a;
}

FINN_PACK FINN_INLINE FINN_PACK_TYPE abs(const FINN_PACK_TYPE& a) {
  using Bits = typename Format<T>::Bits;
  return bit_and(a, static_cast<Bits>(~Bits{0} >> 1));
}

// |a| with the sign of b, for a >= 0.
FINN_PACK FINN_INLINE FINN_PACK_TYPE with_sign(FINN_PACK_TYPE a, const FINN_PACK_TYPE& b) {
  using Bits = typename Format<T>::Bits;
  const FINN_PACK_TYPE sign = bit_and(b, static_cast<Bits>(~(~Bits{0} >> 1)));
  FINN_EACH_REGISTER(a.r[i] = Isa::bit_or(a.r[i], sign.r[i]))
  return a;
}

// An integer k as the number magic<T> + k has k in its lowest bits, and 2^(k - bias) is these bits
// moved to where the exponent is. k + bias in 1 .. 2 bias.
template <class T>
inline constexpr T kMagic = T(1.5) * T(typename Format<T>::Bits{1} << Format<T>::fraction_bits);

// 2^k from magic + bias + k.
FINN_PACK FINN_INLINE FINN_PACK_TYPE power_of_two(FINN_PACK_TYPE magic_exponent) {
  FINN_EACH_REGISTER(magic_exponent.r[i] = Isa::shift_left(magic_exponent.r[i]))
  return magic_exponent;
}

// 2^k for integers k in 1 - bias .. bias.
FINN_PACK FINN_INLINE FINN_PACK_TYPE two_to_the(const FINN_PACK_TYPE& k) {
  return power_of_two(FINN_PACK_TYPE(kMagic<T> + T(Format<T>::bias)) + k);
}

// floor(log2 a) as a number, for normal a > 0.
FINN_PACK FINN_INLINE FINN_PACK_TYPE exponent(FINN_PACK_TYPE a) {
  using F = Format<T>;
  using Bits = typename F::Bits;
  constexpr T shift = static_cast<T>(Bits{1} << F::fraction_bits);
  FINN_EACH_REGISTER(a.r[i] = Isa::shift_right(a.r[i]))
  return bit_or(a, __builtin_bit_cast(Bits, shift)) - FINN_PACK_TYPE(shift + F::bias);
}

// a in [1, 2) times a power of two: that number, for normal a > 0.
FINN_PACK FINN_INLINE FINN_PACK_TYPE fraction(const FINN_PACK_TYPE& a) {
  using F = Format<T>;
  using Bits = typename F::Bits;
  return bit_or(bit_and(a, (Bits{1} << F::fraction_bits) - 1), Bits{F::bias} << F::fraction_bits);
}

// The register that remains of a pack when lane i and lane i + half of them have been added, and so
// on.
FINN_PACK FINN_INLINE Pack<T, Isa, 1> folded(FINN_PACK_TYPE a) {
  Pack<T, Isa, 1> sum;
  if constexpr (registers == 1) sum.r.r0 = a.r.r0;
  if constexpr (registers == 2) sum.r.r0 = a.r.r0 + a.r.r1;
  if constexpr (registers == 4) sum.r.r0 = (a.r.r0 + a.r.r2) + (a.r.r1 + a.r.r3);
  if constexpr (registers > 4) {
    for (int width = registers / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; ++i) a.r[i] = a.r[i] + a.r[i + width];
    }
    sum.r.r0 = a.r[0];
  }
  return sum;
}

// sums[j] = sum of the lanes of a pack, given register by register; pairwise in one order on every
// instruction set.
template <int count, class T, class Isa, int registers>
FINN_INLINE void lane_sums(const Pack<T, Isa, 1> (*parts)[registers], T* sums) {
  typename Pack<T, Isa, 1>::Register last[count];
  FINN_UNROLL for (int j = 0; j < count; ++j) {
    last[j] = folded(joined<registers>(parts[j])).r.r0;
  }
  Isa::template lane_sums<count, T>(last, sums);
}

FINN_PACK FINN_INLINE T lane_sum(const FINN_PACK_TYPE& a) {
  Pack<T, Isa, 1> last = folded(a);
  T sum;
  Isa::template lane_sums<1, T>(&last.r.r0, &sum);
  return sum;
}

}  // namespace finn::ops
