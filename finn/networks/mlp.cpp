#include "finn/networks/mlp.hpp"

#include "core/shape.hpp"

namespace finn::net {

Mlp::Mlp(const NetworkShape& shape) : shape_(shape) {
  const int stacks = shape_.separate_outputs ? shape_.outputs : 1;
  for (int stack = 0; stack < stacks; ++stack) {
    for (int orthant = 0; orthant < shape_.orthants; ++orthant) {
      // Bit i of an orthant changes the sign of x_i. An orthant and its opposite have the same
      // ridges, so the first 2^(n-1) orthants, which keep the sign of the last variable, have all
      // ridges there are.
      add_stack(static_cast<std::uint64_t>(orthant), stack, shape_.outputs / stacks);
    }
  }
}

LayerLayout Mlp::add_layer(int in, int out, bool is_hidden, bool has_bias, int first_output) {
  LayerLayout at{in, out, 0, 0, has_bias, blocks_.size()};
  const std::int64_t size = core::checked_product(in, out);
  at.weights = take_parameters(size + (has_bias ? out : 0), parameter_count_);
  at.bias = at.weights + size;
  const Role weight = is_hidden ? Role::hidden_weight : Role::read_out_weight;
  blocks_.push_back({weight, out, in, at.weights, first_output});
  if (has_bias) {
    const Role bias = is_hidden ? Role::hidden_bias : Role::read_out_bias;
    blocks_.push_back({bias, out, 1, at.bias, first_output});
  }
  return at;
}

// Slopes and locations [variables][axis_units].
void Mlp::add_axis_units() {
  const std::int64_t count = core::checked_product(shape_.variables, axis_units());
  for (const Role role : {Role::slope, Role::location}) {
    const std::int64_t begin = take_parameters(count, parameter_count_);
    blocks_.push_back({role, shape_.variables, axis_units(), begin});
  }
}

void Mlp::add_stack(std::uint64_t flipped, int first_output, int outputs) {
  Stack stack{blocks_.size(), {}, {}, flipped, first_output, outputs};
  if (axis_units() > 0) add_axis_units();
  int in = shape_.variables * (1 + axis_units());
  for (const int width : shape_.widths) {
    stack.layers.push_back(add_layer(in, width, true, true, 0));
    in = width;
  }
  stack.layers.push_back(add_layer(in, outputs, shape_.last_activation, true, first_output));
  if (shape_.skip_read_out) {
    for (std::size_t l = 0; l + 1 < shape_.widths.size(); ++l) {
      stack.skips.push_back(add_layer(shape_.widths[l], outputs, false, false, first_output));
    }
  }
  stacks_.push_back(std::move(stack));
}

}  // namespace finn::net
