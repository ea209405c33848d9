// The top coefficient of y = phi(W x + b), over all n >= 1 variables, as a plain value: what is
// left of a last hidden layer when only the mixed partial over all variables is wanted.
//
// With g = phi' o z, y[top] = sum over S without variable n of g[S] z[top \ S], and in the sweep
// z_adjoint[T] = y_adjoint g[top \ T]: 2^n terms instead of the 3^n of a whole composition.
#pragma once

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/activation.hpp"
#include "ops/affine.hpp"
#include "ops/compose.hpp"
#include "ops/dense.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

template <class T>
struct DenseTop {
  core::Jet<T> x, y;  // y without variables
  Layer<T> layer;
  core::Jet<T> g;
  T* z_adjoint;  // layout of g

  void transpose() const {
    const KernelTable<T>& table = kernels<T>();
    table.top_correlation(x.variables, y.adjoint, g.value, g.stride, z_adjoint, g.stride,
                          static_cast<int>(y.size()));
    const AffineShape<T> shape = affine_shape(x, layer.out, g.stride);
    table.affine_weights(shape, z_adjoint, x.value, layer.weight_adjoint, layer.bias_adjoint);
    table.affine_input(shape, layer.weights, z_adjoint, x.adjoint);
  }
};

// phi' as an activation of its own: one of the same family if it has such a one, as an order less
// is less work, else rows 1 .. of the derivatives of phi.
template <class T>
void compose_derivative(const Activation<T>& phi, const core::Jet<T>& z, int variables, int size,
                        T* g, std::ptrdiff_t g_stride) {
  constexpr int piece = kComposedLanes<T>;
  alignas(core::kPackBytes) T derivatives[(core::kMaxVariables + 2) * piece];
  const int skipped = phi.derivative_order > 0 ? 0 : 1;
  const int order = skipped == 0 ? phi.derivative_order : phi.order;
  const int whole = static_cast<int>(core::whole_packs<T>(size));
  for (int i = 0; i < whole; i += piece) {
    const int lanes = std::min(piece, whole - i);
    phi.derivatives(order, variables + 1 + skipped, z.value + i, lanes, derivatives, lanes);
    kernels<T>().compose[variables](derivatives + skipped * lanes, z.value + i, z.stride, g + i,
                                    g_stride, nullptr, 0, lanes);
  }
}

template <class T>
core::Jet<T> dense_top(core::Tape<T>& tape, const core::Jet<T>& x, const Layer<T>& layer,
                       const Activation<T>& phi) {
  const int n = x.variables;
  const core::Jet<T> y = tape.value(layer.out);
  // The sweep needs all of g, the value only the coefficients without variable n.
  const int variables = tape.recording() ? n : n - 1;
  const core::Jet<T> g = tape.scratch_jet(variables, layer.out);
  for_rows_of_affine(tape, x, layer, [&](int row, int rows, const core::Jet<T>& z) {
    const int size = rows * z.lanes;
    compose_derivative(phi, z, variables, size, g.row(0, row), g.stride);
    kernels<T>().top_product(n, g.row(0, row), g.stride, z.value, z.stride, y.row(0, row), size);
  });
  if (tape.recording()) {
    tape.record(DenseTop<T>{x, y, layer, g, tape.sweep_scratch(g.extent())});
  }
  return y;
}

}  // namespace finn::ops
