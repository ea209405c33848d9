#include "finn/networks/mixture.hpp"

#include "core/shape.hpp"

namespace finn::net {

Mixture::Mixture(const NetworkShape& shape) : shape_(shape) {
  const int count = shape_.separate_outputs ? shape_.outputs : 1;
  const std::int64_t all =
      core::checked_product(shape_.variables, core::checked_product(shape_.terms, shape_.steps));
  for (int block = 0; block < count; ++block) {
    TermLayout at;
    at.first_output = block;
    at.outputs = shape_.outputs / count;
    at.slopes = take_parameters(all, parameter_count_);
    at.biases = take_parameters(all, parameter_count_);
    at.shares = take_parameters(has_shares() ? all : 0, parameter_count_);
    at.coefficients =
        take_parameters(core::checked_product(at.outputs, shape_.terms), parameter_count_);
    blocks_.push_back(at);
  }
}

}  // namespace finn::net
