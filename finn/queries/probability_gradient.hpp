// Gradients of probabilities of boxes, and of the cdf as one of them: by a limit the mass of the
// side of the box where its variable stands at that limit.
#pragma once

#include <cstdint>

#include "finn/model/workspace.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/distribution.hpp"

namespace finn::net {

// Where the gradients go; each may be null.
struct BoxGradients {
  double* lower;  // [rows][variables]
  double* upper;  // [rows][variables]
  double* given;  // [rows][given_columns]
};

// boxes and given as box_probability takes them, without width. By a limit that is infinite or
// beyond the distribution 0.
void box_gradient(const Distribution& distribution, Workspace& workspace, const Boxes& boxes,
                  const double* given, std::int64_t rows, const BoxGradients& gradients);

// x [rows][columns] as orthant_probability takes it, gradient [rows][columns] of the cdf.
void cdf_gradient(const Distribution& distribution, Workspace& workspace, const double* x,
                  std::int64_t rows, double* gradient);

}  // namespace finn::net
