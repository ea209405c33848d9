// The integral of the mixture over a box: a sum of products of differences, one per variable,
// instead of 2^n corners; always in double. docs/NETWORKS.md.
#pragma once

#include <vector>

#include "finn/domains/box.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/mixture.hpp"

namespace finn::net {

// What an integral needs of a mixture, all in double.
struct MixtureAntiderivative {
  const Mixture& network;
  const Coordinates& coordinates;
  const double* weights;  // mapped parameters
};

// Scratch, kept from call to call.
struct MixtureScratch {
  std::vector<double> above;        // adjoints of the differences of one variable
  std::vector<double> differences;  // [variables][components][normals_per_axis] of sigma_1
  std::vector<double> sums;         // [variables][components]: the differences of Phi
  std::vector<double> products;     // [variables + 1][components] of the variables before
  std::vector<double> running;      // [components]
};

// One sum per output, into sums [outputs]. All terms are >= 0, so that magnitude = value.
void mixture_sums(const MixtureAntiderivative& F, const Box& box, MixtureScratch& scratch,
                  std::vector<CornerSum>& sums);

// weight_adjoint += sum over outputs of adjoint[j] dI_j/dweights.
void add_mixture_sum_adjoint(const MixtureAntiderivative& F, const Box& box, const double* adjoint,
                             MixtureScratch& scratch, double* weight_adjoint);

}  // namespace finn::net
