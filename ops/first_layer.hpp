// y = phi(W x + b) where x is the input of the network: each direction of the jets moves one
// feature at a constant rate.
//
// Then z = W x + b has z[{j}] = rate_j W[.][feature_j], the same for all samples, and no higher
// coefficients: y[S] = phi^(|S|)(z[{}]) c[S], where c[S] = product over j in S of z[{j}] belongs to
// the neuron. 2^n terms instead of 3^n, and one plane in the matrix products instead of 2^n.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/activation.hpp"
#include "ops/affine.hpp"
#include "ops/kernels/table.hpp"
#include "ops/seed.hpp"

namespace finn::ops {

// c[S] for one neuron with the given weights.
template <class T>
void first_layer_factors(const Seed<T>& seed, const T* weights, T* factors) {
  factors[0] = T(1);
  for (int j = 0; j < seed.directions; ++j) {
    const auto at = static_cast<std::size_t>(j);
    const T slope = seed.rate[at] * weights[seed.feature[at]];
    for (int s = 0; s < 1 << j; ++s) factors[(1 << j) + s] = factors[s] * slope;
  }
}

template <class T>
struct FirstLayer {
  Seed<T> seed;
  core::Jet<T> y;
  Layer<T> layer;
  const T* derivatives;  // [directions + 2] planes of y's size
  T* z_adjoint;          // one plane

  void transpose() const {
    const KernelTable<T>& table = kernels<T>();
    for (int o = 0; o < layer.out; ++o) transpose_neuron(table, o);
    const AffineShape<T> shape = affine_shape(seed.x, layer.out, 0);
    table.affine_weights(shape, z_adjoint, seed.x.value, layer.weight_adjoint, layer.bias_adjoint);
    table.affine_input(shape, layer.weights, z_adjoint, seed.x.adjoint);
  }

 private:
  void transpose_neuron(const KernelTable<T>& table, int o) const {
    T factors[std::size_t{1} << core::kMaxVariables],
        adjoints[std::size_t{1} << core::kMaxVariables];
    first_layer_factors(seed, layer.weights + o * layer.in, factors);
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(o) * y.lanes;
    table.seeded_transpose(seed.directions, factors, derivatives + at, y.size(), y.adjoint + at,
                           y.stride, y.lanes, z_adjoint + at, adjoints);
    for (int j = 0; j < seed.directions; ++j) {
      const core::Subset direction = core::Subset{1} << j;
      T sum(0);
      for (core::Subset above = direction; above < y.coefficients(); above += 2 * direction) {
        for (core::Subset s = above; s < above + direction; ++s) {
          sum += adjoints[s] * factors[s - direction];
        }
      }
      const auto which = static_cast<std::size_t>(j);
      layer.weight_adjoint[o * layer.in + seed.feature[which]] += seed.rate[which] * sum;
    }
  }
};

template <class T>
core::Jet<T> first_layer(core::Tape<T>& tape, const Seed<T>& seed, const Layer<T>& layer,
                         const Activation<T>& phi) {
  const int n = seed.directions;
  const core::Jet<T> y = tape.jet(n, layer.out);
  const int count = n + (tape.recording() ? 2 : 1);
  const std::ptrdiff_t size = y.size();
  T* z = tape.scratch(size);
  T* derivatives = tape.scratch(count * size);
  const KernelTable<T>& table = kernels<T>();
  table.affine(affine_shape(seed.x, layer.out, 0), layer.weights, layer.bias, seed.x.value, z);
  phi.derivatives(phi.order, count, z, size, derivatives, size);
  T factors[std::size_t{1} << core::kMaxVariables];
  for (int o = 0; o < layer.out; ++o) {
    first_layer_factors(seed, layer.weights + o * layer.in, factors);
    table.seeded_composition(n, factors, derivatives + o * y.lanes, size, y.row(0, o), y.stride,
                             y.lanes);
  }
  if (tape.recording()) {
    tape.record(FirstLayer<T>{seed, y, layer, derivatives, tape.sweep_scratch(size)});
  }
  return y;
}

}  // namespace finn::ops
