// A batch of rows and where the results of a gradient go.
#pragma once

#include <cstdint>

namespace finn::net {

// One batch and where the results go; f and x_adjoint may be null.
template <class U>
struct Batch {
  const U* x;  // [size][columns]
  std::int64_t size;
  U* f;          // [size][outputs]
  U* x_adjoint;  // [size][columns]
  // [size], of a domain, or null. If given, f is left as the density of u, and log f - log f_u, the
  // log weights of the points, are written here: a likelihood of f that cannot underflow. Not
  // together with x_adjoint.
  double* log_weights = nullptr;
};

}  // namespace finn::net
