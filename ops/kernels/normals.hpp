// One variable of a mixture of products (ops/sum_of_products.hpp): the density of each component,
//   p_j = sum over its normals k of a_jk w_jk rate sigma_0(z_jk),   z_jk = w_jk x + b_jk,
// in one pass over the normals, and its transpose in another one, which takes sigma_0 from memory
// and sigma_0' = -2 z sigma_0 by one product. Values and products below Underflow::factor are 0,
// and nothing on the way is subnormal (underflow.hpp).
//
// Error of p_j: all terms are >= 0, so at most that of sigma_0 (sigma.hpp) and of its argument, 2 z
// times two roundoffs of |w x| + |b|, and one roundoff for each normal.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/gaussian.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

// A number of each normal that all lanes share: its row is a number, its adjoint a sum over lanes.
template <class P, class T = typename P::T>
class SharedRow {
 public:
  FINN_INLINE SharedRow(const NormalOperand<T>& operand, std::ptrdiff_t row, int)
      : value_(operand.value == nullptr ? T(1) : operand.value[row]),
        adjoint_(operand.adjoint == nullptr ? nullptr : operand.adjoint + row) {}

  template <class At>
  FINN_INLINE P load(const At&) const {
    return value_;
  }
  template <class At>
  FINN_INLINE void add(const P& a, const P& b, const At&) {
    sum_ = multiply_add(a, b, sum_);
  }
  FINN_INLINE void finish() {
    if (adjoint_ != nullptr) *adjoint_ += lane_sum(sum_);
  }

 private:
  P value_, sum_{T(0)};
  T* adjoint_;
};

// One that every lane has for itself; 1 without a value.
template <class P, class T = typename P::T>
class LaneRow {
 public:
  FINN_INLINE LaneRow(const NormalOperand<T>& operand, std::ptrdiff_t row, int lanes)
      : value_(operand.value == nullptr ? nullptr : operand.value + row * lanes),
        adjoint_(operand.adjoint == nullptr ? nullptr : operand.adjoint + row * lanes) {}

  template <class At>
  FINN_INLINE P load(const At& at) const {
    return value_ == nullptr ? P(T(1)) : at.load(value_);
  }
  template <class At>
  FINN_INLINE void add(const P& a, const P& b, const At& at) {
    if (adjoint_ != nullptr) at.add_product(a, b, adjoint_);
  }
  FINN_INLINE void finish() {}

 private:
  const T* value_;
  T* adjoint_;
};

// Calls body(at) for the packs of a tile; the lanes of a narrow one fill part of a pack.
template <class P, class Body>
FINN_INLINE void for_each_whole_pack(std::ptrdiff_t lanes, Body&& body) {
  if (lanes < P::kLanes) return body(Lanes<P>{0, lanes});
  for (std::ptrdiff_t i = 0; i < lanes; i += P::kLanes) body(PackAt<P>{i});
}

// A row of adjoints; lanes past the end add nothing to a sum.
template <class P, class T = typename P::T>
FINN_INLINE P load_adjoint(const PackAt<P>& at, const T* row) {
  return at.load(row);
}
template <class P, class T = typename P::T>
FINN_INLINE P load_adjoint(const Lanes<P>& at, const T* row) {
  T lanes[P::kLanes] = {};
  for (std::ptrdiff_t j = 0; j < at.left; ++j) lanes[j] = row[at.i + j];
  return P::load(lanes);
}

// A row of normals after the other, so that turns of the loop over packs overlap in the processor:
// each is one chain of dependent operations.
template <class P, class Slope, class Bias, class Share, class T = typename P::T>
FINN_INLINE void normal_sum_rows(const NormalSums<T>& of, T* values, T* sums) {
  alignas(core::kPackBytes) T row_of_lanes[core::kTileLanes<T>];
  P rate(of.rate);
  for (std::ptrdiff_t j = 0; j < of.terms; ++j) {
    T* sum = sums + j * of.lanes;
    for (std::ptrdiff_t k = 0; k < of.normals; ++k) {
      const std::ptrdiff_t row = j * of.normals + k;
      const Slope slopes(of.slopes, row, of.lanes);
      const Bias biases(of.biases, row, of.lanes);
      const Share shares(of.shares, row, of.lanes);
      T* value = values == nullptr ? row_of_lanes : values + row * of.lanes;
      for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
        P z = multiply_add(slopes.load(at), at.load(of.x), biases.load(at));
        at.store(gaussian_value(z, Underflow<T>::factor), value);
      });
      for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
        P before = k == 0 ? P(T(0)) : at.load(sum);
        P factor = shares.load(at) * (slopes.load(at) * rate);
        at.store(multiply_add(factor, at.load(value), before), sum);
      });
    }
    for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
      at.store(factor_or_zero(P(at.load(sum))), sum);
    });
  }
}

// With above = the adjoint of p_j times sigma_0: it reaches z by way of a w rate (-2 z), and a and
// w by way of w rate and a rate.
template <class P, class Slope, class Bias, class Share, class T = typename P::T>
FINN_INLINE void normal_sum_transpose_rows(const NormalSums<T>& of, const T* values,
                                           const T* sum_adjoint) {
  alignas(core::kPackBytes) T lifted[core::kTileLanes<T>];
  P rate(of.rate);
  for (std::ptrdiff_t j = 0; j < of.terms; ++j) {
    const T* adjoint = sum_adjoint + j * of.lanes;
    for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
      lifted_magnitude(load_adjoint<P>(at, adjoint)).store(lifted + at.i);
    });
    for (std::ptrdiff_t row = j * of.normals; row < (j + 1) * of.normals; ++row) {
      Slope slopes(of.slopes, row, of.lanes);
      Bias biases(of.biases, row, of.lanes);
      Share shares(of.shares, row, of.lanes);
      for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
        P x = at.load(of.x), value = at.load(values + row * of.lanes);
        P slope = slopes.load(at), share = shares.load(at);
        P z = multiply_add(slope, x, biases.load(at));
        P above = value * kept_factor(load_adjoint<P>(at, adjoint), P::load(lifted + at.i), value);
        P by_z = P(T(-2)) * z * (share * (slope * rate) * above);
        biases.add(by_z, P(T(1)), at);
        slopes.add(by_z, x, at);
        slopes.add(share * rate, above, at);
        shares.add(slope * rate, above, at);
        at.add_product(slope, by_z, of.x_adjoint);
      });
      slopes.finish();
      biases.finish();
      shares.finish();
    }
  }
}

// Calls rows.operator()<Slope, Bias, Share>() for the operands that are rows of lanes: none, the
// biases, or all; shares that are all 1 belong to any.
template <class P, class T, class Rows>
FINN_INLINE void with_operands(const NormalSums<T>& of, Rows&& rows) {
  if (of.slopes.of_lanes) {
    rows.template operator()<LaneRow<P>, LaneRow<P>, LaneRow<P>>();
  } else if (of.biases.of_lanes) {
    rows.template operator()<SharedRow<P>, LaneRow<P>, SharedRow<P>>();
  } else {
    rows.template operator()<SharedRow<P>, SharedRow<P>, SharedRow<P>>();
  }
}

// See KernelTable::normal_sums.
template <class T, class Isa>
void normal_sums_kernel(const NormalSums<T>& of, T* values, T* sums) {
  using P = Strip<T, Isa>;
  with_operands<P>(of, [&]<class Slope, class Bias, class Share>() FINN_INLINE_LAMBDA {
    normal_sum_rows<P, Slope, Bias, Share>(of, values, sums);
  });
}

// See KernelTable::normal_sums_transpose.
template <class T, class Isa>
void normal_sums_transpose_kernel(const NormalSums<T>& of, const T* values, const T* sum_adjoint) {
  using P = Pack<T, Isa>;
  with_operands<P>(of, [&]<class Slope, class Bias, class Share>() FINN_INLINE_LAMBDA {
    normal_sum_transpose_rows<P, Slope, Bias, Share>(of, values, sum_adjoint);
  });
}

}  // namespace finn::ops
