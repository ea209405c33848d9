// The integral of the network's mixed partial over a box, from F at its 2^n corners (eq. 4 of the
// paper), or from differences one variable at a time for the mixture; always in double.
// docs/INTEGRALS.md.
#pragma once

#include <vector>

#include "core/jet.hpp"
#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/mixture_integral.hpp"
#include "finn/networks/network.hpp"

namespace finn::net {

// What the corner sums need of a model, all in double.
struct Antiderivative {
  const Network& network;
  const Coordinates& coordinates;
  const double* weights;  // mapped parameters
};

// Scratch of the corner sums, kept from call to call.
struct CornerScratch {
  core::Tape<double> tape;
  std::vector<double> values;    // [outputs][2^n]
  std::vector<CornerSum> sums;   // [outputs], for those who do not keep them elsewhere
  std::vector<double> weights;   // of values of F, for finn/constraints/moments.hpp
  std::vector<double> adjoints;  // of the integrals, [outputs]
  MixtureScratch mixture;
};

// F at x [samples][variables], at most a tile, on a fresh tape; weight_adjoint, which may be null
// if the tape does not record, receives dLoss/dweights in the sweep.
core::Jet<double> values_of(const Antiderivative& F, const double* x, int samples, core::Mode mode,
                            core::Tape<double>& tape, double* weight_adjoint);

// One sum per output, into sums [outputs].
void corner_sums(const Antiderivative& F, const Box& box, CornerScratch& scratch,
                 std::vector<CornerSum>& sums);

// weight_adjoint += sum over outputs of adjoint[j] dI_j/dweights.
void add_corner_sum_adjoint(const Antiderivative& F, const Box& box, const double* adjoint,
                            CornerScratch& scratch, double* weight_adjoint);

}  // namespace finn::net
