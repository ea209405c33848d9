// One variable of a mixture of products that is integrated over (ops/sum_of_products.hpp): the
// share of each component in an interval,
//   q_j = sum over its normals k of a_jk (sigma_1(w_jk upper + b_jk) - sigma_1(w_jk lower + b_jk)),
// and its transpose. Differences as those of sigma_difference.hpp, with their errors; where a row
// is all inside the interval, as most are, nothing is left to do. Products below Underflow::factor
// are 0 (underflow.hpp).
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/lanes.hpp"
#include "ops/kernels/normals.hpp"
#include "ops/kernels/pack.hpp"
#include "ops/kernels/sigma_difference.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

// A number of each normal, that lanes share or not: as SharedRow and LaneRow, decided row by row,
// as most rows end soon.
template <class P, class T = typename P::T>
class AnyRow {
 public:
  FINN_INLINE AnyRow(const NormalOperand<T>& operand, std::ptrdiff_t row, int lanes)
      : of_lanes_(operand.of_lanes),
        shared_(of_lanes_ ? NormalOperand<T>{} : operand, row, lanes),
        own_(of_lanes_ ? operand : NormalOperand<T>{}, row, lanes) {}

  template <class At>
  FINN_INLINE P operator()(const At& at) const {
    return of_lanes_ ? own_.load(at) : shared_.load(at);
  }
  template <class At>
  FINN_INLINE void add(const P& a, const P& b, const At& at) {
    if (of_lanes_) {
      own_.add(a, b, at);
    } else {
      shared_.add(a, b, at);
    }
  }
  FINN_INLINE void finish() { shared_.finish(); }

 private:
  bool of_lanes_;
  SharedRow<P> shared_;
  LaneRow<P> own_;
};

// See KernelTable::normal_integrals.
template <class T, class Isa>
void normal_integrals_kernel(const NormalSums<T>& of, T* values, T* sums) {
  using P = Strip<T, Isa>;
  alignas(core::kPackBytes) T row_of_lanes[core::kTileLanes<T>];
  for (std::ptrdiff_t j = 0; j < of.terms; ++j) {
    T* sum = sums + j * of.lanes;
    for (std::ptrdiff_t k = 0; k < of.normals; ++k) {
      const std::ptrdiff_t row = j * of.normals + k;
      T* value = values == nullptr ? row_of_lanes : values + row * of.lanes;
      SigmaDifferenceBlock<T, Isa>(of.interval, of.lanes, AnyRow<P>(of.slopes, row, of.lanes),
                                   AnyRow<P>(of.biases, row, of.lanes))
          .store(value);
      const AnyRow<P> share(of.shares, row, of.lanes);
      for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
        P before = k == 0 ? P(T(0)) : at.load(sum);
        at.store(multiply_add(share(at), at.load(value), before), sum);
      });
    }
    for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
      at.store(factor_or_zero(P(at.load(sum))), sum);
    });
  }
}

// The derivatives of the differences of a row; false where all are 0.
template <class T, class Isa>
FINN_INLINE bool row_of_slopes(const NormalSums<T>& of, std::ptrdiff_t row, T* by_slope,
                               T* by_bias) {
  using P = Strip<T, Isa>;
  const AnyRow<P> slopes(of.slopes, row, of.lanes), biases(of.biases, row, of.lanes);
  bool any = false;
  for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
    const SigmaDifferenceSlopes<P> by(of.interval, slopes(at), biases(at));
    P zero(T(0));
    any = any || !by.are_zero;
    at.store(by.are_zero ? zero : by.slope, by_slope);
    at.store(by.are_zero ? zero : by.bias, by_bias);
  });
  return any;
}

// See KernelTable::normal_integrals_transpose.
template <class T, class Isa>
void normal_integrals_transpose_kernel(const NormalSums<T>& of, const T* values,
                                       const T* sum_adjoint) {
  using P = Pack<T, Isa>;
  alignas(core::kPackBytes) T by_slope[core::kTileLanes<T>], by_bias[core::kTileLanes<T>];
  for (std::ptrdiff_t row = 0; row < std::ptrdiff_t{1} * of.terms * of.normals; ++row) {
    const T* adjoint = sum_adjoint + row / of.normals * of.lanes;
    const bool moves = row_of_slopes<T, Isa>(of, row, by_slope, by_bias);
    AnyRow<P> slopes(of.slopes, row, of.lanes), biases(of.biases, row, of.lanes);
    AnyRow<P> shares(of.shares, row, of.lanes);
    for_each_whole_pack<P>(of.lanes, [&](const auto& at) FINN_INLINE_LAMBDA {
      P above = load_adjoint<P>(at, adjoint), share = shares(at);
      shares.add(above, at.load(values + row * of.lanes), at);
      if (!moves) return;
      P slope = at.load(by_slope), bias = at.load(by_bias), moved = share * above;
      P lifted = lifted_magnitude(moved);
      slopes.add(kept_factor(moved, lifted, bounded_magnitude(slope)), slope, at);
      biases.add(kept_factor(moved, lifted, bounded_magnitude(bias)), bias, at);
    });
    slopes.finish();
    biases.finish();
    shares.finish();
  }
}

}  // namespace finn::ops
