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
  // What the logarithms of such masses change by with where each variable at a point stands, by the
  // sums that give the masses: slopes [count][variables], 0 for variables that are integrated. NaN
  // where a mass is 0.
  void log_slopes(const MassQuery* queries, int count, double* slopes);

 private:
  int variables() const { return F_->network.shape().variables; }
  double roundoff() const;
  // By which sum a mass is found: so many nodes of quadrature in the variables chosen.
  struct Rule {
    VariableSet chosen = 0;
    int order = 1;
  };

  template <class OfTile>
  void for_each_tile(VariableSet directions, core::Mode mode, double* weight_adjoint,
                     OfTile&& of_tile);
  void find_partials(VariableSet directions, std::size_t count);
  Mass corner_sum(const MassQuery& query, const double* values);
  Mass by_quadrature(const MassQuery& query, Rule& rule);
  VariableSet narrow_intervals(const MassQuery& query) const;
  Mass by_best_order(const MassQuery& query, Rule& rule);
  Mass quadrature(const MassQuery& query, const Rule& rule);
  void place_nodes(const MassQuery& query, const Rule& rule);
  void improve(const MassQuery& query, Mass& mass, Rule& rule);
  void find(const MassQuery* queries, int count, Mass* masses);
  void add_corners(const MassQuery* queries, int count, double* slopes);
  void add_slopes(VariableSet directions, double* slopes);
  void add_axis(std::size_t i, const GaussRule& rule);

  const Antiderivative* F_ = nullptr;
  core::Tape<double>* tape_ = nullptr;
  int output_ = 0;
  std::vector<double> points_;   // [count][variables]
  std::vector<double> values_;   // [count]
  std::vector<double> weights_;  // of nodes
  std::vector<int> owners_;      // of nodes: to which query each belongs
  std::vector<Mass> masses_;     // [count] each, of the last queries
  std::vector<Rule> rules_;
  std::vector<double> weight_adjoint_;  // of the network, which nobody reads
};

}  // namespace finn::net
