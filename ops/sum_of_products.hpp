// y_o = sum over terms j of c_oj prod over axes i of p_ij, a sum of products of functions of one
// variable each, with p_ij = Phi_ij(x_i), its derivative, or its difference over an interval:
//   Phi_ij(x) = sum over normals k of a_ijk sigma_1(w_ijk x + b_ijk).
//
// So any mixed partial, integrated over any of its other variables, is one such sum: nothing grows
// like 2^n, and for a, w, c >= 0 nothing subtracts. Forward, axis by axis, with the products of the
// first axes; in the sweep the products of the last axes are made on the way back, so that nothing
// is divided: with P_i the product of the axes before i and Q_i that of the axes after i times y's
// adjoint, the adjoint of p_i is P_i Q_i.
//
// Terms are taken in blocks whose values fit into the second-level cache. The values of all blocks
// are kept for the sweep where they take some megabytes at most; otherwise it makes them anew block
// by block, which costs less than to bring them back from memory. What is below Underflow::factor
// is 0 (ops/kernels/underflow.hpp).
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"
#include "ops/product_parameters.hpp"
#include "ops/seed.hpp"

namespace finn::ops {

template <class T>
struct SumOfProducts {
  core::Jet<T> x, y;  // x is not read where all axes are integrals
  ProductParameters<T> parameters;
  int axes;
  const ProductAxis<T>* roles;  // [axes]
  int block;                    // terms that are taken at once
  bool recording, keeps;        // keeps: the values of all blocks, or those of the last one
  // [axes][block] for each block that is kept: what the kernels keep, sigma_0, sigma_1 or its
  // differences, and where an axis is an antiderivative its derivative, [normals][lanes] each; p_ij
  // and p_1j .. p_ij, [lanes] each.
  T *values, *slopes, *sums, *products;
  T* last;           // [terms][lanes]: the products over all axes
  T* sweep_scratch;  // [block][normals + 1][lanes], [terms][lanes] and 2 [block][normals]

  void evaluate() const {
    for (int first = 0; first < parameters.terms; first += block) {
      evaluate_block(first);
      std::copy_n(plane(products, axes - 1, first), count(first) * lanes(), last + first * lanes());
    }
    const KernelTable<T>& table = kernels<T>();
    if (parameters.coefficients.of_lanes) {
      table.lane_affine(read_out_shape(), parameters.coefficients.value, last, y.value);
    } else {
      table.affine(read_out_shape(), parameters.coefficients.value, nullptr, last, y.value);
    }
  }

  void transpose() const {
    T* running = running_adjoints();
    std::fill_n(running, parameters.terms * lanes(), T(0));
    transpose_read_out(running);
    for (int first = 0; first < parameters.terms; first += block) {
      if (!keeps) evaluate_block(first);
      for (int axis = axes - 1; axis >= 0; --axis) {
        transpose_axis(axis, first, running + first * lanes());
      }
    }
  }

 private:
  std::ptrdiff_t lanes() const { return y.lanes; }
  int count(int first) const { return std::min(block, parameters.terms - first); }
  std::ptrdiff_t block_rows() const { return std::ptrdiff_t{1} * block * parameters.normals; }
  // Which plane of [lanes] values of all terms is that of an axis in a block.
  std::ptrdiff_t place(int axis, int first) const {
    return (keeps ? std::ptrdiff_t{1} * first / block * axes : 0) + axis;
  }
  T* plane(T* planes, int axis, int first) const {
    return planes + place(axis, first) * block * lanes();
  }
  T* rows_of(T* rows, int axis, int first) const {
    return rows + place(axis, first) * block_rows() * lanes();
  }
  T* argument() const { return sweep_scratch; }
  T* sum_adjoints() const { return sweep_scratch + block_rows() * lanes(); }
  T* running_adjoints() const { return sum_adjoints() + block * lanes(); }
  T* ones() const { return running_adjoints() + parameters.terms * lanes(); }
  T* share_adjoints() const { return ones() + block_rows(); }
  AffineShape<T> read_out_shape() const { return {parameters.terms, y.features, 1, y.lanes, 0, 0}; }

  // Of the rows from `begin` on.
  NormalOperand<T> rows_from(const NormalOperand<T>& all, std::ptrdiff_t begin) const {
    const std::ptrdiff_t at = all.of_lanes ? begin * lanes() : begin;
    return {all.value == nullptr ? nullptr : all.value + at,
            all.adjoint == nullptr ? nullptr : all.adjoint + at, all.of_lanes};
  }
  NormalSums<T> normals_of(int axis, int first) const {
    const std::ptrdiff_t at =
        axis * parameters.rows() + std::ptrdiff_t{1} * first * parameters.normals;
    NormalSums<T> of{};
    of.terms = count(first);
    of.normals = parameters.normals;
    of.lanes = y.lanes;
    of.slopes = rows_from(parameters.slopes, at);
    of.biases = rows_from(parameters.biases, at);
    of.shares = rows_from(parameters.shares, at);
    of.rate = roles[axis].rate;
    of.interval = roles[axis].interval;
    if (roles[axis].role == AxisRole::integral) return of;
    of.x = x.row(0, axis);
    if (recording) of.x_adjoint = x.adjoint_row(0, axis);
    return of;
  }

  void evaluate_block(int first) const {
    const std::ptrdiff_t size = count(first) * lanes();
    for (int axis = 0; axis < axes; ++axis) {
      evaluate_axis(axis, first);
      if (axis == 0) {
        std::copy_n(plane(sums, 0, first), size, plane(products, 0, first));
      } else {
        kernels<T>().product_or_zero(plane(products, axis - 1, first), plane(sums, axis, first),
                                     size, plane(products, axis, first));
      }
    }
  }

  void evaluate_axis(int axis, int first) const {
    const NormalSums<T> of = normals_of(axis, first);
    T* kept = recording ? rows_of(values, axis, first) : nullptr;
    T* sum = plane(sums, axis, first);
    switch (roles[axis].role) {
      case AxisRole::antiderivative:
        return evaluate_antiderivatives(of, rows_of(values, axis, first), sum);
      case AxisRole::density:
        return kernels<T>().normal_sums(of, kept, sum);
      case AxisRole::integral:
        return kernels<T>().normal_integrals(of, kept, sum);
    }
  }

  void transpose_read_out(T* running) const {
    const KernelTable<T>& table = kernels<T>();
    const NormalOperand<T>& c = parameters.coefficients;
    if (c.of_lanes) {
      table.lane_affine_transpose(read_out_shape(), c.value, last, y.adjoint, c.adjoint, running);
    } else {
      table.affine_weights(read_out_shape(), y.adjoint, last, c.adjoint, nullptr);
      table.affine_input(read_out_shape(), c.value, y.adjoint, running);
    }
  }

  // running: Q of this axis on entry, of the axis before on return.
  void transpose_axis(int axis, int first, T* running) const {
    const KernelTable<T>& table = kernels<T>();
    const NormalSums<T> of = normals_of(axis, first);
    const std::ptrdiff_t size = count(first) * lanes();
    const T* sum_adjoint = running;
    if (axis > 0) {
      table.product_or_zero(running, plane(products, axis - 1, first), size, sum_adjoints());
      sum_adjoint = sum_adjoints();
    }
    const T* value = rows_of(values, axis, first);
    switch (roles[axis].role) {
      case AxisRole::antiderivative:
        transpose_antiderivatives(of, value, rows_of(slopes, axis, first), sum_adjoint);
        break;
      case AxisRole::density:
        table.normal_sums_transpose(of, value, sum_adjoint);
        break;
      case AxisRole::integral:
        table.normal_integrals_transpose(of, value, sum_adjoint);
        break;
    }
    if (axis > 0) table.product_or_zero(running, plane(sums, axis, first), size, running);
  }

  // By the functions of the sigma family.
  void evaluate_antiderivatives(const NormalSums<T>& of, T* value, T* sum) const {
    const KernelTable<T>& table = kernels<T>();
    const AffineShape<T> shape{1, of.terms * of.normals, 1, of.lanes, 0, 0};
    table.affine(shape, of.slopes.value, of.biases.value, of.x, argument());
    table.sigma_family(1, recording ? 2 : 1, argument(), shape.out * lanes(), value,
                       recording ? slopes - values : 0, Underflow<T>::factor);
    table.step_sums(of.terms, of.normals, shares(of), value, of.lanes, sum);
  }
  void transpose_antiderivatives(const NormalSums<T>& of, const T* value, const T* slope,
                                 const T* sum_adjoint) const {
    const KernelTable<T>& table = kernels<T>();
    const AffineShape<T> shape{1, of.terms * of.normals, 1, of.lanes, 0, 0};
    table.step_sums_transpose(of.terms, of.normals, shares(of), value, slope, sum_adjoint, of.lanes,
                              argument(), share_adjoints());
    table.affine_weights(shape, argument(), of.x, of.slopes.adjoint, of.biases.adjoint);
    table.affine_input(shape, of.slopes.value, argument(), of.x_adjoint);
    for (int r = 0; of.shares.adjoint != nullptr && r < shape.out; ++r) {
      of.shares.adjoint[r] += share_adjoints()[r];
    }
  }
  const T* shares(const NormalSums<T>& of) const {
    if (of.shares.value != nullptr) return of.shares.value;
    std::fill_n(ones(), block_rows(), T(1));
    return ones();
  }
};

// [outputs] plain values, for axes with these roles [axes], which live as long as the tile. x
// [axes] is not read where an axis is an integral.
template <class T>
core::Jet<T> sum_of_products(core::Tape<T>& tape, const core::Jet<T>& x, int axes,
                             const ProductAxis<T>* roles, const ProductParameters<T>& parameters) {
  const bool derivatives =
      tape.recording() && std::any_of(roles, roles + axes, [](const ProductAxis<T>& axis) {
        return axis.role == AxisRole::antiderivative;
      });
  const std::int64_t lanes = tape.lanes();
  const TermBlocks<T> blocks(parameters, axes, derivatives, tape.lanes(), tape.recording());
  const std::int64_t planes = blocks.kept * axes * lanes;
  SumOfProducts<T> operation{};
  operation.x = x;
  operation.y = tape.value(parameters.outputs);
  operation.parameters = parameters;
  operation.axes = axes;
  operation.roles = roles;
  operation.block = blocks.block;
  operation.recording = tape.recording();
  operation.keeps = blocks.keeps;
  operation.values = tape.scratch((derivatives ? 2 : 1) * planes * parameters.normals);
  operation.slopes = operation.values + (derivatives ? planes * parameters.normals : 0);
  operation.sums = tape.scratch(planes);
  operation.products = tape.scratch(planes);
  operation.last = tape.scratch(parameters.terms * lanes);
  const std::int64_t rows = std::int64_t{1} * blocks.block * parameters.normals;
  operation.sweep_scratch =
      tape.sweep_scratch(rows * (lanes + 2) + (blocks.block + parameters.terms) * lanes);
  operation.evaluate();
  tape.record(operation);
  return operation.y;
}

// The mixed partial over the directions of the seed.
template <class T>
core::Jet<T> sum_of_products(core::Tape<T>& tape, const Seed<T>& seed,
                             const ProductParameters<T>& parameters) {
  const int axes = seed.x.features;
  auto* roles = tape.template array<ProductAxis<T>>(axes);
  std::fill_n(roles, axes, ProductAxis<T>{});
  for (int j = 0; j < seed.directions; ++j) {
    const auto direction = static_cast<std::size_t>(j);
    ProductAxis<T>& axis = roles[seed.feature[direction]];
    axis.role = AxisRole::density;
    axis.rate = seed.rate[direction];
  }
  return sum_of_products(tape, seed.x, axes, roles, parameters);
}

// The integral over an interval for each axis.
template <class T>
core::Jet<T> integral_of_products(core::Tape<T>& tape, int axes, const Interval<T>* intervals,
                                  const ProductParameters<T>& parameters) {
  auto* roles = tape.template array<ProductAxis<T>>(axes);
  for (int i = 0; i < axes; ++i) roles[i] = {AxisRole::integral, T(0), intervals[i]};
  return sum_of_products(tape, core::Jet<T>{}, axes, roles, parameters);
}

}  // namespace finn::ops
