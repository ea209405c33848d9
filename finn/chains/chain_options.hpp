// How a chain is fitted. The names of the fields in messages are those of finn.h.
#pragma once

#include <cstdint>
#include <vector>

#include "core/option.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/training/training_options.hpp"

namespace finn::net {

enum class ChainPrecision { float64, float32 };

struct ChainOptions {
  std::int64_t steps = 3000;
  std::int64_t batch = 256;
  double learning_rate = 0.003;
  double validation_share = 0.1;
  std::uint64_t seed = 0;
  int components = 64;
  int normals_per_axis = 1;
  int linear_components = 16;
  std::vector<int> widths{64, 64};
  ChainPrecision precision = ChainPrecision::float64;
};

// The most conditions of a chain.
inline constexpr int kMaxChainConditions = 1024;
// The most components of a mixture of linear chains.
inline constexpr int kMaxLinearComponents = 1024;

// X(path, name, row, applies_to, sentence) for each option, in the order of finn_chain_options:
// path is its field in ChainOptions.
#define FINN_CHAIN_OPTIONS(X)                                                                    \
  X(steps, steps, core::integer("3000", 1, net::kMaxCount), "",                                  \
    "steps of the fit of each variable; those that are best on rows held out are kept")          \
  X(batch, batch, core::integer("256", 1, net::kMaxCount), "", "rows of a step")                 \
  X(learning_rate, learning_rate, core::number("0.003").above(0), "",                            \
    "learning rate at its largest")                                                              \
  X(validation_share, validation_share, core::number("0.1").above(0).below(1), "",               \
    "share of the rows that are held out, by which steps and forms of links are chosen")         \
  X(seed, seed, core::any_integer("0"), "",                                                      \
    "seed of first parameters, shuffles and rows held out")                                      \
  X(components, components, core::integer("64", 1, net::kMaxWidth), "",                          \
    "normals, or groups of them, of the density of a variable given those before it")            \
  X(normals_per_axis, normals_per_axis, core::integer("1", 1, net::kMaxNormalsPerAxis), "",      \
    "normals of each of these groups, which move together")                                      \
  X(linear_components, linear_components, core::integer("16", 0, net::kMaxLinearComponents), "", \
    "normals with full covariances, at most, of the mixture from which links are taken where "   \
    "rows held out like it as much; 0 is none")                                                  \
  X(widths, hidden_layers, core::integer("2", 0, net::kMaxHiddenLayers), "",                     \
    "hidden layers of the network of what stands before a variable")                             \
  X(widths, widths, core::integers("hidden_layers", "64, 64", 1, net::kMaxWidth), "",            \
    "units of each hidden layer; to set them by name sets hidden_layers too")                    \
  X(precision, precision, core::choice("float64", "float64, float32"), "",                       \
    "the precision in which networks are trained; all queries are in double")

}  // namespace finn::net
