// The head product with parameters of each sample's own, and its integral over a box as a sum of
// products of differences, one per variable.
#pragma once

#include "finn/conditioning/lane_weights.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/mixture.hpp"
#include "ops/compose.hpp"
#include "ops/groups.hpp"
#include "ops/lane_affine.hpp"
#include "ops/line.hpp"
#include "ops/multiply.hpp"
#include "ops/product.hpp"
#include "ops/sigma_difference.hpp"

namespace finn::net {

// sigma_0, the derivative of sigma_1, as an activation.
template <class T>
ops::Activation<T> gaussian() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            ops::kernels<T>().gaussian(x, lanes, out, count > 1 ? out + stride : nullptr);
          },
          0};
}

// A block of terms as the samples of a tile have it.
template <class T>
struct LaneTerms {
  core::Jet<T> slopes, biases;  // [variables * terms * steps]
  core::Jet<T> shares;          // likewise, or without features for one step
  core::Jet<T> coefficients;    // [outputs * terms]
};

template <class T>
class ConditionedMixture {
 public:
  // Makes the terms of the tile on its tape; both live as long as the tile.
  ConditionedMixture(const Mixture& head, LaneWeights<T>& weights)
      : head_(head), tape_(weights.tape()) {
    const auto& blocks = head.blocks();
    blocks_ = tape_.template array<LaneTerms<T>>(static_cast<std::int64_t>(blocks.size()));
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      new (blocks_ + b) LaneTerms<T>(make_terms(blocks[b], weights));
    }
  }

  // As Mixture::mixed_partial.
  core::Jet<T> mixed_partial(const ops::Seed<T>& seed) const {
    std::array<T, ops::kMaxDirections> rates{};
    for (int j = 0; j < seed.directions; ++j) {
      const auto direction = static_cast<std::size_t>(j);
      rates[static_cast<std::size_t>(seed.feature[direction])] = seed.rate[direction];
    }
    return sum_of_products([&](const LaneTerms<T>& terms, int axis) {
      return at_point(terms, axis, seed.x, rates[static_cast<std::size_t>(axis)]);
    });
  }

  // The integral over a box, [outputs].
  core::Jet<T> integral(const Coordinates& coordinates, const Box& box) const {
    return sum_of_products([&](const LaneTerms<T>& terms, int axis) {
      const auto at = static_cast<std::size_t>(axis);
      const double scale = coordinates.scale[at], offset = coordinates.offset[at];
      const auto lower = static_cast<T>(scale * box.lower[at] + offset);
      const auto upper = static_cast<T>(scale * box.upper[at] + offset);
      const core::Jet<T> steps = ops::sigma_difference(tape_, of_axis(terms.slopes, axis),
                                                       of_axis(terms.biases, axis), lower, upper);
      return weighted_steps(terms, axis, steps, T(1));
    });
  }

 private:
  LaneTerms<T> make_terms(const TermLayout& at, LaneWeights<T>& weights) const {
    const std::int64_t rows = head_.all_rows();
    const std::int64_t sums = std::int64_t{1} * at.outputs * head_.shape().terms;
    if (weights.kind() == ConditioningKind::hypernetwork) return make_own_terms(at, weights);
    LaneTerms<T> terms;
    terms.slopes = weights.shared(at.slopes, rows);
    terms.biases = weights.kind() == ConditioningKind::none ? weights.shared(at.biases, rows)
                                                            : weights.moved(at.biases, rows);
    if (head_.has_shares()) terms.shares = weights.shared(at.shares, rows);
    terms.coefficients = weights.kind() == ConditioningKind::modulation
                             ? weights.scaled(at.coefficients, sums)
                             : weights.shared(at.coefficients, sums);
    return terms;
  }

  // Of a hypernetwork, in the order of the parameters.
  LaneTerms<T> make_own_terms(const TermLayout& at, LaneWeights<T>& weights) const {
    const NetworkShape& shape = head_.shape();
    const std::int64_t rows = head_.all_rows();
    LaneTerms<T> terms;
    terms.slopes = positive(tape_, shape.positivity, weights.moved(at.slopes, rows));
    terms.biases = weights.moved(at.biases, rows);
    if (head_.has_shares()) {
      terms.shares = ops::group_shares(tape_, weights.moved(at.shares, rows), shape.steps);
    }
    terms.coefficients =
        positive(tape_, shape.positivity,
                 weights.moved(at.coefficients, std::int64_t{1} * at.outputs * shape.terms));
    return terms;
  }

  core::Jet<T> of_axis(const core::Jet<T>& all, int axis) const {
    const int rows = static_cast<int>(head_.rows());
    return ops::slice(all, axis * rows, rows);
  }

  // sum over steps of share times step, [terms].
  core::Jet<T> weighted_steps(const LaneTerms<T>& terms, int axis, core::Jet<T> steps,
                              T factor) const {
    if (head_.has_shares()) steps = ops::multiply(tape_, steps, of_axis(terms.shares, axis));
    return ops::sum_groups(tape_, steps, head_.shape().steps, factor);
  }

  // Phi of one variable or, at a rate other than 0, its derivative; [terms].
  core::Jet<T> at_point(const LaneTerms<T>& terms, int axis, const core::Jet<T>& x, T rate) const {
    const core::Jet<T> slopes = of_axis(terms.slopes, axis);
    const core::Jet<T> argument =
        ops::line(tape_, ops::slice(x, axis, 1), slopes, of_axis(terms.biases, axis));
    if (rate == 0) {
      return weighted_steps(terms, axis, ops::compose(tape_, argument, ops::sigma<T>(1)), T(1));
    }
    const core::Jet<T> density = ops::compose(tape_, argument, gaussian<T>());
    return weighted_steps(terms, axis, ops::multiply(tape_, density, slopes), rate);
  }

  // sum over terms of coefficient times the product over variables of factor(terms, axis).
  template <class Factor>
  core::Jet<T> sum_of_products(Factor&& factor) const {
    const core::Jet<T> all = ops::zeros(tape_, head_.shape().outputs);
    for (std::size_t b = 0; b < head_.blocks().size(); ++b) {
      core::Jet<T> product = factor(blocks_[b], 0);
      for (int axis = 1; axis < head_.shape().variables; ++axis) {
        product = ops::product(tape_, product, factor(blocks_[b], axis));
      }
      const core::Jet<T> part = ops::lane_affine(tape_, product, blocks_[b].coefficients);
      ops::add_rows(tape_, T(1), part, head_.blocks()[b].first_output, all);
    }
    return all;
  }

  const Mixture& head_;
  core::Tape<T>& tape_;
  LaneTerms<T>* blocks_;
};

}  // namespace finn::net
