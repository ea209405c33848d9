// What a sum of products is made of (ops/sum_of_products.hpp), and in which blocks it is taken.
#pragma once

#include <algorithm>
#include <cstdint>

#include "ops/kernels/table.hpp"

namespace finn::ops {

// What p_ij is on an axis: Phi_ij(x_i); its derivative times a rate; Phi_ij over an interval.
enum class AxisRole { antiderivative, density, integral };

template <class T>
struct ProductAxis {
  AxisRole role = AxisRole::antiderivative;
  T rate{};
  Interval<T> interval{};
};

// a, w, b are [axes][terms][normals] and c [outputs][terms], each with [lanes] behind it where
// every lane has its own: of a, w and b none, b, or all (NormalOperand). Adjoints likewise, null
// when the tape does not record. shares without values are 1. No axis is an antiderivative where
// any but the coefficients are of lanes.
template <class T>
struct ProductParameters {
  int terms = 0;
  int normals = 0;
  int outputs = 0;
  NormalOperand<T> slopes, biases, shares, coefficients;

  std::int64_t rows() const { return std::int64_t{1} * terms * normals; }
};

// How terms are taken: a block has values of 256 KiB; for a sweep up to 4 MiB are kept.
template <class T>
struct TermBlocks {
  int block;
  bool keeps;
  std::int64_t kept;  // terms for which there is room

  TermBlocks(const ProductParameters<T>& parameters, int axes, bool derivatives, int lanes,
             bool recording) {
    const std::int64_t normals = parameters.normals * (derivatives ? 2 : 1) + 2;
    const std::int64_t bytes = normals * axes * lanes * static_cast<std::int64_t>(sizeof(T));
    const std::int64_t terms = std::clamp<std::int64_t>((1 << 18) / bytes, 1, parameters.terms);
    const std::int64_t blocks = (parameters.terms + terms - 1) / terms;
    block = static_cast<int>(terms);
    keeps = blocks == 1 || (recording && blocks * terms * bytes <= 1 << 22);
    kept = keeps ? blocks * terms : terms;
  }
};

}  // namespace finn::ops
