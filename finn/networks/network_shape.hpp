// What a network is made of: its kind, and the sizes and maps of its parts.
#pragma once

#include <cstdint>
#include <vector>

#include "core/option.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "ops/activation.hpp"
#include "ops/positivity.hpp"

namespace finn::net {

// docs/NETWORKS.md.
enum class NetworkKind { mlp, mixture };

using ops::ActivationKind;

struct NetworkShape {
  int variables = 0;  // n: inputs, and the order of sigma
  int outputs = 1;
  std::vector<int> widths;  // mlp: of the hidden layers, for each orthant
  ops::Positivity positivity = ops::Positivity::abs;
  ActivationKind activation = ActivationKind::sigma;  // mlp
  bool last_activation = false;                       // mlp
  NetworkKind kind = NetworkKind::mlp;
  int orthants = 1;               // mlp: 1 .. 2^n, how many sign patterns of x have layers
  int axis_units = 0;             // mlp with positivity: cdfs of each variable, beside x
  bool skip_read_out = false;     // mlp: every hidden layer feeds the output
  bool separate_outputs = false;  // each output has hidden layers, or components, of its own
  int components = 64;            // mixture: densities, for each output if they are separate
  int normals_per_axis = 4;       // mixture: of the marginal of a component
  ConditioningShape conditioning;

  bool operator==(const NetworkShape&) const = default;
};

inline constexpr int kMaxNormalsPerAxis = 64;
inline constexpr int kMaxAxisUnits = 64;
// 2^n of the largest n of an mlp.
inline constexpr int kMaxOrthants = 256;

// X(path, name, row, applies_to, sentence) for each option, in the order of finn_mixture_options
// and finn_mlp_options: path is its field in NetworkShape. Y(name, row, applies_to, sentence) for
// one that the shape does not have as it is.
#define FINN_MIXTURE_OPTIONS(X, Y)                                                          \
  X(components, components, core::integer("64", 1, net::kMaxWidth), "",                     \
    "components of the sum; more for sharp edges, many modes and correlation")              \
  X(normals_per_axis, normals_per_axis, core::integer("4", 1, net::kMaxNormalsPerAxis), "", \
    "normals of which a component is made in each variable; 1 for smooth targets in many "  \
    "variables")                                                                            \
  X(positivity, positivity, core::choice("exp", "abs, softplus, square, exp", 1), "",       \
    "the map from free parameters to weights, which are never negative")                    \
  X(separate_outputs, sharing, core::choice("trunk", "trunk, none"), "",                    \
    "whether several outputs are sums over the same components or each has its own")        \
  Y(input_scaling, core::choice("standard", "standard, none"), "",                          \
    "whether the network sees u brought to unit variance in the box, or u as it is")

#define FINN_MLP_OPTIONS(X, Y)                                                                 \
  X(widths, hidden_layers, core::integer("2", 0, net::kMaxHiddenLayers), "",                   \
    "hidden layers; one will do for one variable")                                             \
  X(widths, widths, core::integers("hidden_layers", "32, 32", 1, net::kMaxWidth), "",          \
    "units of each hidden layer; to set them by name sets hidden_layers too")                  \
  X(positivity, positivity, core::choice("abs", "none, abs, softplus, square, exp"), "",       \
    "the map from free parameters to weights; with any but none f is never negative")          \
  Y(activation, core::choice("auto", "auto, sigma, tanh, softplus, sine"), "",                 \
    "the function of a unit; auto is sigma with positivity and tanh without")                  \
  X(last_activation, output_activation, core::flag("false"), "",                               \
    "the activation follows on the output too, as the paper prints it; not with skip")         \
  X(orthants, orthants, core::integer("1", 1, net::kMaxOrthants), "positivity",                \
    "sign patterns, at most 2^variables, each with hidden layers of its own; for ridges in "   \
    "every orthant")                                                                           \
  X(axis_units, axis_units, core::integer("8", 0, net::kMaxAxisUnits), "positivity",           \
    "cdfs of normals of each variable, which the first layer sees beside x; 0 is the paper's " \
    "network")                                                                                 \
  X(skip_read_out, skip, core::flag("false"), "",                                              \
    "the output is a sum over all hidden layers and not the last alone; not with "             \
    "output_activation")                                                                       \
  X(separate_outputs, sharing, core::choice("trunk", "trunk, none"), "",                       \
    "whether several outputs are sums over the same units or each has layers of its own")      \
  Y(input_scaling, core::choice("standard", "standard, none"), "",                             \
    "whether the network sees u brought to unit variance in the box, or u as it is")

// Calls visit(field, name) for each field of a shape, in the order of checkpoints; the names are
// those of finn.h.
template <class Shape, class Visit>
void visit_fields(Shape& shape, Visit&& visit) {
  visit(shape.kind, "network");
  visit(shape.variables, "variables");
  visit(shape.outputs, "outputs");
  visit(shape.positivity, "positivity");
  visit(shape.separate_outputs, "sharing");
  visit(shape.widths, "widths");
  visit(shape.activation, "activation");
  visit(shape.last_activation, "output_activation");
  visit(shape.orthants, "orthants");
  visit(shape.axis_units, "axis_units");
  visit(shape.skip_read_out, "skip");
  visit(shape.components, "components");
  visit(shape.normals_per_axis, "normals_per_axis");
  visit(shape.conditioning.kind, "conditioning");
  visit(shape.conditioning.conditions, "conditions");
  visit(shape.conditioning.widths, "condition_widths");
  visit(shape.conditioning.target_from_row, "target_from_row");
}

// Fails, naming the option as finn.h does, for a shape that no network has. The conditioning has a
// check of its own (finn/conditioning/conditioning.hpp).
void require_valid(const NetworkShape& shape);

// The number of parameters of a network is limited.
inline constexpr std::int64_t kMaxParameters = std::int64_t{1} << 28;

// Adds `count` parameters to a network that has `total`; fails with ERROR_ARGUMENT beyond
// kMaxParameters. Returns where they begin.
std::int64_t take_parameters(std::int64_t count, std::int64_t& total);

}  // namespace finn::net
