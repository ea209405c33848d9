// The activations: each by its derivatives, which are all that composition and its reverse rule
// need, and by what the rest of the library asks of it.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "ops/kernels/table.hpp"
#include "ops/kernels/underflow.hpp"

namespace finn::ops {

template <class T>
struct Activation {
  // Writes out[k * stride + i] = k-th derivative at x[i] for k < count, i < lanes. count is at
  // most kMaxVariables + 2, lanes a multiple of kPackLanes<T>.
  void (*derivatives)(int order, int count, const T* x, std::ptrdiff_t lanes, T* out,
                      std::ptrdiff_t stride);
  int order = 0;             // handed to derivatives
  int derivative_order = 0;  // the order of the derivative where it is of the same family, or 0
};

enum class ActivationKind { sigma, tanh, softplus, sine };

// name: as error messages spell it. has_order: whether it is a family, one function for each number
// of variables. non_negative: whether its derivatives, up to the one of its order, are all >= 0, so
// that a network of non-negative weights has a mixed partial >= 0.
struct ActivationProperties {
  ActivationKind kind;
  const char* name;
  bool has_order;
  bool non_negative;
};

// In the order of ActivationKind.
inline constexpr ActivationProperties kActivations[] = {
    {ActivationKind::sigma, "sigma", true, true},
    {ActivationKind::tanh, "tanh", false, false},
    {ActivationKind::softplus, "softplus", false, false},
    {ActivationKind::sine, "sine", false, false},
};

constexpr const ActivationProperties& properties(ActivationKind kind) {
  return kActivations[static_cast<std::size_t>(kind)];
}

// sigma_order, the (order - 1)-fold integral of (1 + erf)/2; 1 <= order <= 8.
template <class T>
Activation<T> sigma(int order) {
  return {
      [](int sigma, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
        kernels<T>().sigma_family(sigma, count, x, lanes, out, stride, Underflow<T>::factor);
      },
      order, order - 1};
}

// A kernel without order as an activation.
template <class T, auto family>
Activation<T> without_order() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            (kernels<T>().*family)(count, x, lanes, out, stride);
          },
          0};
}

template <class T>
Activation<T> tanh() {
  return without_order<T, &KernelTable<T>::tanh_family>();
}

// log(1 + exp(x)).
template <class T>
Activation<T> softplus() {
  return without_order<T, &KernelTable<T>::softplus_family>();
}

template <class T>
Activation<T> sine() {
  return without_order<T, &KernelTable<T>::sine_family>();
}

// The activation of a network of `order` variables; only sigma asks for the order.
template <class T>
Activation<T> activation(ActivationKind kind, int order) {
  switch (kind) {
    case ActivationKind::sigma:
      return sigma<T>(order);
    case ActivationKind::tanh:
      return tanh<T>();
    case ActivationKind::softplus:
      return softplus<T>();
    case ActivationKind::sine:
      break;
  }
  return sine<T>();
}

// The derivative of sigma_1 of this order, 1 .. kMaxVariables: sigma_{1 - order}, which changes
// sign from the order 2 on. With one derivative at most.
template <class T>
Activation<T> sigma_derivative(int order) {
  return {
      [](int first, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
        constexpr std::ptrdiff_t piece = core::kPackLanes<T>;
        alignas(core::kPackBytes) T family[(core::kMaxVariables + 2) * piece];
        for (std::ptrdiff_t i = 0; i < lanes; i += piece) {
          kernels<T>().sigma_family(1, first + count, x + i, piece, family, piece,
                                    Underflow<T>::factor);
          for (int k = 0; k < count; ++k) {
            std::copy_n(family + (first + k) * piece, piece, out + k * stride + i);
          }
        }
      },
      order};
}

// sigma_0 = exp(-x^2)/sqrt(pi), the derivative of sigma_1; with one derivative at most.
template <class T>
Activation<T> gaussian() {
  return {[](int, int count, const T* x, std::ptrdiff_t lanes, T* out, std::ptrdiff_t stride) {
            T* slope = count > 1 ? out + stride : nullptr;
            kernels<T>().gaussian(x, lanes, out, slope, Underflow<T>::factor);
          },
          0};
}

}  // namespace finn::ops
