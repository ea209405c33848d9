// Masses of a mixture, in closed form at a cost linear in the number of variables: of each
// component the product over variables of its density or of its difference over an interval.
#pragma once

#include <array>
#include <vector>

#include "finn/domains/box.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/mixture_integral.hpp"
#include "finn/queries/mass.hpp"
#include "ops/kernels/table.hpp"

namespace finn::net {

// Serves one thread. All terms are >= 0, so that nothing cancels.
class MixtureMass {
 public:
  // Which output of which mixture; until the next call. The weights must live as long.
  void set(const MixtureAntiderivative& F, int output);
  Mass evaluate(const MassQuery& query);
  // The share that each component has in the mass of a query, and so the probability that a sample
  // comes from it: [components], which sum to 1 where the mass is above 0.
  const std::vector<double>& component_shares(const MassQuery& query);
  // What the logarithm of a mass changes by with where each variable at a point stands, right also
  // where the mass underflows: slopes [variables], 0 for variables that are integrated.
  void log_slopes(const MassQuery& query, double* slopes);
  // Of a component, what each of its normals has of its mass in one variable that a query
  // integrates; [normals_per_axis].
  const std::vector<double>& normal_shares(const MassQuery& query, int axis, int component);

  // About where a variable that a query integrates has this share of the mass below it, in the box:
  // that of a normal of the same mean and variance as the normals have without limits.
  double near_quantile(const MassQuery& query, int axis, double share);

  // A normal of one variable: sigma_1(slope x + bias) is its cdf, in the coordinates of the box.
  struct Normal {
    double slope, bias;
  };
  Normal normal(int axis, int component, int number) const;

 private:
  // An axis over an interval, which is often the same for one query after the other.
  struct KnownAxis {
    double lower = 0, width = -1;
    std::vector<double> factors;  // [components]
  };

  std::size_t components() const { return static_cast<std::size_t>(network_->shape().components); }
  std::size_t normals() const {
    return static_cast<std::size_t>(network_->shape().normals_per_axis);
  }
  const double* of(std::int64_t layout, int axis) const {
    return weights_ + layout + axis * network_->normals_of_variable();
  }
  const double* coefficients() const;
  ops::Interval<double> interval(std::size_t i, const MassQuery& query) const;
  const double* factors(const MassQuery& query, int axis);
  void sum_normals(const double* of_normals, int axis, double* factors) const;
  void point_densities(int axis, double x);
  void interval_differences(int axis, const MassQuery& query);
  void log_normals(const MassQuery& query, int axis);
  void add_logs(const MassQuery& query, int axis);
  void find_point_shares(int axis, double x);
  double find_products(const MassQuery& query);
  double find_logs(const MassQuery& query);

  const Mixture* network_ = nullptr;
  const Coordinates* coordinates_ = nullptr;
  const double* weights_ = nullptr;
  const ComponentLayout* group_ = nullptr;
  int output_ = 0;
  std::vector<KnownAxis> known_;                   // [variables]
  std::vector<double> arguments_, values_, more_;  // [components * normals_per_axis]
  std::vector<double> factors_, products_;         // [components]
  std::vector<double> normal_shares_, component_shares_;
};

}  // namespace finn::net
