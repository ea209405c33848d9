// y_o = sum over terms j of c_oj prod over axes i of p_ij(x_i), a sum of products of functions of
// one variable each, with p_ij = Phi_ij or its derivative where the seed has a direction in x_i:
//   Phi_ij(x) = sum over steps k of a_ijk sigma_1(w_ijk x + b_ijk).
//
// So any mixed partial is one such sum: nothing grows like 2^n, and for a, w, c >= 0 nothing
// subtracts. Forward, axis by axis, with the products of the first axes; in the sweep the products
// of the last axes are made on the way back, so that nothing is divided: with P_i the product of
// the axes before i and Q_i that of the axes after i times y's adjoint, the adjoint of p_i is
// P_i Q_i.
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/affine.hpp"
#include "ops/kernels/table.hpp"
#include "ops/seed.hpp"

namespace finn::ops {

// Arrays [axes][terms][steps], coefficients [outputs][terms]; adjoints likewise, null when the tape
// does not record. shares is null when all are 1.
template <class T>
struct ProductParameters {
  int terms = 0;
  int steps = 0;
  int outputs = 0;
  const T *slopes = nullptr, *biases = nullptr, *shares = nullptr, *coefficients = nullptr;
  T *slope_adjoint = nullptr, *bias_adjoint = nullptr, *share_adjoint = nullptr,
    *coefficient_adjoint = nullptr;

  std::int64_t rows() const { return std::int64_t{1} * terms * steps; }
};

template <class T>
struct SumOfProducts {
  core::Jet<T> x, y;
  ProductParameters<T> parameters;
  const T* rates;  // [axes], 0 where x_i has no direction
  T* factors;      // [axes][terms][steps]: what multiplies sigma_1 or sigma_0
  // [axes][terms][steps][lanes] of sigma_1 or sigma_0, and further on their derivatives; of one
  // axis after the other and without derivatives when the tape does not record.
  T* values;
  std::ptrdiff_t slope_offset;  // from the values to the derivatives; 0 for none
  T* sums;                      // [axes][terms][lanes]: p_ij
  T* products;                  // [axes][terms][lanes]: p_1j .. p_ij
  T* sweep_scratch;             // [steps + 2][terms][lanes] and [terms][steps]

  bool recording() const { return slope_offset != 0; }

  void evaluate() const {
    for (int axis = 0; axis < x.features; ++axis) evaluate_axis(axis);
    kernels<T>().affine(read_out_shape(), parameters.coefficients, nullptr,
                        plane(products, x.features - 1), y.value);
  }

  void transpose() const {
    T* running = sweep_scratch + parameters.rows() * x.lanes;
    std::fill_n(running, plane_size(), T(0));
    kernels<T>().affine_weights(read_out_shape(), y.adjoint, plane(products, x.features - 1),
                                parameters.coefficient_adjoint, nullptr);
    kernels<T>().affine_input(read_out_shape(), parameters.coefficients, y.adjoint, running);
    for (int axis = x.features - 1; axis >= 0; --axis) transpose_axis(axis, running);
  }

 private:
  std::ptrdiff_t plane_size() const {
    return static_cast<std::ptrdiff_t>(parameters.terms) * x.lanes;
  }
  RowShape whole_plane() const { return {1, plane_size(), plane_size()}; }
  T* plane(T* planes, int axis) const { return planes + axis * plane_size(); }
  std::int64_t at(int axis) const { return axis * parameters.rows(); }
  T* axis_values(int axis) const { return values + (recording() ? at(axis) * x.lanes : 0); }
  AffineShape<T> read_out_shape() const { return {parameters.terms, y.features, 1, x.lanes, 0, 0}; }
  AffineShape<T> axis_shape() const {
    return {1, static_cast<int>(parameters.rows()), 1, x.lanes, 0, 0};
  }

  void evaluate_axis(int axis) const {
    const KernelTable<T>& table = kernels<T>();
    const std::ptrdiff_t size = parameters.rows() * x.lanes;
    T* value = axis_values(axis);
    T* argument = sweep_scratch;
    table.affine(axis_shape(), parameters.slopes + at(axis), parameters.biases + at(axis),
                 x.row(0, axis), argument);
    if (rates[axis] == 0) {
      table.sigma_family(1, recording() ? 2 : 1, argument, size, value, slope_offset);
    } else {
      table.gaussian(argument, size, value, recording() ? value + slope_offset : nullptr);
    }
    make_factors(axis);
    table.step_sums(parameters.terms, parameters.steps, factors + at(axis), value, x.lanes,
                    plane(sums, axis));
    if (axis == 0) {
      std::copy_n(sums, plane_size(), products);
    } else {
      table.multiply_add(whole_plane(), plane(products, axis - 1), plane(sums, axis), nullptr,
                         plane(products, axis));
    }
  }

  void make_factors(int axis) const {
    const T rate = rates[axis];
    for (std::int64_t r = at(axis); r < at(axis + 1); ++r) {
      const T share = parameters.shares == nullptr ? T(1) : parameters.shares[r];
      factors[r] = rate == 0 ? share : share * (parameters.slopes[r] * rate);
    }
  }

  // running: Q of this axis on entry, of the axis before on return.
  void transpose_axis(int axis, T* running) const {
    const KernelTable<T>& table = kernels<T>();
    T* sum_adjoint = running + plane_size();
    T* factor_adjoint = sum_adjoint + plane_size();
    T* argument_adjoint = sweep_scratch;
    const T* value = axis_values(axis);
    if (axis == 0) {
      std::copy_n(running, plane_size(), sum_adjoint);
    } else {
      table.multiply_add(whole_plane(), running, plane(products, axis - 1), nullptr, sum_adjoint);
      table.multiply_add(whole_plane(), running, plane(sums, axis), nullptr, running);
    }
    table.step_sums_transpose(parameters.terms, parameters.steps, factors + at(axis), value,
                              value + slope_offset, sum_adjoint, x.lanes, argument_adjoint,
                              factor_adjoint);
    table.affine_weights(axis_shape(), argument_adjoint, x.row(0, axis),
                         parameters.slope_adjoint + at(axis), parameters.bias_adjoint + at(axis));
    table.affine_input(axis_shape(), parameters.slopes + at(axis), argument_adjoint,
                       x.adjoint_row(0, axis));
    add_factor_adjoints(axis, factor_adjoint);
  }

  void add_factor_adjoints(int axis, const T* factor_adjoint) const {
    const T rate = rates[axis];
    for (std::int64_t r = at(axis); r < at(axis + 1); ++r) {
      const T above = *factor_adjoint++;
      const T share = parameters.shares == nullptr ? T(1) : parameters.shares[r];
      const T moved = rate == 0 ? T(1) : parameters.slopes[r] * rate;
      if (parameters.shares != nullptr) parameters.share_adjoint[r] += above * moved;
      parameters.slope_adjoint[r] += above * share * rate;
    }
  }
};

// [outputs] plain values: the mixed partial over the directions of the seed.
template <class T>
core::Jet<T> sum_of_products(core::Tape<T>& tape, const Seed<T>& seed,
                             const ProductParameters<T>& parameters) {
  const int axes = seed.x.features;
  const std::int64_t size = parameters.rows() * seed.x.lanes;
  const std::int64_t plane = std::int64_t{1} * parameters.terms * seed.x.lanes;
  const std::int64_t kept = tape.recording() ? 2 * axes : 1;
  T* rates = tape.scratch(axes);
  std::fill_n(rates, axes, T(0));
  for (int j = 0; j < seed.directions; ++j) {
    const auto direction = static_cast<std::size_t>(j);
    rates[seed.feature[direction]] = seed.rate[direction];
  }
  SumOfProducts<T> operation{};
  operation.x = seed.x;
  operation.y = tape.value(parameters.outputs);
  operation.parameters = parameters;
  operation.rates = rates;
  operation.factors = tape.scratch(axes * parameters.rows());
  operation.values = tape.scratch(kept * size);
  operation.slope_offset = tape.recording() ? axes * size : 0;
  operation.sums = tape.scratch(axes * plane);
  operation.products = tape.scratch(axes * plane);
  operation.sweep_scratch = tape.sweep_scratch(size + 2 * plane + parameters.rows());
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

}  // namespace finn::ops
