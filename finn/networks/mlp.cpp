#include "finn/networks/mlp.hpp"

#include "core/shape.hpp"

namespace finn::net {
namespace {

// Sign pattern p of n variables: bit i of p changes the sign of x_i. A pattern and its opposite
// have the same ridges, so the first 2^(n-1) patterns, which keep the sign of the last variable,
// have all ridges there are.
std::uint64_t flipped_variables(int p) { return static_cast<std::uint64_t>(p); }

}  // namespace

LayerLayout take_layer(int in, int out, bool has_bias, std::int64_t& total) {
  LayerLayout at{in, out, 0, 0, has_bias};
  const std::int64_t weights = core::checked_product(in, out);
  at.weights = take_parameters(weights + (has_bias ? out : 0), total);
  at.bias = at.weights + weights;
  return at;
}

Mlp::Mlp(const NetworkShape& shape) : shape_(shape) {
  const int blocks = shape_.separate_outputs ? shape_.outputs : 1;
  for (int block = 0; block < blocks; ++block) {
    for (int p = 0; p < shape_.patterns; ++p) {
      add_stack(flipped_variables(p), block, shape_.outputs / blocks);
    }
  }
}

void Mlp::add_stack(std::uint64_t flipped, int first_output, int outputs) {
  Stack stack{{}, {}, flipped, first_output, outputs};
  int in = shape_.variables;
  for (const int width : shape_.widths) {
    stack.layers.push_back(take_layer(in, width, true, parameter_count_));
    in = width;
  }
  stack.layers.push_back(take_layer(in, outputs, true, parameter_count_));
  if (shape_.dense_read_out) {
    for (std::size_t l = 0; l + 1 < shape_.widths.size(); ++l) {
      stack.skips.push_back(take_layer(shape_.widths[l], outputs, false, parameter_count_));
    }
  }
  stacks_.push_back(std::move(stack));
}

}  // namespace finn::net
