// The options of networks: X(name, row, applies_to, sentence) for each, in the order of the structs
// finn_mixture_options and finn_mlp_options.
#pragma once

#include "core/option.hpp"

namespace finn::net {

// The most units of a layer, components of a mixture, and conditions.
inline constexpr int kMaxWidth = 1 << 16;
inline constexpr int kMaxHiddenLayers = 64;
inline constexpr int kMaxNormalsPerAxis = 64;
// 2^n of the largest n of an mlp.
inline constexpr int kMaxOrthants = 256;

#define FINN_MIXTURE_OPTIONS(X)                                                            \
  X(components, core::integer("64", 1, net::kMaxWidth), "",                                \
    "components of the sum; more for sharp edges, many modes and correlation")             \
  X(normals_per_axis, core::integer("4", 1, net::kMaxNormalsPerAxis), "",                  \
    "normals of which a component is made in each variable; 1 for smooth targets in many " \
    "variables")                                                                           \
  X(positivity, core::choice("exp", "abs, softplus, square, exp", 1), "",                  \
    "the map from free parameters to weights, which are never negative")                   \
  X(sharing, core::choice("trunk", "trunk, none"), "",                                     \
    "whether several outputs are sums over the same components or each has its own")       \
  X(input_scaling, core::choice("standard", "standard, none"), "",                         \
    "whether the network sees u brought to unit variance in the box, or u as it is")

#define FINN_MLP_OPTIONS(X)                                                                  \
  X(hidden_layers, core::integer("2", 0, net::kMaxHiddenLayers), "",                         \
    "hidden layers; one will do for one variable, three and more train with skip")           \
  X(widths, core::integers("hidden_layers", "32, 32", 1, net::kMaxWidth), "",                \
    "units of each hidden layer; to set them by name sets hidden_layers too")                \
  X(positivity, core::choice("abs", "none, abs, softplus, square, exp"), "",                 \
    "the map from free parameters to weights; with any but none f is never negative")        \
  X(activation, core::choice("auto", "auto, sigma, tanh, softplus, sine"), "",               \
    "the function of a unit; auto is sigma with positivity and tanh without")                \
  X(output_activation, core::flag("false"), "",                                              \
    "the activation follows on the output too, as the paper prints it; not with skip")       \
  X(orthants, core::integer("1", 1, net::kMaxOrthants), "positivity",                        \
    "sign patterns, at most 2^variables, each with hidden layers of its own; for ridges in " \
    "every orthant")                                                                         \
  X(skip, core::flag("false"), "",                                                           \
    "the output is a sum over all hidden layers and not the last alone; not with "           \
    "output_activation")                                                                     \
  X(sharing, core::choice("trunk", "trunk, none"), "",                                       \
    "whether several outputs are sums over the same units or each has layers of its own")    \
  X(input_scaling, core::choice("standard", "standard, none"), "",                           \
    "whether the network sees u brought to unit variance in the box, or u as it is")

}  // namespace finn::net
