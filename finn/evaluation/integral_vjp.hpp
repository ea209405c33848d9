// The vector-Jacobian product of integrals of f(x | c) over a box, in double: to the parameters and
// conditions from the tape, on which the integral of each row stands; to the limits from integrals
// over the other variables, as dI/dupper_i is that over the side of the box where x_i = upper_i.
#pragma once

#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"

namespace finn::net {

// Where the results go; all but the parameters may be null.
struct IntegralAdjoints {
  double* value;       // [count][outputs]
  double* parameters;  // [parameter_count]
  double* lower;       // [variables], sums over rows
  double* upper;
  double* conditions;  // [count][columns - variables]
};

// box and condition_rows as integrate_conditional takes them (conditional_integral.hpp);
// value_adjoint [count][outputs]. The adjoint of a limit beyond the domain is 0. Fails with
// ERROR_INTEGRAL, naming the first row whose integral over the domain cannot be normalised.
void integral_vjp(const Model<double>& model, Workspace& workspace, const Box& box,
                  const double* condition_rows, std::int64_t count, const double* value_adjoint,
                  const IntegralAdjoints& to);

}  // namespace finn::net
