// A batch of rows and where the results of a gradient go.
#pragma once

#include <cstdint>

#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"

namespace finn::net {

// One batch and where the results go; f and x_adjoint may be null.
template <class U>
struct Batch {
  const U* x;  // [size][columns]
  std::int64_t size;
  U* f;          // [size][outputs]
  U* x_adjoint;  // [size][columns]
  // [size] or null. If given, f is counted in a unit of each row, and the logarithms of the units
  // are written here: a log likelihood whose f keeps within the range of T, whatever the unit of x
  // (finn/model/density_unit.hpp). Not together with x_adjoint.
  double* log_units = nullptr;
  // How often F is differentiated in each variable, a subset being once in each of these; those
  // beyond the variables mean nothing. f is what comes out.
  Orders directions = ~VariableSet{0};
  // Whether x are points of the box of u and f is a density there, whatever the domain.
  bool is_in_box = false;
};

}  // namespace finn::net
