// y = phi(z): an activation applied to jets.
//
// Forward, by peeling variables (core/subset.hpp). Reverse, one rule for every activation and n:
// dy = (phi' o z) dz in the algebra, so with g = phi' o z, a by-product of the forward pass,
//   z_adjoint[T] += sum over S containing T of y_adjoint[S] g[S \ T].
#pragma once

#include <algorithm>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/activation.hpp"
#include "ops/kernels/table.hpp"

namespace finn::ops {

// How many elements are composed at a time: as many as the sigma family takes at once.
template <class T>
inline constexpr int kComposedLanes = 2 * core::kTileLanes<T>;

// Planes of z and y, and of g unless null, in pieces: [coefficient] planes of `size`
// elements at their strides, up to the end of the last pack.
template <class T>
void compose_planes(const Activation<T>& phi, int variables, int size, const T* z,
                    std::ptrdiff_t z_stride, T* y, std::ptrdiff_t y_stride, T* g,
                    std::ptrdiff_t g_stride) {
  constexpr int piece = kComposedLanes<T>;
  alignas(core::kPackBytes) T derivatives[(core::kMaxVariables + 2) * piece];
  const int count = variables + (g == nullptr ? 1 : 2);
  const int whole = static_cast<int>(core::whole_packs<T>(size));
  for (int i = 0; i < whole; i += piece) {
    const int lanes = std::min(piece, whole - i);
    phi.derivatives(phi.order, count, z + i, lanes, derivatives, lanes);
    kernels<T>().compose[variables](derivatives, z + i, z_stride, y + i, y_stride,
                                    g == nullptr ? nullptr : g + i, g_stride, lanes);
  }
}

template <class T>
struct Compose {
  core::Jet<T> z, y;
  const T* g;  // layout of z

  void transpose() const {
    kernels<T>().correlation[z.variables](y.adjoint, y.stride, g, z.stride, z.adjoint, z.stride,
                                          static_cast<int>(z.size()), true);
  }
};

template <class T>
core::Jet<T> compose(core::Tape<T>& tape, const core::Jet<T>& z, const Activation<T>& phi) {
  const core::Jet<T> y = tape.jet(z.variables, z.features);
  T* g = tape.recording() ? tape.scratch(z.extent()) : nullptr;
  compose_planes(phi, z.variables, static_cast<int>(z.size()), z.value, z.stride, y.value, y.stride,
                 g, z.stride);
  tape.record(Compose<T>{z, y, g});
  return y;
}

}  // namespace finn::ops
