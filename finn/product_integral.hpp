// The integral of the product head over a box: a sum of products of differences, one per variable,
// instead of 2^n corners; always in double. docs/HEADS.md.
#pragma once

#include <vector>

#include "finn/box.hpp"
#include "finn/constraint.hpp"
#include "finn/product_head.hpp"

namespace finn::net {

// What an integral needs of a product head, all in double.
struct ProductIntegrand {
  const ProductHead& head;
  const Coordinates& coordinates;
  const double* weights;  // mapped parameters
};

// Scratch, kept from call to call.
struct ProductScratch {
  std::vector<double> low, high;    // arguments at the limits, of one variable
  std::vector<double> width;        // from low to high
  std::vector<double> values;       // sigma_1 or sigma_0 at them
  std::vector<double> differences;  // [variables][terms][steps] of sigma_1
  std::vector<double> sums;         // [variables][terms]: the differences of Phi
  std::vector<double> products;     // [variables + 1][terms] of the variables before
  std::vector<double> running;      // [terms]
};

// The rounding error to expect of such a sum, as a multiple of its unit roundoff: each difference
// and product contributes a few.
double product_error_factor(const Box& box);

// One sum per output, into sums [outputs]. All terms are >= 0, so that magnitude = value.
void product_sums(const ProductIntegrand& F, const Box& box, ProductScratch& scratch,
                  std::vector<CornerSum>& sums);

// weight_adjoint += sum over outputs of adjoint[j] dI_j/dweights.
void add_product_sum_adjoint(const ProductIntegrand& F, const Box& box, const double* adjoint,
                             ProductScratch& scratch, double* weight_adjoint);

}  // namespace finn::net
