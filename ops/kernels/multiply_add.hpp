// y[r] = a[r] b (+ c[r]) for rows that share b, element by element, and the transpose: slopes of
// lanes times a value of each, scales and biases, plain products. In one rounding where the set is
// fused and there is a c; error of y at most one unit roundoff of |a b| + |y|, half of it for a
// plain product. Every argument; infinities and NaN by the rules of the arithmetic.
#pragma once

#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// body(at, row) for the pieces of all rows, by columns: `row` is where the row of the piece begins.
template <class T, class Isa, class Body>
FINN_INLINE void for_each_piece_of_rows(const RowShape& shape, Body&& body) {
  for_each_piece<T, Isa>(shape.length, [&](const auto& at) FINN_INLINE_LAMBDA {
    for (std::ptrdiff_t r = 0, row = 0; r < shape.rows; ++r, row += shape.stride) body(at, row);
  });
}

// See KernelTable::multiply_add.
template <class T, class Isa>
void multiply_add_kernel(const RowShape& shape, const T* a, const T* b, const T* c, T* y) {
  if (c == nullptr) {
    for_each_piece_of_rows<T, Isa>(
        shape, [&](const auto& at, std::ptrdiff_t row)
                   FINN_INLINE_LAMBDA { at.store(at.load(a + row) * at.load(b), y + row); });
  } else {
    for_each_piece_of_rows<T, Isa>(
        shape, [&](const auto& at, std::ptrdiff_t row) FINN_INLINE_LAMBDA {
          at.store(multiply_add(at.load(a + row), at.load(b), at.load(c + row)), y + row);
        });
  }
}

// What b gets is summed over the rows in their order, and added last: a and b may be the same
// array.
template <class T, class Isa>
void multiply_transpose(const RowShape& shape, const T* a, const T* b, const T* y_adjoint,
                        T* a_adjoint, T* b_adjoint) {
  for_each_piece<T, Isa>(shape.length, [&](const auto& at) FINN_INLINE_LAMBDA {
    auto shared = at.load(b);
    decltype(shared) sum(T(0));
    for (std::ptrdiff_t r = 0, row = 0; r < shape.rows; ++r, row += shape.stride) {
      auto above = at.load(y_adjoint + row);
      at.add_product(above, shared, a_adjoint + row);
      sum = multiply_add(above, at.load(a + row), sum);
    }
    at.store(at.load(b_adjoint) + sum, b_adjoint);
  });
}

// See KernelTable::multiply_add_transpose.
template <class T, class Isa>
void multiply_add_transpose_kernel(const RowShape& shape, const T* a, const T* b,
                                   const T* y_adjoint, T* a_adjoint, T* b_adjoint, T* c_adjoint) {
  multiply_transpose<T, Isa>(shape, a, b, y_adjoint, a_adjoint, b_adjoint);
  if (c_adjoint == nullptr) return;
  for_each_piece_of_rows<T, Isa>(shape, [&](const auto& at, std::ptrdiff_t row) FINN_INLINE_LAMBDA {
    at.store(at.load(c_adjoint + row) + at.load(y_adjoint + row), c_adjoint + row);
  });
}

}  // namespace finn::ops
