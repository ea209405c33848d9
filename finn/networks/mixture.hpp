// The head product: F_o(x) = sum over terms j of c_oj prod over variables i of Phi_ij(x_i), with
//   Phi_ij(x) = sum over steps k of a_ijk sigma_1(w_ijk x + b_ijk),  w > 0, a = softmax, c >= 0,
// increasing functions from 0 to 1. Any mixed partial is the same sum with phi_ij = Phi_ij' in
// place of Phi_ij for some i, so that all of them are >= 0, at a cost linear in n. docs/HEADS.md.
#pragma once

#include <vector>

#include "finn/networks/network_shape.hpp"
#include "ops/rows.hpp"
#include "ops/softmax.hpp"
#include "ops/sum_of_products.hpp"

namespace finn::net {

// Where the numbers of a block of terms lie in the flat parameter vector: slopes w, biases b and
// shares a, each [variables][terms][steps], without shares for one step, then coefficients c
// [outputs][terms]. A block is all of the head, or that of one output.
struct TermLayout {
  std::int64_t slopes = 0;
  std::int64_t biases = 0;
  std::int64_t shares = 0;
  std::int64_t coefficients = 0;
  int first_output = 0;
  int outputs = 1;
};

class Mixture {
 public:
  explicit Mixture(const NetworkShape& shape);

  const NetworkShape& shape() const noexcept { return shape_; }
  const std::vector<TermLayout>& blocks() const noexcept { return blocks_; }
  std::int64_t parameter_count() const noexcept { return parameter_count_; }
  // Of one variable, and of all.
  std::int64_t rows() const noexcept { return std::int64_t{1} * shape_.terms * shape_.steps; }
  std::int64_t all_rows() const noexcept { return shape_.variables * rows(); }
  bool has_shares() const noexcept { return shape_.steps > 1; }

  // As that of the mlp (finn/networks/mlp.hpp).
  template <class T>
  core::Jet<T> mixed_partial(core::Tape<T>& tape, const ops::Seed<T>& seed, const T* weights,
                             T* adjoints) const {
    if (blocks_.size() == 1) {
      return ops::sum_of_products(tape, seed, parameters(blocks_[0], weights, adjoints));
    }
    const core::Jet<T> all = ops::zeros(tape, shape_.outputs);
    for (const TermLayout& at : blocks_) {
      const auto part = ops::sum_of_products(tape, seed, parameters(at, weights, adjoints));
      ops::add_rows(tape, T(1), part, at.first_output, all);
    }
    return all;
  }

  template <class T>
  ops::ProductParameters<T> parameters(const TermLayout& at, const T* weights, T* adjoints) const {
    ops::ProductParameters<T> result{shape_.terms, shape_.steps, at.outputs};
    result.slopes = weights + at.slopes;
    result.biases = weights + at.biases;
    result.shares = has_shares() ? weights + at.shares : nullptr;
    result.coefficients = weights + at.coefficients;
    if (adjoints == nullptr) return result;
    result.slope_adjoint = adjoints + at.slopes;
    result.bias_adjoint = adjoints + at.biases;
    result.share_adjoint = has_shares() ? adjoints + at.shares : nullptr;
    result.coefficient_adjoint = adjoints + at.coefficients;
    return result;
  }

  // weights: slopes and coefficients through the positivity map, shares through softmax.
  template <class T, class U>
  void map_parameters(const T* parameters, U* weights) const {
    std::transform(parameters, parameters + parameter_count_, weights,
                   [](T parameter) { return static_cast<U>(parameter); });
    for (const TermLayout& at : blocks_) {
      for (const Piece& piece : positive_pieces(at)) {
        ops::map_weights(shape_.positivity, weights + piece.begin, piece.count,
                         weights + piece.begin);
      }
      if (!has_shares()) continue;
      ops::softmax(weights + at.shares, groups(), shape_.steps, weights + at.shares);
    }
  }

  // Turns dLoss/dweights into dLoss/dparameters, in place.
  template <class T>
  void pull_back(const T* parameters, T* adjoints) const {
    for (const TermLayout& at : blocks_) {
      for (const Piece& piece : positive_pieces(at)) {
        ops::pull_back_weights(shape_.positivity, parameters + piece.begin, piece.count,
                               adjoints + piece.begin);
      }
      if (!has_shares()) continue;
      ops::pull_back_softmax(parameters + at.shares, groups(), shape_.steps, adjoints + at.shares);
    }
  }

 private:
  struct Piece {
    std::int64_t begin, count;
  };
  std::array<Piece, 2> positive_pieces(const TermLayout& at) const {
    return {
        {{at.slopes, all_rows()}, {at.coefficients, std::int64_t{1} * at.outputs * shape_.terms}}};
  }
  std::int64_t groups() const { return std::int64_t{1} * shape_.variables * shape_.terms; }

  NetworkShape shape_;
  std::vector<TermLayout> blocks_;
  std::int64_t parameter_count_ = 0;
};

}  // namespace finn::net
