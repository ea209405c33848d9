#include "finn/networks/mixture.hpp"

#include "core/shape.hpp"

namespace finn::net {

Mixture::Mixture(const NetworkShape& shape) : shape_(shape) {
  const int count = shape_.separate_outputs ? shape_.outputs : 1;
  const std::int64_t rows = core::checked_product(shape_.variables, shape_.components);
  for (int group = 0; group < count; ++group) {
    ComponentLayout at;
    at.first_output = group;
    at.outputs = shape_.outputs / count;
    at.block = blocks_.size();
    add_block(Role::slope, rows, shape_.normals_per_axis, at.slopes);
    add_block(Role::location, rows, shape_.normals_per_axis, at.locations);
    if (has_shares()) add_block(Role::share, rows, shape_.normals_per_axis, at.shares);
    add_block(Role::coefficient, at.outputs, shape_.components, at.coefficients, group);
    groups_.push_back(at);
  }
}

void Mixture::add_block(Role role, std::int64_t rows, std::int64_t columns, std::int64_t& begin,
                        int first_output) {
  begin = take_parameters(core::checked_product(rows, columns), parameter_count_);
  blocks_.push_back({role, rows, columns, begin, first_output});
}

}  // namespace finn::net
