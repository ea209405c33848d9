#include "finn/queries/corner_mass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tile.hpp"
#include "finn/constraints/legendre.hpp"
#include "finn/networks/corner_sum.hpp"
#include "finn/networks/seed.hpp"
#include "finn/networks/shared_weights.hpp"

namespace finn::net {
namespace {

// A sum over corners that has lost more digits than this is looked at again.
constexpr double kGoodEnough = 1e-10;

// Nodes of each variable by the number of variables that are integrated: what is tried first, and
// what is tried where that is not good enough. Each is compared with a rule of `fewer` nodes.
constexpr std::array<int, core::kMaxVariables + 1> kFirstOrder = {1, 6, 6, 5, 4, 4, 3, 3, 3};
constexpr std::array<int, core::kMaxVariables + 1> kLastOrder = {1, 40, 20, 10, 7, 5, 4, 3, 3};
constexpr int fewer(int order) { return order - (order + 3) / 4; }

// Gauss-Legendre rules of every order that is used, made once in a process and never changed.
const GaussRule& rule_of(int order) {
  static const std::vector<GaussRule> rules = [] {
    std::vector<GaussRule> made;
    for (int count = 0; count <= kLastOrder[1]; ++count) made.push_back(gauss_rule(count));
    return made;
  }();
  return rules[static_cast<std::size_t>(order)];
}

// The variables of a query that are integrated.
struct Intervals {
  std::array<int, core::kMaxVariables> variable{};
  int count = 0;

  Intervals(const MassQuery& query, int variables) {
    for (int i = 0; i < variables; ++i) {
      if (!query.is_point(i)) variable[static_cast<std::size_t>(count++)] = i;
    }
  }
};

}  // namespace

void CornerMass::set(const Antiderivative& F, int output, core::Tape<double>& tape) {
  F_ = &F;
  output_ = output;
  tape_ = &tape;
}

double CornerMass::roundoff() const {
  const double factor =
      F_->network.visit([](const auto& form) -> double { return form.error_factor(); });
  return 0.5 * std::numeric_limits<double>::epsilon() * factor;
}

// The partial of F over these directions at the first `count` of points_, into values_.
void CornerMass::find_partials(VariableSet directions, std::size_t count) {
  values_.resize(count);
  const int n = variables();
  const int order = __builtin_popcountll(directions);
  const core::Tiling<double> tiles(static_cast<std::int64_t>(count),
                                   F_->network.jet_variables(order));
  for (std::int64_t i = 0; i < tiles.count(); ++i) {
    const core::Tile tile = tiles[i];
    tape_->begin(tile.samples, core::Mode::evaluate);
    const auto at = seed(*tape_, F_->coordinates, n, directions, points_.data() + tile.first * n,
                         std::int64_t{n});
    const core::Jet<double> partial =
        F_->network.mixed_partial(at, SharedWeights<double>(*tape_, F_->weights, nullptr));
    std::copy_n(partial.row(0, output_), tile.samples, values_.data() + tile.first);
  }
}

void CornerMass::evaluate(const MassQuery* queries, int count, Mass* masses) {
  const int n = variables();
  const Intervals intervals(queries[0], n);
  const std::size_t corners = std::size_t{1} << intervals.count;
  points_.resize(static_cast<std::size_t>(count) * corners * static_cast<std::size_t>(n));
  double* point = points_.data();
  for (int q = 0; q < count; ++q) {
    for (std::size_t v = 0; v < corners; ++v, point += n) {
      std::copy_n(queries[q].lower, n, point);
      for (int k = 0; k < intervals.count; ++k) {
        const int i = intervals.variable[static_cast<std::size_t>(k)];
        if ((v >> k & 1) != 0) point[i] = queries[q].upper[i];
      }
    }
  }
  find_partials(queries[0].points, static_cast<std::size_t>(count) * corners);
  for (int q = 0; q < count; ++q) {
    masses[q] = corner_sum(queries[q], values_.data() + static_cast<std::size_t>(q) * corners);
  }
  for (int q = 0; q < count && intervals.count > 0; ++q) {
    if (masses[q].error <= kGoodEnough * masses[q].value) continue;
    const Mass other = by_quadrature(queries[q]);
    if (other.error < masses[q].error) masses[q] = other;
  }
}

// values [2^k] at the corners.
Mass CornerMass::corner_sum(const MassQuery& query, const double* values) {
  const Intervals intervals(query, variables());
  double magnitude = 0;
  for (std::size_t v = 0; v < std::size_t{1} << intervals.count; ++v) {
    magnitude += std::fabs(values[v]);
  }
  const double sum = difference_over_corners(
      intervals.count, Subset{0}, [&](Subset v) { return values[v]; }, std::minus<>());
  return {std::max(sum, 0.0), 0, roundoff() * magnitude};
}

// The better of two ways: quadrature of all variables, or of the narrow ones alone, beside the
// corners of the others, on which few nodes would not do.
Mass CornerMass::by_quadrature(const MassQuery& query) {
  const VariableSet intervals = all_variables(variables()) & ~query.points;
  const VariableSet narrow = narrow_intervals(query);
  const Mass all = by_quadrature(query, intervals);
  if (narrow == 0 || narrow == intervals || all.error <= kGoodEnough * all.value) return all;
  const Mass mixed = by_quadrature(query, narrow);
  return mixed.error < all.error ? mixed : all;
}

// Those of less than a thousandth of the longest, in the coordinates of the network.
VariableSet CornerMass::narrow_intervals(const MassQuery& query) const {
  constexpr double kNarrow = 1e-3;
  double widest = 0;
  const auto width = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return query.is_point(i) ? 0 : F_->coordinates.scale[at] * query.width[at];
  };
  for (int i = 0; i < variables(); ++i) widest = std::max(widest, width(i));
  VariableSet narrow = 0;
  for (int i = 0; i < variables(); ++i) {
    const bool is_narrow = !query.is_point(i) && width(i) < kNarrow * widest;
    if (is_narrow) narrow |= VariableSet{1} << i;
  }
  return narrow;
}

// By two rules, whose difference is the estimate of the error of the better one.
Mass CornerMass::by_quadrature(const MassQuery& query, VariableSet chosen) {
  const auto count = static_cast<std::size_t>(__builtin_popcountll(chosen));
  Mass mass;
  for (const int order : {kFirstOrder[count], kLastOrder[count]}) {
    mass = quadrature(query, chosen, order);
    mass.error += std::fabs(mass.value - quadrature(query, chosen, fewer(order)).value);
    if (mass.error <= kGoodEnough * mass.value) break;
  }
  mass.value = std::max(mass.value, 0.0);
  return mass;
}

// The chosen intervals by so many Gauss-Legendre nodes, the others by their corners, which are two
// nodes of weights -1 and 1; the error is that of rounding alone.
Mass CornerMass::quadrature(const MassQuery& query, VariableSet chosen, int order) {
  const int n = variables();
  const Intervals intervals(query, n);
  points_.assign(query.lower, query.lower + n);
  weights_.assign(1, 1.0);
  for (int k = 0; k < intervals.count; ++k) {
    const auto i = static_cast<std::size_t>(intervals.variable[static_cast<std::size_t>(k)]);
    if ((chosen >> i & 1) == 0) {
      add_axis(i, {{query.lower[i], query.upper[i]}, {-1, 1}});
      continue;
    }
    GaussRule rule = rule_of(order);
    const double half = 0.5 * query.width[i];
    for (double& node : rule.nodes) node = query.lower[i] + half * (1 + node);
    for (double& weight : rule.weights) weight *= half;
    add_axis(i, rule);
  }
  find_partials(query.points | chosen, weights_.size());
  double sum = 0, magnitude = 0;
  for (std::size_t at = 0; at < weights_.size(); ++at) {
    sum += weights_[at] * values_[at];
    magnitude += std::fabs(weights_[at] * values_[at]);
  }
  return {sum, 0, roundoff() * magnitude};
}

// Repeats the nodes so far for each node of variable i, with the products of the weights.
void CornerMass::add_axis(std::size_t i, const GaussRule& rule) {
  const auto n = static_cast<std::size_t>(variables());
  const std::vector<double> points = points_, weights = weights_;
  points_.clear();
  weights_.clear();
  for (std::size_t node = 0; node < rule.nodes.size(); ++node) {
    for (std::size_t at = 0; at < weights.size(); ++at) {
      const auto first = points.begin() + static_cast<std::ptrdiff_t>(at * n);
      points_.insert(points_.end(), first, first + static_cast<std::ptrdiff_t>(n));
      points_[points_.size() - n + i] = rule.nodes[node];
      weights_.push_back(weights[at] * rule.weights[node]);
    }
  }
}

}  // namespace finn::net
