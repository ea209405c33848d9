// Integrals of f over boxes, always in double. docs/INTEGRALS.md.
#pragma once

#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/networks/corner_sum.hpp"

namespace finn::net {

// The integral of f over a box, its condition number sum |F| / |sum F| over the corners, and the
// rounding error to expect.
struct BoxIntegral {
  double value;
  double condition_number;
  double error_estimate;
};

// Of one output with these s and lambda [functions], where sum is that of the network over the box.
BoxIntegral normalised_integral(const Normaliser& normaliser, double scale, const double* lambda,
                                const CornerSum& sum, const Box& box);

// The part of a box that lies in a domain. The density is 0 outside; without a domain F goes on
// beyond the box of the model, and the box is returned as it is.
Box within_domain(const Domain* domain, Box box);

// The integral of f over a box in the variables of F; with a domain, over r of the part of it that
// lies in the domain's box. Of a model that does not normalise per sample. value,
// condition_number and error_estimate are [outputs] each; the last two may be null.
template <class T>
void integrate(const Model<T>& model, Workspace& workspace, const Box& box, double* value,
               double* condition_number, double* error_estimate);

extern template void integrate(const Model<float>&, Workspace&, const Box&, double*, double*,
                               double*);
extern template void integrate(const Model<double>&, Workspace&, const Box&, double*, double*,
                               double*);

}  // namespace finn::net
