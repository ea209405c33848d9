// Functions of plain values, one by one, and what their transposes add.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/log.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/softplus.hpp"
#include "ops/kernels/tanh.hpp"
#include "ops/kernels/unary_functions.hpp"

namespace finn::ops {

// -1, 0 or 1.
FINN_PACK FINN_INLINE FINN_PACK_TYPE sign(const FINN_PACK_TYPE& x) {
  using P = FINN_PACK_TYPE;
  P one(T(1)), zero(T(0));
  P number = select_number(x, x, zero);
  return select_number(x, select_less(zero, number, one, select_less(number, zero, -one, zero)), x);
}

// Each function as a type: value and derivative on packs.
#define FINN_UNARY_RULE(name, value_of_x, derivative_of_x_and_y)               \
  struct rule_##name {                                                         \
    template <class P>                                                         \
    FINN_INLINE static P value(const P& x) {                                   \
      return value_of_x;                                                       \
    }                                                                          \
    template <class P, class T = typename P::T>                                \
    FINN_INLINE static P derivative([[maybe_unused]] const P& x, const P& y) { \
      [[maybe_unused]] P one(T(1)), half(T(0.5));                              \
      static_cast<void>(y);                                                    \
      return derivative_of_x_and_y;                                            \
    }                                                                          \
  };
FINN_UNARY_FUNCTIONS(FINN_UNARY_RULE)
#undef FINN_UNARY_RULE

// y = f(x), which may be in place.
template <class T, class Isa, class Rule>
void unary_kernel(const T* x, std::ptrdiff_t length, T* y) {
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    lanes.store(Rule::value(lanes.load(x)), y);
  });
}

// x_adjoint += y_adjoint f'(x).
template <class T, class Isa, class Rule>
void unary_transpose_kernel(const T* x, const T* y, const T* y_adjoint, std::ptrdiff_t length,
                            T* x_adjoint) {
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    Strip<T, Isa> slope = Rule::derivative(lanes.load(x), lanes.load(y));
    lanes.store(multiply_add(lanes.load(y_adjoint), slope, lanes.load(x_adjoint)), x_adjoint);
  });
}

// y = a / b.
template <class T, class Isa>
void divide_kernel(const T* a, const T* b, std::ptrdiff_t length, T* y) {
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    lanes.store(lanes.load(a) / lanes.load(b), y);
  });
}

// a_adjoint += y_adjoint / b, b_adjoint -= y_adjoint / b y.
template <class T, class Isa>
void divide_transpose_kernel(const T* b, const T* y, const T* y_adjoint, std::ptrdiff_t length,
                             T* a_adjoint, T* b_adjoint) {
  for_each_strip<T, Isa>(length, [&](const auto& lanes) FINN_INLINE_LAMBDA {
    Strip<T, Isa> adjoint = lanes.load(y_adjoint) / lanes.load(b);
    lanes.store(lanes.load(a_adjoint) + adjoint, a_adjoint);
    lanes.store(subtract_product(adjoint, lanes.load(y), lanes.load(b_adjoint)), b_adjoint);
  });
}

}  // namespace finn::ops
