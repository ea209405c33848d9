// What a network is made of: its kind, and the sizes and maps of its parts.
#pragma once

#include <cstdint>
#include <vector>

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
  bool skip_read_out = false;     // mlp: every hidden layer feeds the output
  bool separate_outputs = false;  // each output has hidden layers, or components, of its own
  int components = 64;            // mixture: densities, for each output if they are separate
  int normals_per_axis = 4;       // mixture: of the marginal of a component
  ConditioningShape conditioning;

  bool operator==(const NetworkShape&) const = default;
};

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
// Of hidden layers.
void require_widths(const std::vector<int>& widths);

// The number of parameters of a network is limited.
inline constexpr std::int64_t kMaxParameters = std::int64_t{1} << 28;

// Adds `count` parameters to a network that has `total`; fails with ERROR_ARGUMENT beyond
// kMaxParameters. Returns where they begin.
std::int64_t take_parameters(std::int64_t count, std::int64_t& total);

}  // namespace finn::net
