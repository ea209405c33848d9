// Integrals of f(x | c) over a box for given conditions, always in double: from the weights that
// each sample has, by the same sums as those of a model without conditions.
#pragma once

#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"

namespace finn::net {

// condition_rows [count][columns - variables]: conditions, then targets where rows have them.
// The box is one in the variables of F, as that of integrate (finn/evaluation/integrate.hpp).
// value, condition_number and error_estimate are [count][outputs]; the last two may be null. Fails
// with ERROR_INTEGRAL, naming the first row whose integral over the domain cannot be normalised;
// what comes before that row is written. The rows are shared by the threads of the workspace.
template <class T>
void integrate_conditional(const Model<T>& model, Workspace& workspace, const Box& box,
                           const double* condition_rows, std::int64_t count, double* value,
                           double* condition_number, double* error_estimate);

extern template void integrate_conditional(const Model<float>&, Workspace&, const Box&,
                                           const double*, std::int64_t, double*, double*, double*);
extern template void integrate_conditional(const Model<double>&, Workspace&, const Box&,
                                           const double*, std::int64_t, double*, double*, double*);

}  // namespace finn::net
