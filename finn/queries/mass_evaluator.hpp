// Masses of one output of a model that is positive, whatever its network, conditions and
// constraint:
//
//   p = (1 - q) f' / I + q / V,   q the uniform share of the constraint, I the integral of f',
//
// so that the mass of the domain is 1, and whatever J the constraint gives to f does not matter.
#pragma once

#include <cstdint>
#include <vector>

#include "core/tape.hpp"
#include "finn/evaluation/row_network.hpp"
#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/lane_integral.hpp"
#include "finn/queries/corner_mass.hpp"
#include "finn/queries/mass.hpp"
#include "finn/queries/mixture_mass.hpp"

namespace finn::net {

// Serves one thread; the model must live as long.
class MassEvaluator {
 public:
  MassEvaluator(const Model<double>& model, int output);
  // It holds a pointer into itself.
  MassEvaluator(const MassEvaluator&) = delete;
  MassEvaluator& operator=(const MassEvaluator&) = delete;

  // Conditions of rows at this stride, [count][conditions], which are set next, one after the
  // other: then it takes less time to set them, and nothing else changes.
  void expect_conditions(const double* rows, std::int64_t stride, int count);
  // Under these conditions [conditions] from now on; null for a model without any. Fails with
  // ERROR_INTEGRAL where f' has no mass to be divided by.
  void set_conditions(const double* conditions);
  // Whether all queries have the same conditions, so that they can be answered together.
  bool is_shared() const { return model_.conditioning().conditions() == 0; }
  // Of `count` queries with the same points.
  void evaluate(const MassQuery* queries, int count, Mass* masses);
  Mass evaluate(const MassQuery& query);
  // What the logarithms of such masses change by. Of a mass that is 0 the slopes are no numbers,
  // but of a mixture by points.
  void log_slopes(const MassQuery* queries, int count, MassSlopes* slopes);
  // The components of the mixture, or null for another network; uniform_mass is not theirs.
  MixtureMass* mixture() { return is_mixture_ ? &mixture_ : nullptr; }
  // The part of a mass that is the uniform share.
  double uniform_mass(const MassQuery& query) const;

 private:
  void set_network(const Antiderivative& F);
  Mass of_network(const MassQuery& query);
  void find_point_slopes(const MassQuery* queries, int count, MassSlopes* slopes);
  void find_condition_slopes(const MassQuery& query, std::vector<double>& slopes);
  void add_condition_slopes(const LaneRegion& region, double factor, double* slopes);
  Mass with_uniform_share(const Mass& of_network, const MassQuery& query) const;

  const Model<double>& model_;
  int output_;
  bool is_mixture_;
  RowNetwork<double> network_;
  std::vector<double> conditions_;  // the last ones
  core::Tape<double> tape_;
  Antiderivative F_;
  MixtureMass mixture_;
  CornerMass corners_;
  Mass whole_;                          // I
  std::vector<double> weight_adjoint_;  // of the model, which nobody reads
  std::vector<double> slopes_;          // [count][variables]
};

}  // namespace finn::net
