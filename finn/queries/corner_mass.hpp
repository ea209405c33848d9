// Masses of any network from the corners of the intervals: with S the variables at points, d_S F at
// the 2^k corners of the k others. Where that sum cancels - a box that is narrow, or far out - f
// itself is integrated by Gauss-Legendre quadrature, which has no sign to lose, over all intervals
// or over the narrow ones alone, and the answer is the one of the two whose estimate of its error
// is less. docs/DISTRIBUTIONS.md.
#pragma once

#include <vector>

#include "core/tape.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/domains/box.hpp"
#include "finn/networks/integral.hpp"
#include "finn/queries/mass.hpp"

namespace finn::net {

// Serves one thread.
class CornerMass {
 public:
  // Until the next call. The weights and the tape must live as long.
  void set(const Antiderivative& F, int output, core::Tape<double>& tape);
  // Of `count` queries with the same points.
  void evaluate(const MassQuery* queries, int count, Mass* masses);

 private:
  int variables() const { return F_->network.shape().variables; }
  double roundoff() const;
  void find_partials(VariableSet directions, std::size_t count);
  Mass corner_sum(const MassQuery& query, const double* values);
  Mass by_quadrature(const MassQuery& query);
  VariableSet narrow_intervals(const MassQuery& query) const;
  Mass by_quadrature(const MassQuery& query, VariableSet chosen);
  Mass quadrature(const MassQuery& query, VariableSet chosen, int order);
  void add_axis(std::size_t i, const GaussRule& rule);

  const Antiderivative* F_ = nullptr;
  core::Tape<double>* tape_ = nullptr;
  int output_ = 0;
  std::vector<double> points_;   // [count][variables]
  std::vector<double> values_;   // [count]
  std::vector<double> weights_;  // of nodes
};

}  // namespace finn::net
