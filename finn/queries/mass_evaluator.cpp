#include "finn/queries/mass_evaluator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "core/jet.hpp"
#include "finn/conditioning/lane_weights.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/condition_rows.hpp"
#include "finn/evaluation/constrained_partial.hpp"
#include "finn/networks/mixture.hpp"

namespace finn::net {

MassEvaluator::MassEvaluator(const Model<double>& model, int output)
    : model_(model),
      output_(output),
      is_mixture_(model.network().get<Mixture>() != nullptr),
      network_(model),
      F_(model.antiderivative()) {
  if (is_shared()) set_network(F_);
}

void MassEvaluator::expect_conditions(const double* rows, std::int64_t stride, int count) {
  if (!is_shared()) network_.expect(rows, stride, count);
}

void MassEvaluator::set_conditions(const double* conditions) {
  if (is_shared()) return;
  const auto count = static_cast<std::size_t>(model_.conditioning().conditions());
  if (conditions_.size() == count && std::equal(conditions_.begin(), conditions_.end(), conditions))
    return;
  conditions_.clear();  // where what follows fails, there are none
  set_network(network_.under(conditions));
  conditions_.assign(conditions, conditions + count);
}

void MassEvaluator::set_network(const Antiderivative& F) {
  F_.weights = F.weights;
  if (is_mixture_) {
    mixture_.set({*F_.network.get<Mixture>(), F_.coordinates, F_.weights}, output_);
  } else {
    corners_.set(F_, output_, tape_);
  }
  const Box& box = model_.box();
  std::array<double, kMaxBoxVariables> width{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    width[i] = box.upper[i] - box.lower[i];
  }
  whole_ = of_network({0, box.lower.data(), box.upper.data(), width.data()});
  if (whole_.value > 0 && std::isfinite(whole_.value)) return;
  core::fail(core::Status::ERROR_INTEGRAL,
             "distribution: the integral of output %d over the domain is %g, and one above 0 is "
             "needed",
             output_, whole_.value);
}

Mass MassEvaluator::of_network(const MassQuery& query) {
  if (is_mixture_) return mixture_.evaluate(query);
  Mass mass;
  corners_.evaluate(&query, 1, &mass);
  return mass;
}

void MassEvaluator::evaluate(const MassQuery* queries, int count, Mass* masses) {
  if (is_mixture_) {
    for (int q = 0; q < count; ++q) masses[q] = mixture_.evaluate(queries[q]);
  } else {
    corners_.evaluate(queries, count, masses);
  }
  for (int q = 0; q < count; ++q) masses[q] = with_uniform_share(masses[q], queries[q]);
}

Mass MassEvaluator::evaluate(const MassQuery& query) {
  Mass mass;
  evaluate(&query, 1, &mass);
  return mass;
}

void MassEvaluator::log_slopes(const MassQuery* queries, int count, MassSlopes* slopes) {
  find_point_slopes(queries, count, slopes);
  for (int q = 0; q < count; ++q) {
    find_condition_slopes(queries[q], slopes[q].conditions);
    const double uniform = uniform_mass(queries[q]);
    if (uniform == 0) continue;
    // Where nothing but the uniform share is left, the slopes of the network may be no numbers.
    const double share = 1 - uniform / evaluate(queries[q]).value;
    for (double& slope : slopes[q].points) slope = share > 0 ? slope * share : 0;
    for (double& slope : slopes[q].conditions) slope = share > 0 ? slope * share : 0;
  }
}

void MassEvaluator::find_point_slopes(const MassQuery* queries, int count, MassSlopes* slopes) {
  const int n = model_.variables();
  if (is_mixture_) {
    for (int q = 0; q < count; ++q) mixture_.log_slopes(queries[q], slopes[q].points.data());
    return;
  }
  slopes_.resize(static_cast<std::size_t>(count * n));
  corners_.log_slopes(queries, count, slopes_.data());
  for (int q = 0; q < count; ++q) {
    std::copy_n(slopes_.data() + std::int64_t{1} * q * n, n, slopes[q].points.data());
  }
}

void MassEvaluator::find_condition_slopes(const MassQuery& query, std::vector<double>& slopes) {
  slopes.assign(conditions_.size(), 0.0);
  if (is_shared()) return;
  Box box = model_.box();
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    box.lower[i] = query.lower[i];
    box.upper[i] = query.upper[i];
  }
  add_condition_slopes({box, query.points}, 1, slopes.data());
  add_condition_slopes({model_.box()}, -1, slopes.data());
}

// Adds factor times the derivatives of the logarithm of the mass of a region by the conditions, as
// the tape has them.
void MassEvaluator::add_condition_slopes(const LaneRegion& region, double factor, double* slopes) {
  tape_.begin(1, core::Mode::record);
  weight_adjoint_.resize(static_cast<std::size_t>(model_.parameter_count()));
  const ConditionRows<double, double> rows(model_, tape_, conditions_.data(), 0);
  const LaneWeights<double> weights =
      lane_weights(model_, tape_, rows.conditions(), weight_adjoint_.data());
  const core::Jet<double> mass =
      model_.network().lane_integral(tape_, model_.coordinates(), region, weights).value;
  mass.adjoint_row(0, output_)[0] = factor / mass.row(0, output_)[0];
  tape_.sweep();
  for (int i = 0; i < rows.conditions().features; ++i) {
    slopes[i] += model_.conditioning().standard_scale(i) * rows.conditions().adjoint_row(0, i)[0];
  }
}

double MassEvaluator::uniform_mass(const MassQuery& query) const {
  const Box& box = model_.box();
  double product = model_.constraint().uniform_share;
  if (product == 0) return 0;
  for (int i = 0; i < box.variables; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double whole = box.upper[at] - box.lower[at];
    product *= (query.is_point(i) ? 1 : query.width[at]) / whole;
  }
  return product;
}

Mass MassEvaluator::with_uniform_share(const Mass& of_network, const MassQuery& query) const {
  const double q = model_.constraint().uniform_share;
  Mass mass{ratio(of_network, whole_) * (1 - q), 0, ratio_error(of_network, whole_) * (1 - q)};
  if (q > 0) {
    mass.value += uniform_mass(query);
    return mass;
  }
  if (of_network.shift == 0) return mass;
  return {of_network.value / whole_.value, of_network.shift - whole_.shift,
          of_network.error / whole_.value};
}

}  // namespace finn::net
