// y = phi(z): an activation applied to jets.
//
// Forward, by peeling variables (core/subset.hpp). Reverse, one rule for every activation and n:
// dy = (phi' o z) dz in the algebra, so with g = phi' o z, a by-product of the forward pass,
//   z_adjoint[T] += sum over S containing T of y_adjoint[S] g[S \ T].
#pragma once

#include "core/tape.hpp"
#include "ops/activation.hpp"

namespace finn::ops {

template <class T>
struct Compose {
  core::Jet<T> z, y;
  const T* g;  // layout of z

  void transpose() const {
    const auto add_correlation = kernels<T>().add_correlation[z.variables];
    for (int feature = 0; feature < z.features; ++feature) {
      add_correlation(y.adjoint_row(0, feature), y.stride, g + feature * z.lanes, z.stride,
                      z.adjoint_row(0, feature), z.stride, z.lanes);
    }
  }
};

template <class T>
core::Jet<T> compose(core::Tape<T>& tape, const core::Jet<T>& z, const Activation<T>& phi) {
  const core::Jet<T> y = tape.jet(z.variables, z.features);
  const bool recording = tape.recording();
  T* g = recording ? tape.scratch(static_cast<std::int64_t>(z.coefficients()) * z.stride) : nullptr;
  const int count = z.variables + (recording ? 2 : 1);
  alignas(core::kPackBytes) T derivatives[(core::kMaxVariables + 2) * core::kTileLanes<T>];
  for (int feature = 0; feature < z.features; ++feature) {
    phi.derivatives(phi.order, count, z.row(0, feature), z.lanes, derivatives, z.lanes);
    kernels<T>().compose[z.variables](derivatives, z.row(0, feature), z.stride, y.row(0, feature),
                                      y.stride, recording ? g + feature * z.lanes : nullptr,
                                      z.stride, z.lanes);
  }
  tape.record(Compose<T>{z, y, g});
  return y;
}

}  // namespace finn::ops
